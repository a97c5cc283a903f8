from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.controls import Controls, DriverMode
from engine.curves import AUCurves, write_csv
from engine.errors import MediaError, ProjectError
from engine.media import Photo, write_photo
from engine.retargeting import Performance, read_performance
from tests.engine.media.clips import Clip, make_video

FACE = AUVector.of({12: 1.0, 4: 0.5})


def performance(*smiles: float, aus: tuple[int, ...] = (12, 25), lost: tuple[int, ...] = ()) -> Performance:
    """A row a second."""
    values = np.stack([AUVector.of({12: smile, 25: 1.0}).values for smile in smiles])
    success = np.array([row not in lost for row in range(len(smiles))])
    return Performance(AUCurves(tuple(map(Fraction, range(len(smiles)))), values, success=success).only(aus))


def test_a_performance_is_added_to_the_face() -> None:
    plan = performance(0.0, 2.0).plan(Controls())
    assert plan.evaluate(Fraction(1, 2), FACE) == AUVector.of({12: 2.0, 25: 1.0, 4: 0.5})


def test_a_performance_can_take_the_place_of_the_face_where_it_was_measured() -> None:
    plan = performance(0.0, 2.0).plan(Controls(driver_mode=DriverMode.ABSOLUTE))
    assert plan.evaluate(Fraction(0), FACE) == AUVector.of({12: 0.0, 25: 1.0, 4: 0.5})


def test_a_face_that_smiles_fully_makes_room_for_the_drivers_smile() -> None:
    grin = AUVector.of({12: 5.0, 25: 2.0})
    plan = performance(*[0.0] * 50, *[3.0] * 50).plan(Controls(driven={12: 1.0}))
    assert plan.evaluate(Fraction(10), grin)[12] == pytest.approx(2.0)
    assert plan.evaluate(Fraction(90), grin)[12] == pytest.approx(5.0)
    assert plan.evaluate(Fraction(90), grin)[25] == 2.0
    assert plan.evaluate(Fraction(10), FACE) == FACE


def test_mask_and_gain_are_kept() -> None:
    plan = performance(1.0).plan(Controls(driven={12: 2.0, 4: 1.0}))
    assert plan.evaluate(Fraction(0), FACE) == AUVector.of({12: 3.0, 4: 0.5})


def test_aus_that_were_not_measured_cannot_be_all_that_is_driven() -> None:
    with pytest.raises(ProjectError, match="no AU45") as raised:
        performance(1.0).plan(Controls(driven={45: 1.0}))
    assert raised.value.remedy == "They have AU12, AU25."


def test_delayed_it_comes_later() -> None:
    plan = performance(0.0, 2.0, 0.0).delayed(Fraction(1, 4)).plan(Controls())
    assert plan.evaluate(Fraction(5, 4), FACE)[12] == 3.0


def test_where_the_driver_is_lost_the_face_returns_to_its_own_expression_without_a_jump() -> None:
    plan = performance(3.0, 3.0, 3.0, 3.0, 3.0, lost=(1, 2, 3)).plan(Controls())
    shown = [plan.evaluate(Fraction(step, 100), FACE)[12] for step in range(401)]
    assert shown[0] == shown[30] == shown[400] == 4.0
    assert shown[70] == shown[200] == shown[360] == 1.0
    assert np.abs(np.diff(shown)).max() < 0.15


@pytest.mark.usefixtures("grey_faces")
class TestReading:
    def test_a_clip_is_measured_from_its_own_neutral_face(self, tmp_path: Path) -> None:
        pictures = [np.full((48, 64, 3), grey, np.uint8) for grey in (102, 204)]
        path = make_video(
            tmp_path / "clip.mkv", Clip(codec="ffv1", pixel_format="bgr0", times=(0, 1001), options={}), pictures
        )
        result = read_performance(path, "auto")
        assert result.curves.of(12).tolist() == pytest.approx([0.0, 2.0], abs=0.05)
        assert result.clip is not None
        assert result.clip.path == path

    def test_curves_are_taken_as_they_are_or_from_a_moment(self, tmp_path: Path) -> None:
        path = tmp_path / "aus.csv"
        write_csv(performance(1.0, 3.0).curves, path)
        assert read_performance(path, "auto").curves.of(12).tolist() == [1.0, 3.0]
        assert read_performance(path, Fraction(0)).curves.of(12).tolist() == [0.0, 2.0]
        assert read_performance(path, Fraction(0)).clip is None
        with pytest.raises(ProjectError, match="photo cannot be"):
            read_performance(path, tmp_path / "rest.jpg")

    def test_curves_without_a_face_are_refused(self, tmp_path: Path) -> None:
        write_csv(performance(1.0, lost=(0,)).curves, tmp_path / "aus.csv")
        with pytest.raises(ProjectError, match="no face"):
            read_performance(tmp_path / "aus.csv", "auto")

    def test_a_photo_does_not_perform(self, tmp_path: Path) -> None:
        write_photo(tmp_path / "face.png", Photo(np.full((48, 64, 3), 9, np.uint8)))
        with pytest.raises(MediaError, match="performs nothing"):
            read_performance(tmp_path / "face.png", "auto")
