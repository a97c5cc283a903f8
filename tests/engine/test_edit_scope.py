import pytest

from engine.edit_scope import EVERYWHERE, FaceSelection, RegionStrengths
from engine.errors import ProjectError
from engine.terminal.pipeline_options import region_strengths


@pytest.mark.parametrize("point", [(-0.1, 0.5), (0.5, 1.1), (float("nan"), 0.5)])
def test_a_point_outside_the_frame_is_refused(point: tuple[float, float]) -> None:
    with pytest.raises(ProjectError, match="outside the frame"):
        FaceSelection.nearest(*point)


def test_strengths_are_full_where_every_region_is() -> None:
    assert EVERYWHERE.are_full
    assert not RegionStrengths(cheeks=0.9).are_full


def test_regions_are_read_from_words() -> None:
    assert region_strengths(["mouth=0.5", "Eyes = 0"]) == RegionStrengths(mouth=0.5, eyes=0.0)
    assert region_strengths([], RegionStrengths(brows=0.2)) == RegionStrengths(brows=0.2)
    assert region_strengths(["brows=1"], RegionStrengths(brows=0.2, eyes=0.3)) == RegionStrengths(eyes=0.3)


@pytest.mark.parametrize(
    ("word", "told"),
    [("mouht=0.5", "mean 'mouth'"), ("mouth", "mouth=0.5"), ("mouth=much", "mouth=0.5"), ("mouth=1.5", "0 to 1")],
)
def test_other_words_are_told(word: str, told: str) -> None:
    with pytest.raises(ProjectError) as caught:
        region_strengths([word])
    assert told in caught.value.remedy
