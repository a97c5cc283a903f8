import json
import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.commands.demo import PROJECT
from engine.media import Photo, read_photo, write_photo
from engine.media.file_source import FileSource
from engine.pipeline import PipelineSettings
from engine.project import load_project
from engine.types import RGBImage
from tests.engine.commands.conftest import Command
from tests.engine.media.clips import smooth_pictures

RESULTS = ("expressions.mp4", "before_after.mp4", "strip.png")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def small(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, opened: list[PipelineSettings]
) -> RGBImage:
    """A small picture takes the photo's place, and ten frames a second are enough."""
    pixels = smooth_pictures(1)[0]
    photo = tmp_path_factory.mktemp("assets") / "photo.png"
    write_photo(photo, Photo(pixels))
    monkeypatch.setattr("engine.commands.demo.PHOTO", photo)
    monkeypatch.setattr("engine.rendering.STILL_RATE", Fraction(10))
    return pixels


def lines(*paths: Path) -> str:
    return "".join(f"{path}\n" for path in paths)


def test_two_videos_and_a_strip(command: Command, small: RGBImage) -> None:
    folder = Path("out/demo")
    assert command("demo") == (0, lines(*(folder / name for name in RESULTS)), "")
    photo = small.astype(int)
    height, width = photo.shape[:2]
    seconds = load_project(PROJECT).timeline.end
    with FileSource(folder / "expressions.mp4") as source:
        assert (source.info.width, source.info.height, source.info.duration) == (width, height, seconds)
        video = [frame.pixels for frame in source]
    with FileSource(folder / "before_after.mp4") as source:
        assert (source.info.width, source.info.height, source.info.duration) == (2 * width, height, seconds)
        both = [frame.pixels for frame in source]
    assert np.abs(video[0] - photo).mean() < 3  # strength 0: the photo itself
    assert np.abs(video[15] - (255 - photo)).mean() < 3  # the stand-in's edit
    assert np.abs(both[15][:, :width] - photo).mean() < 3
    assert np.abs(both[15][:, width:] - (255 - photo)).mean() < 3
    assert read_photo(folder / "strip.png").pixels.shape == (384, 5 * 384, 3)


@pytest.mark.usefixtures("small")
def test_results_are_never_replaced_unasked(command: Command) -> None:
    """A stranger's second `demo` goes beside the first one; a folder that was named is the user's own affair."""
    assert command("demo").code == 0
    first = {name: (Path("out/demo") / name).read_bytes() for name in RESULTS}
    Path("out/demo-2").mkdir()
    Path("out/demo-2/notes.txt").touch()
    second = command("demo")
    assert second.out == lines(*(Path("out/demo-3") / name for name in RESULTS))
    refused = command("demo", "-o", "out/demo")
    assert (refused.code, refused.out) == (1, "")
    assert refused.err == (
        f"Error: {Path('out/demo/expressions.mp4')} exists already.\n"
        "Add --overwrite, or choose another folder with --output.\n"
    )
    assert {name: (Path("out/demo") / name).read_bytes() for name in RESULTS} == first


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("options", [(), ("-o", "out/demo")])
def test_results_are_replaced_on_request(command: Command, options: tuple[str, ...]) -> None:
    folder = Path("out/demo")
    folder.mkdir(parents=True)
    for name in RESULTS:
        (folder / name).write_bytes(b"old")
    (folder / "notes.txt").write_bytes(b"mine")
    document = json.loads(command("demo", *options, "--overwrite", "--json").out)
    assert document["outputs"] == [str(folder / name) for name in RESULTS]
    assert document["frames"] == 40
    assert all((folder / name).read_bytes() != b"old" for name in RESULTS)
    assert (folder / "notes.txt").read_bytes() == b"mine"


def test_a_model_that_is_absent_leaves_nothing_behind(command: Command, here: Path) -> None:
    outcome = command("demo", "--model", "none")
    assert outcome.code == 1
    assert "There is no model called 'none'." in outcome.err
    assert list(here.iterdir()) == []


def test_a_folder_that_cannot_be_made(command: Command, here: Path) -> None:
    (here / "out").touch()
    outcome = command("demo")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith(f"Error: The folder {Path('out/demo')} cannot be made: ")
    assert list(here.iterdir()) == [here / "out"]


@pytest.mark.usefixtures("opened")
def test_the_demo_is_a_project_like_any_other(command: Command, here: Path) -> None:
    shutil.copytree(PROJECT.parent, here / "mine")
    assert command("animate", "--project", "mine/expressions.json", "-o", "mine/out.png").code == 0
    assert command("animate", "--project", "mine/expressions.json", "-o", "mine/out.png").code == 1
