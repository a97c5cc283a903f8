import json
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.curves import AUCurves, write_csv
from engine.edit_scope import FaceSelection, RegionStrengths
from engine.media import Photo, open_source, write_photo
from engine.pipeline import FaceSettings, PipelineSettings
from tests.engine.analysis.conftest import grey_faces
from tests.engine.analysis.stand_ins import GreyEstimator
from tests.engine.commands.conftest import Command
from tests.engine.media.clips import NTSC, Clip, make_video
from tests.engine.pipeline.stand_ins import SOURCE

__all__ = ["grey_faces"]


@pytest.fixture(autouse=True)
def stand_ins(grey_faces: None, monkeypatch: pytest.MonkeyPatch, opened: list[PipelineSettings]) -> None:
    monkeypatch.setattr("engine.commands.retarget.ExpressionEstimator", GreyEstimator)


def grey(value: int) -> np.ndarray:
    return np.full((48, 64, 3), value, np.uint8)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    write_photo(tmp_path / "face.png", Photo(grey(90)))
    return tmp_path / "face.png"


@pytest.fixture
def driver(tmp_path: Path) -> Path:
    """A clip with sound whose second half smiles."""
    return make_video(tmp_path / "driver.mp4", Clip(audio="aac"), [grey(51)] * 6 + [grey(153)] * 6)


@pytest.fixture
def curves(tmp_path: Path) -> Path:
    values = np.zeros((4, 17), np.float32)
    values[:, 8] = 0, 0, 2, 2
    write_csv(AUCurves(tuple(Fraction(row, 25) for row in range(4)), values, aus=(12,)), tmp_path / "aus.csv")
    return tmp_path / "aus.csv"


def brightness(path: Path) -> list[int]:
    """Of each frame; those that were edited are inverted by the stand-in."""
    with open_source(path) as source:
        return [round(float(frame.pixels.mean())) for frame in source]


def edited(path: Path) -> list[bool]:
    return [value > 128 for value in brightness(path)]


def test_a_photo_takes_the_drivers_duration_rate_and_sound(
    command: Command, photo: Path, driver: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.mp4"
    assert command("retarget", photo, "--driver", driver, "-o", output, "--smoothing", "0") == (0, f"{output}\n", "")
    with open_source(output) as source:
        assert source.info.average_rate == NTSC
        assert source.info.has_audio
    assert edited(output) == [False] * 6 + [True] * 6


def test_a_part_of_the_driver_takes_its_place_in_the_photo(
    command: Command, photo: Path, driver: Path, tmp_path: Path
) -> None:
    output, both = tmp_path / "out.mp4", tmp_path / "both.mp4"
    part = ["--from", "00:00:00:04", "--to", "00:00:00:09", "--neutral", "0", "--smoothing", "0"]
    assert command("retarget", photo, "-d", driver, "-o", output, "--beside", both, *part).code == 0
    assert edited(output) == [False] * 2 + [True] * 3
    with open_source(output) as source, open_source(both) as pair:
        assert source.info.average_rate == NTSC
        assert source.info.has_audio
        shown = [float(frame.pixels[:, :60].mean()) for frame in pair]
    assert [abs(grey_level - expected) < 6 for grey_level, expected in zip(shown, [51] * 2 + [153] * 3, strict=True)]


def test_a_part_of_the_driver_begins_with_a_video(command: Command, driver: Path, curves: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.mp4"
    still = make_video(tmp_path / "still.mp4", Clip(), [grey(90)] * 12)
    options = ["--from", "00:00:00:06", "--neutral", "0", "--smoothing", "0"]
    assert command("retarget", still, "-d", driver, "-o", output, *options).code == 0
    assert edited(output)[:6] == [True] * 6


def test_without_sound_if_asked(command: Command, photo: Path, driver: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.mp4"
    assert command("retarget", photo, "-d", driver, "-o", output, "--no-audio").code == 0
    with open_source(output) as source:
        assert not source.info.has_audio


def test_a_video_keeps_its_own_times(command: Command, curves: Path, driver: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.mp4"
    assert command("retarget", driver, "-d", curves, "-o", output).code == 0
    assert len(brightness(output)) == 12


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [False, False, True, True]),
        (["--only", "4,12"], [False, False, True, True]),
        (["--gain", "12=0"], [False] * 4),
        (["--strength", "0"], [False] * 4),
        (["--delay", "0.04"], [False, False, False, True]),
        (["--delay", "-0.08"], [True] * 4),
        (["--mode", "absolute"], [True] * 4),
        (["--neutral", "0.12"], [True, True, False, False]),
        (["--au", f"12={SOURCE[12]:g}"], [False] * 4),
        (["--from", "0.08"], [True] * 2),
        (["--from", "0.04", "--to", "0.12"], [False, True]),
        (["--from", "0.08", "--neutral", "0.12"], [False] * 2),
    ],
)
def test_options_say_how_the_face_follows(
    command: Command, photo: Path, curves: Path, tmp_path: Path, options: list[str], expected: list[bool]
) -> None:
    output = tmp_path / "out.mp4"
    outcome = command("retarget", photo, "-d", curves, "-o", output, *options)
    assert outcome.err == ""
    assert edited(output) == expected


def test_faces_and_regions_are_as_asked(
    command: Command, photo: Path, curves: Path, tmp_path: Path, opened: list[PipelineSettings]
) -> None:
    said = ["--faces", "all", "--region", "mouth=0.5", "--region", "eyes=0", "--smoothing", "2", "--no-calibrate"]
    assert command("retarget", photo, "-d", curves, "-o", tmp_path / "out.mp4", *said).code == 0
    assert opened[0].faces == FaceSettings(FaceSelection.parse("all"), 2.0, calibrates=False)
    assert opened[0].regions == RegionStrengths(mouth=0.5, eyes=0)


def test_driver_and_result_can_be_shown_side_by_side(
    command: Command, photo: Path, driver: Path, tmp_path: Path
) -> None:
    output, both = tmp_path / "out.mp4", tmp_path / "both.mp4"
    outcome = command("retarget", photo, "-d", driver, "-o", output, "--beside", both, "--json")
    document = json.loads(outcome.out)
    assert document["outputs"] == [str(output), str(both)]
    assert (document["frames"], document["frames_with_face"], document["delay_s"]) == (12, 12, 0.0)
    with open_source(both) as source:
        frames = [frame.pixels for frame in source]
    assert [frame.shape for frame in frames] == [(48, 128, 3)] * 12
    assert abs(float(frames[0][:, :60].mean()) - 51) < 6
    assert abs(float(frames[-1][:, :60].mean()) - 153) < 6


def test_the_delay_to_another_take_is_measured(command: Command, tmp_path: Path) -> None:
    rate = Fraction(25)
    waves = 120 + 100 * np.sin(np.arange(80) / 6) * np.cos(np.arange(80) / 11)

    def take(name: str, frames: np.ndarray) -> Path:
        clip = Clip(
            codec="ffv1", pixel_format="bgr0", options={}, rate=rate, time_base=1 / rate, times=range(len(frames))
        )
        return make_video(tmp_path / name, clip, [grey(int(frame)) for frame in frames])

    driver, source = take("driver.mkv", waves[5:45]), take("source.mkv", waves[:40])
    outcome = command("retarget", source, "-d", driver, "-o", tmp_path / "out.mkv", "--delay", "auto", "--json")
    assert json.loads(outcome.out)["delay_s"] == pytest.approx(5 / 25, abs=0.011)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{photo}", "-d", "{curves}", "-o", "{folder}/out.png"], "a performance makes a video"),
        (["{photo}", "-d", "{photo}", "-o", "{folder}/out.mp4"], "performs nothing"),
        (["{photo}", "-d", "{curves}", "-o", "{folder}/out.mp4", "--beside", "{folder}/b.mp4"], "holds curves"),
        (["{photo}", "-d", "{curves}", "-o", "{folder}/out.mp4", "--delay", "auto"], "does not act"),
        (["{photo}", "-d", "{curves}", "-o", "{folder}/out.mp4", "--only", "45"], "have no AU45"),
        (["{photo}", "-d", "{curves}", "-o", "{folder}/out.mp4", "--from", "9"], "nothing in that part"),
        (["{photo}", "-d", "{driver}", "-o", "{folder}/out.mp4", "--from", "9"], "ends before"),
        (["{photo}", "-d", "{driver}", "-o", "{folder}/out.mp4", "--from", "2", "--to", "1"], "is empty"),
        (["{photo}", "-d", "{curves}", "-o", "{folder}/out.mp4", "--gain", "12=99"], "Gain 99 is outside"),
        (["{photo}", "-d", "{curves}", "-o", "{folder}/out.mp4", "--neutral", "{photo}"], "photo cannot be"),
        (["{folder}/absent.png", "-d", "{curves}", "-o", "{folder}/out.mp4"], "absent.png"),
        (["{photo}", "-d", "{folder}/absent.csv", "-o", "{folder}/out.mp4"], "absent.csv"),
        (["{driver}", "-d", "{curves}", "-o", "{driver}", "--overwrite"], "is what it would be made from"),
        (["{photo}", "-d", "{driver}", "-o", "{driver}"], "exists already"),
    ],
)
def test_faults_leave_nothing_behind(
    command: Command, photo: Path, driver: Path, curves: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    paths = {"photo": photo, "driver": driver, "curves": curves, "folder": tmp_path}
    outcome = command("retarget", *(text.format(**paths) for text in arguments))
    assert outcome.code == 1
    assert said in outcome.err
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_gain_of_an_au_that_does_not_follow_is_a_mistake(
    command: Command, photo: Path, curves: Path, tmp_path: Path
) -> None:
    outcome = command("retarget", photo, "-d", curves, "-o", tmp_path / "out.mp4", "--only", "12", "--gain", "6=2")
    assert outcome.code == 2
    assert "AU6 does not follow" in outcome.err
