import json
from pathlib import Path

import numpy as np
import pytest

from engine.curves import read_csv
from engine.media import Photo, write_photo
from tests.engine.analysis.conftest import grey_faces
from tests.engine.analysis.stand_ins import GreyEstimator
from tests.engine.commands.conftest import Command
from tests.engine.media.clips import NTSC, Clip, make_video

__all__ = ["grey_faces"]


@pytest.fixture(autouse=True)
def stand_ins(grey_faces: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.commands.analyze.ExpressionEstimator", GreyEstimator)


def pictures(*greys: int) -> list[np.ndarray]:
    return [np.full((48, 64, 3), grey, np.uint8) for grey in greys]


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Intensities 1, none, 3 and 2; from its own neutral face 0, none, 2 and 1."""
    shape = Clip(codec="ffv1", pixel_format="bgr0", options={}, times=(0, 1001, 2002, 3003))
    return make_video(tmp_path / "clip.mkv", shape, pictures(51, 0, 153, 102))


def test_a_video_is_measured_from_its_own_neutral_face(command: Command, clip: Path, tmp_path: Path) -> None:
    output = tmp_path / "aus.csv"
    code, out, err = command("analyze", clip, "-o", output)
    assert (code, out, err) == (0, f"{output}\n", "No face was found in 1 of 4 pictures.\n")
    curves = read_csv(output)
    assert curves.of(12).tolist() == pytest.approx([0, 0, 2, 1])
    assert curves.success.tolist() == [True, False, True, True]
    assert curves.times == tuple(frame / NTSC for frame in range(4))
    assert output.read_text().startswith("frame,timestamp,confidence,success,AU01_r,")


@pytest.mark.parametrize(("neutral", "smile"), [("none", [1, 0, 3, 2]), ("0.1", [0, 0, 1, 0])])
def test_the_neutral_face_can_be_named(
    command: Command, clip: Path, tmp_path: Path, neutral: str, smile: list[float]
) -> None:
    assert command("analyze", clip, "-o", tmp_path / "aus.csv", "--neutral", neutral).code == 0
    assert read_csv(tmp_path / "aus.csv").of(12).tolist() == pytest.approx(smile)


def test_a_part_keeps_its_times(command: Command, clip: Path, tmp_path: Path) -> None:
    output = tmp_path / "aus.csv"
    assert command("analyze", clip, "-o", output, "--from", "00:00:00:02", "--to", "00:00:00:04").code == 0
    curves = read_csv(output)
    assert curves.times == (2 / NTSC, 3 / NTSC)
    assert curves.of(12).tolist() == pytest.approx([1, 0])


def test_photos_are_named_and_read_one_by_one(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, picture in zip(("berta", "anna"), pictures(102, 204), strict=True):
        write_photo(folder / f"{name}.png", Photo(picture))
    output, plot = tmp_path / "aus.csv", tmp_path / "aus.svg"
    assert command("analyze", folder, "-o", output, "--plot", plot).out == f"{output}\n{plot}\n"
    assert read_csv(output).of(12).tolist() == pytest.approx([4, 2])
    lines = output.read_text().splitlines()
    assert [line.rsplit(",", 1)[1] for line in lines] == ["file_name", "anna.png", "berta.png"]
    assert plot.read_bytes().startswith(b"<?xml")


def test_json_sums_it_up(command: Command, clip: Path, tmp_path: Path) -> None:
    output = tmp_path / "aus.csv"
    document = json.loads(command("analyze", clip, "-o", output, "--json").out)
    assert document["outputs"] == [str(output)]
    assert (document["frames"], document["frames_with_face"]) == (4, 3)
    assert document["intensities"]["AU12"] == {"mean": 1.0, "max": 2.0}


def test_what_exists_is_spared_unless_asked(command: Command, clip: Path, tmp_path: Path) -> None:
    output, plot = tmp_path / "aus.csv", tmp_path / "aus.png"
    plot.write_text("mine")
    outcome = command("analyze", clip, "-o", output, "--plot", plot)
    assert outcome.code == 1
    assert "aus.png exists already" in outcome.err
    assert not output.exists()
    assert command("analyze", clip, "-o", output, "--plot", plot, "--overwrite").code == 0
    assert plot.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "{clip}"], "is the source itself"),
        (["-o", "{folder}/aus.csv", "--from", "x"], "'x' is not a time"),
        (["-o", "{folder}/absent/aus.csv"], "does not exist"),
        (["-o", "{folder}/aus.csv", "--plot", "{folder}/aus.jpeg"], "does not end like a plot"),
        (["-o", "{folder}/aus.svg", "--plot", "{folder}/aus.svg"], "cannot share one file"),
        (["-o", "{folder}/aus.csv", "--neutral", "absent.jpg"], "is no file that could show"),
        (["-o", "{folder}/aus.csv", "--neutral", "0.04"], "No face was found at 0.04 s"),
    ],
)
def test_faults_leave_nothing_behind(
    command: Command, clip: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    before = sorted(tmp_path.iterdir())
    outcome = command("analyze", clip, *(text.format(clip=clip, folder=tmp_path) for text in arguments))
    assert outcome.code == 1
    assert said in outcome.err
    assert sorted(tmp_path.iterdir()) == before
