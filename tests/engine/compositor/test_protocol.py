import numpy as np
import pytest

from engine.compositor import MODES, DetailCompositor, GeneratedPair, PredictedEdit, ReplaceCompositor, compositor
from engine.errors import PipelineError, ProjectError
from engine.types import FloatArray


def test_modes_make_their_compositors_and_detail_is_the_default() -> None:
    assert isinstance(compositor(), DetailCompositor)
    assert isinstance(compositor("detail"), DetailCompositor)
    assert isinstance(compositor("replace"), ReplaceCompositor)
    assert MODES == ("detail", "replace")


def test_an_unknown_mode_names_the_nearest() -> None:
    with pytest.raises(ProjectError, match="'replcae'") as caught:
        compositor("replcae")
    assert "'replace'" in caught.value.remedy


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ((128, 128, 3), (64, 64, 3)),
        ((128, 64, 3), (128, 64, 3)),
        ((128, 128, 1), (128, 128, 1)),
        ((128, 128), (128, 128)),
    ],
)
def test_pictures_must_be_of_one_square_shape(source: tuple[int, ...], target: tuple[int, ...]) -> None:
    with pytest.raises(PipelineError, match="shapes") as caught:
        GeneratedPair(np.zeros(source, np.float32), np.zeros(target, np.float32))
    assert caught.value.stage == "composite"


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_pictures_must_be_finite(value: float) -> None:
    picture = np.zeros((128, 128, 3), np.float32)
    broken = picture.copy()
    broken[5, 6, 1] = value
    with pytest.raises(PipelineError, match="not finite"):
        GeneratedPair(picture, broken)


def test_a_pair_knows_whether_it_changes_anything() -> None:
    picture = np.random.default_rng(0).random((128, 128, 3), np.float32)
    assert GeneratedPair(picture, picture.copy()).is_unchanged
    assert not GeneratedPair(picture, picture + np.float32(1e-3)).is_unchanged


def parts(flow: tuple[int, ...], mask: tuple[int, ...], colour: tuple[int, ...]) -> tuple[FloatArray, ...]:
    return tuple(np.zeros(shape, np.float32) for shape in (flow, mask, colour))


@pytest.mark.parametrize(
    ("flow", "mask", "colour"),
    [
        ((128, 128, 2), (64, 64), (128, 128, 3)),
        ((2, 128, 128), (128, 128), (128, 128, 3)),
        ((128, 128, 2), (128, 128, 1), (128, 128, 3)),
        ((128, 64, 2), (128, 64), (128, 64, 3)),
    ],
)
def test_parts_of_a_predicted_edit_must_belong_together(
    flow: tuple[int, ...], mask: tuple[int, ...], colour: tuple[int, ...]
) -> None:
    with pytest.raises(PipelineError, match="shapes"):
        PredictedEdit(*parts(flow, mask, colour))


@pytest.mark.parametrize("broken", range(3))
def test_predicted_edits_must_be_finite(broken: int) -> None:
    arrays = parts((128, 128, 2), (128, 128), (128, 128, 3))
    arrays[broken].flat[7] = np.nan
    with pytest.raises(PipelineError, match="not finite"):
        PredictedEdit(*arrays)


def test_a_predicted_edit_knows_whether_it_changes_anything() -> None:
    flow, mask, colour = parts((128, 128, 2), (128, 128), (128, 128, 3))
    assert PredictedEdit(flow, mask, colour + 1).is_unchanged
    assert not PredictedEdit(flow, mask + np.float32(0.1), colour).is_unchanged
