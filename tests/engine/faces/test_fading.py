from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.faces.fading import FADE_S, Fading, pose_weight
from engine.types import FaceTrack, HeadPose
from tests.engine.faces.heads import track_of

FACE = track_of(np.zeros((478, 3), np.float32))
RATE = 30
STEP = 1 / RATE / FADE_S


def seen(yaw: float = 0.0) -> FaceTrack:
    return replace(FACE, pose=HeadPose(yaw, 0.0, 0.0))


HIDDEN = replace(FACE, confidence=0.0)


def weights(tracks: list[FaceTrack | None], selected: list[bool] | None = None) -> list[float]:
    fading = Fading()
    result = []
    for index, track in enumerate(tracks):
        chosen = {0} if selected is None or selected[index] else set[int]()
        present = [] if track is None else [track]
        found = fading.update(present, chosen, Fraction(index, RATE), begins_shot=index == 0)
        result.append(found.get(0, 0.0))
    return result


def test_a_face_at_the_start_of_a_shot_is_there_at_once() -> None:
    assert weights([seen()] * 3) == [1, 1, 1]


def test_a_face_that_comes_later_fades_in() -> None:
    found = weights([None, *[seen()] * 12])
    assert found[0] == 0
    assert np.diff(found[:8]) == pytest.approx(STEP)
    assert found[-1] == 1


def test_a_miss_of_three_tenths_of_a_second_is_bridged_and_then_fades_out() -> None:
    found = weights([seen(), *[HIDDEN] * 20])
    assert found[:10] == [1] * 10
    assert found[10] == pytest.approx(1 - STEP)
    assert found[-1] == 0


def test_a_short_miss_is_not_seen() -> None:
    assert weights([seen(), *[HIDDEN] * 9, seen(), *[HIDDEN] * 9, seen()]) == [1] * 21


def test_a_face_that_is_no_longer_selected_fades_out_and_back_in() -> None:
    found = weights([seen()] * 25, [True, *[False] * 10, *[True] * 14])
    assert 0 in found
    assert found[-1] == 1
    assert np.abs(np.diff(found)).max() <= STEP + 1e-9


def test_turning_away_and_back_never_pops() -> None:
    yaws = [*np.linspace(0, 80, 15), *np.linspace(80, 0, 15), *[0] * 12]
    found = weights([seen(yaw) for yaw in yaws])
    assert min(found) < 0.1
    assert found[-1] == 1
    assert np.abs(np.diff(found)).max() <= STEP + 1e-9


@pytest.mark.parametrize(("yaw", "pitch", "weight"), [(30, 0, 1), (-30, 0, 1), (0, 24, 1), (50, 0, 0), (0, -40, 0)])
def test_ends_of_the_range_of_poses(yaw: float, pitch: float, weight: float) -> None:
    assert pose_weight(HeadPose(yaw, pitch, 70.0)) == weight


@given(st.floats(0, 90), st.floats(0, 10))
def test_turning_further_never_weighs_more(yaw: float, further: float) -> None:
    assert pose_weight(HeadPose(yaw + further, 0, 0)) <= pose_weight(HeadPose(yaw, 0, 0))
