from dataclasses import replace

import numpy as np
import pytest

from engine.edit_scope import FaceSelection
from engine.errors import ProjectError
from engine.faces.selection import FaceChooser
from engine.types import FaceTrack
from tests.engine.faces.heads import track_of


def face(face_id: int, x: float, side: float = 100.0) -> FaceTrack:
    box = (x - side / 2, 100 - side / 2, x + side / 2, 100 + side / 2)
    return replace(track_of(np.zeros((478, 3), np.float32)), id=face_id, box_px=box)


FACES = (face(0, 200, 80), face(1, 500, 150), face(2, 900, 100))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("largest", {1}),
        ("leftmost", {0}),
        ("left", {0}),
        ("Right", {2}),
        ("rightmost", {2}),
        ("all", {0, 1, 2}),
        ("2", {2}),
        ("0, 2", {0, 2}),
        ("7", set()),
        ("0.9,0.2", {2}),
        ("nearest 0,0", {0}),
    ],
)
def test_words_choose_faces(text: str, ids: set[int]) -> None:
    assert FaceChooser(FaceSelection.parse(text)).choose(FACES, 1000, 200) == ids


@pytest.mark.parametrize("text", ["", "biggest", "1.5,0.5", "-1", "0,", "0.5", "nearest"])
def test_other_words_are_told(text: str) -> None:
    with pytest.raises(ProjectError, match="does not say which faces") as caught:
        FaceSelection.parse(text)
    assert "largest" in caught.value.remedy


def test_no_face_no_choice() -> None:
    for text in ("largest", "all", "0"):
        assert FaceChooser(FaceSelection.parse(text)).choose((), 1000, 200) == frozenset()


def test_the_choice_does_not_waver_between_faces_alike() -> None:
    chooser = FaceChooser(FaceSelection("largest"))
    sizes = [(100, 99), (100, 110), (105, 99), (100, 119), (100, 140), (100, 120)]
    chosen = [chooser.choose((face(0, 200, a), face(1, 600, b)), 1000, 200) for a, b in sizes]
    assert chosen == [{0}, {0}, {0}, {0}, {1}, {1}]


def test_a_chosen_face_that_leaves_makes_room() -> None:
    chooser = FaceChooser(FaceSelection("largest"))
    assert chooser.choose(FACES, 1000, 200) == {1}
    assert chooser.choose((FACES[0], FACES[2]), 1000, 200) == {2}


def test_the_rule_may_change() -> None:
    chooser = FaceChooser(FaceSelection("largest"))
    chooser.choose(FACES, 1000, 200)
    chooser.selection = FaceSelection.picked(0)
    assert chooser.choose(FACES, 1000, 200) == {0}
