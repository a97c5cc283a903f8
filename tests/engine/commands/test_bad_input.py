"""What a user can get wrong: each ends with exit code 1, a line that names the fault, one that helps, and no output."""

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

import av
import numpy as np
import pytest
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from engine.bundle import GENERATOR_WEIGHTS, Bundle
from engine.media import Photo, write_photo
from engine.project import OutputSettings, Project, save_project
from tests.engine.commands.conftest import Command
from tests.engine.media.clips import make_video, noise_pictures
from tests.engine.pipeline.stand_ins import SMILE

Folder = Path
Prepare = Callable[[Folder], None]
HAPPY: Final = ("--preset", "happy")


def make_source(folder: Folder) -> None:
    """A photo and a video, for faults that lie elsewhere."""
    write_photo(folder / "photo.png", Photo(noise_pictures(1)[0]))
    make_video(folder / "clip.mp4")


def make_broken_files(folder: Folder) -> None:
    (folder / "noise.mp4").write_bytes(noise_pictures(1)[0].tobytes())
    (folder / "noise.jpg").write_bytes(noise_pictures(1)[0].tobytes())
    (folder / "empty.png").touch()
    make_source(folder)
    whole = (folder / "photo.png").read_bytes()
    (folder / "half.png").write_bytes(whole[: len(whole) // 2])
    whole = (folder / "clip.mp4").read_bytes()
    (folder / "half.mp4").write_bytes(whole[: len(whole) // 2])


def make_sound(folder: Folder) -> None:
    with av.open(str(folder / "sound.m4a"), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        assert isinstance(stream, AudioStream)
        frame = AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
        frame.sample_rate = 48_000
        container.mux([*stream.encode(frame), *stream.encode(None)])


def make_taken(folder: Folder) -> None:
    make_source(folder)
    (folder / "taken.png").write_bytes(b"precious")
    (folder / "taken.mp4").write_bytes(b"precious")


def make_projects(folder: Folder) -> None:
    save_project(Project("eggan-128", timeline=SMILE), folder / "whole.json")
    save_project(
        Project("eggan-128", folder / "gone.mp4", SMILE, OutputSettings(folder / "out.mp4")), folder / "offline.json"
    )
    whole = (folder / "whole.json").read_text(encoding="utf-8")
    (folder / "cut.json").write_text(whole[:200], encoding="utf-8")
    (folder / "wrong.json").write_text(whole.replace('"value": 4.0', '"value": "much"'), encoding="utf-8")
    (folder / "high.json").write_text(whole.replace('"value": 4.0', '"value": 7'), encoding="utf-8")
    document = json.loads(whole)
    document["output"]["compositing"] = "direct"
    (folder / "mode.json").write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def contents(folder: Folder) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def assert_refused(command: Command, folder: Folder, arguments: tuple[str, ...], fault: str, remedy: str) -> None:
    before = contents(folder)
    outcome = command("animate", *arguments)
    assert outcome.code == 1, outcome
    assert outcome.out == ""
    lines = outcome.err.splitlines()
    assert len(lines) == 2, outcome.err
    assert lines[0].startswith("Error: ")
    assert fault in lines[0]
    assert remedy in lines[1]
    assert contents(folder) == before


@pytest.mark.parametrize(
    ("prepare", "arguments", "fault", "remedy"),
    [
        # the source
        (make_source, ("gone.mp4", *HAPPY, "-o", "out.mp4"), "gone.mp4 does not exist", "Check the name"),
        (make_source, ("gone.png", *HAPPY, "-o", "out.png"), "gone.png does not exist", "Check the name"),
        (make_broken_files, ("noise.mp4", *HAPPY, "-o", "out.mp4"), "noise.mp4", "again"),
        (make_broken_files, ("noise.jpg", *HAPPY, "-o", "out.jpg"), "noise.jpg is not a photo", "Convert it"),
        (make_broken_files, ("empty.png", *HAPPY, "-o", "out.png"), "empty.png is empty", "again"),
        (make_broken_files, ("half.png", *HAPPY, "-o", "out.png"), "half.png is damaged or cut short", "again"),
        (make_broken_files, ("half.mp4", *HAPPY, "-o", "out.mp4"), "half.mp4", "again"),
        (make_sound, ("sound.m4a", *HAPPY, "-o", "out.mp4"), "sound.m4a", "video"),
        # the output
        (make_source, ("photo.png", *HAPPY, "-o", "no/out.png"), "The folder", "Create it"),
        (make_source, ("clip.mp4", *HAPPY, "-o", "no/out.mp4"), "The folder", "Create it"),
        (make_taken, ("photo.png", *HAPPY, "-o", "taken.png"), "taken.png exists already", "--overwrite"),
        (make_taken, ("clip.mp4", *HAPPY, "-o", "taken.mp4"), "taken.mp4 exists already", "--overwrite"),
        (make_source, ("photo.png", *HAPPY, "-o", "photo.png"), "photo.png is the source itself", "another name"),
        (make_source, ("clip.mp4", *HAPPY, "-o", "./clip.mp4", "--overwrite"), "is the source itself", "another name"),
        (make_source, ("clip.mp4", *HAPPY, "-o", "out.gif"), "out.gif has the ending .gif", ".mp4"),
        (make_source, ("clip.mp4", *HAPPY, "-o", "out.webm", "--codec", "h264"), "does not go into WebM", "out.mp4"),
        (make_source, ("clip.mp4", *HAPPY, "-o", "out.png"), "holds one frame only", "video"),
        (make_source, ("photo.png", *HAPPY, "-o", "out.mp4", "--duration", "0"), "0 seconds", "above 0"),
        (make_source, ("photo.png", *HAPPY, "-o", "out.mp4", "--duration", "inf"), "inf seconds", "above 0"),
        (make_source, ("clip.mp4", *HAPPY, "-o", "out.mp4", "--duration", "2"), "duration of its own", "photos"),
        # the expression
        (make_source, ("photo.png", "--au", "3=1", "-o", "out.png"), "AU 3 is not one", "1, 2, 4"),
        (make_source, ("photo.png", "--au", "12=6", "-o", "out.png"), "AU12=6 is outside 0..5", "--clip"),
        (make_source, ("photo.png", "--au", "smile", "-o", "out.png"), "'smile' is not", "--au 12=4"),
        (make_source, ("photo.png", "--preset", "hapy", "-o", "out.png"), "'hapy'", "Did you mean 'happy'?"),
        (make_source, ("photo.png", *HAPPY, "--strength", "11", "-o", "out.png"), "Strength", "within that range"),
        # the project
        (make_projects, ("--project", "gone.json", "-o", "out.mp4"), "gone.json could not be opened", "Check its name"),
        (make_projects, ("--project", "cut.json", "-o", "out.mp4"), "cut.json: Line", ""),
        (
            make_projects,
            ("--project", "wrong.json", "-o", "out.mp4"),
            'wrong.json: $.timeline.tracks.AU12.keyframes[0].value must be a number, not "much".',
            "Correct it",
        ),
        (make_projects, ("--project", "high.json", "-o", "out.mp4"), "Intensity 7 is outside 0..5", "clip it to 5"),
        (make_projects, ("--project", "mode.json", "-o", "out.mp4"), "$.output.compositing must be one of", ""),
        (make_projects, ("--project", "offline.json"), "gone.mp4 does not exist", "Check the name"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.usefixtures("opened")
def test_is_explained(
    command: Command, here: Folder, prepare: Prepare, arguments: tuple[str, ...], fault: str, remedy: str
) -> None:
    prepare(here)
    assert_refused(command, here, arguments, fault, remedy)


@pytest.mark.usefixtures("any_expression")
@pytest.mark.parametrize(
    ("option", "fault", "remedy"),
    [
        (("--compositing", "detial"), "'detial'", "Did you mean 'detail'?"),
        (("--backend", "onxx"), "'onxx'", "Did you mean 'onnx'?"),
        (("--device", "cudda"), "'cudda'", "Did you mean 'cuda'?"),
        (("--model", "no-such-model"), "There is no model called 'no-such-model'", "path of a bundle's folder"),
    ],
)
def test_words_that_there_are_not(
    command: Command, model: Bundle, here: Folder, option: tuple[str, str], fault: str, remedy: str
) -> None:
    make_source(here)
    arguments = ("clip.mp4", *HAPPY, "-o", "out.mp4", "--model", str(model.folder), *option)
    assert_refused(command, here, arguments, fault, remedy)


@pytest.mark.usefixtures("any_expression")
def test_a_model_that_was_changed(command: Command, model: Bundle, here: Folder) -> None:
    make_source(here)
    (here / "changed").mkdir()
    for file in model.folder.iterdir():
        (here / "changed" / file.name).write_bytes(file.read_bytes())
    weights = here / "changed" / GENERATOR_WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x7f")
    arguments = ("photo.png", *HAPPY, "-o", "out.png", "--model", "changed")
    assert_refused(command, here, arguments, f"{GENERATOR_WEIGHTS} is damaged or was changed", "again")


@pytest.mark.usefixtures("any_expression")
@pytest.mark.parametrize(
    ("source", "output", "fault"),
    [
        ("photo.png", "out.png", "No face was found in photo.png."),
        ("clip.mp4", "out.mp4", "No face was found in any of the 12 frames of clip.mp4."),
    ],
)
def test_a_source_without_a_face(
    command: Command, model: Bundle, here: Folder, source: str, output: str, fault: str
) -> None:
    make_source(here)
    arguments = (source, *HAPPY, "-o", output, "--model", str(model.folder), "--device", "cpu")
    assert_refused(command, here, arguments, fault, "shows a face from the front")


@pytest.mark.usefixtures("opened")
class TestFullDisk:
    @pytest.mark.parametrize(("source", "output"), [("photo.png", "out.png"), ("clip.mp4", "out.mp4")])
    def test_when_the_file_is_closed(
        self, command: Command, here: Folder, monkeypatch: pytest.MonkeyPatch, source: str, output: str
    ) -> None:
        make_source(here)

        def no_space(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", no_space)
        assert_refused(command, here, (source, *HAPPY, "-o", output), f"The disk is full: {here / output}", "Free some")

    @pytest.mark.skipif(os.name == "nt", reason="POSIX limits")
    @pytest.mark.parametrize(
        ("source", "output"), [("photo.png", "out.bmp"), ("clip.mp4", "out.mp4"), ("clip.mp4", "out")]
    )
    def test_half_way(self, command: Command, here: Folder, source: str, output: str) -> None:
        """A limit on file sizes makes the system itself refuse a write, as a full disk does."""
        import resource

        make_source(here)
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
        try:
            assert_refused(command, here, (source, *HAPPY, "-o", output), "grew larger than its disk", "lower")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may write everywhere")
@pytest.mark.usefixtures("opened")
def test_a_folder_that_may_not_be_written(command: Command, here: Folder) -> None:
    make_source(here)
    (here / "locked").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    arguments = ("photo.png", *HAPPY, "-o", "locked/out.png")
    assert_refused(command, here, arguments, "may not be written", "another folder")


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(("source", "output"), [("photo.png", "taken.png"), ("clip.mp4", "taken.mp4")])
def test_what_exists_is_replaced_on_request(command: Command, here: Folder, source: str, output: str) -> None:
    make_taken(here)
    assert command("animate", source, *HAPPY, "-o", output, "--overwrite").code == 0
    assert (here / output).read_bytes() != b"precious"
