"""Several faces through the pipeline: chosen, weighed, edited one by one, smoothed with the frames to come."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.edit_scope import FaceSelection
from engine.faces.appearance import Appearance
from engine.faces.calibration import CalibratedEstimator
from engine.faces.expression import EXPRESSION_LANDMARKS, ExpressionEstimator, NeutralFace
from engine.faces.fading import BRIDGED_S, FADE_S, Fading
from engine.faces.people import KnownPerson
from engine.faces.smoothing import REACH_FRAMES
from engine.pipeline import FaceReader, FaceSettings, Pipeline, ProcessedFrame
from engine.pipeline.editing import LatentEditor
from engine.types import FaceTrack, Frame
from tests.engine.pipeline.stand_ins import (
    SMILE,
    SOURCE,
    STILL,
    TEMPLATE,
    StandInBackend,
    StandInCompositor,
    StandInEstimator,
    grey_frames,
    track_in,
)

ALL = FaceSettings(FaceSelection("all"))


class Script:
    """A tracker that reports, frame by frame, what it is told: the confidence of each face, by id."""

    def __init__(self, frames: Sequence[dict[int, float]]) -> None:
        self._frames = iter(frames)
        self._is_first = True
        self.begins_shot = True
        self.is_closed = False

    def update(self, frame: Frame) -> tuple[FaceTrack, ...]:
        self.begins_shot, self._is_first = self._is_first, False
        face = track_in(frame.pixels)
        return tuple(replace(face, id=key, confidence=seen) for key, seen in next(self._frames).items())

    def close(self) -> None:
        self.is_closed = True


class Studio:
    """A pipeline around a script."""

    def __init__(
        self, frames: Sequence[dict[int, float]], settings: FaceSettings = ALL, *, holds_back: bool = False
    ) -> None:
        self.compositor = StandInCompositor()
        self.backend = StandInBackend()
        self.tracker = Script(frames)
        reader = FaceReader(self.tracker, StandInEstimator(), settings, Fading(), holds_back=holds_back)
        self.pipeline = Pipeline(reader, LatentEditor(self.backend, self.compositor), TEMPLATE, keeps_steady=True)
        self.frames = grey_frames(*([10] * len(frames)))

    def results(self) -> list[ProcessedFrame]:
        return [*self.pipeline.process(self.frames, SMILE), *self.pipeline.finish(SMILE)]


def test_pictures_are_read_against_the_people_who_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    estimator = CalibratedEstimator(ExpressionEstimator(), learns=False)
    reader = FaceReader(Script([{0: 1.0, 1: 1.0}] * 2), estimator, ALL)
    at_rest = NeutralFace(np.zeros((len(EXPRESSION_LANDMARKS), 3), np.float32))
    first, second = grey_frames(10, 20)
    person = KnownPerson(Appearance.of(first.pixels, track_in(first.pixels).landmarks_px), at_rest)
    monkeypatch.setattr("engine.pipeline.face_reader.neutrals_of", lambda *_: [None, person.neutral])
    reader.know([person])
    reader.read(first)
    assert {key: known.neutral for key, known in estimator.people.items()} == {1: at_rest}
    reader.know([])
    reader.forget_neutral()
    reader.read(second)
    assert not estimator.people


@pytest.fixture
def bridged() -> int:
    """Frames, at 25 a second, for which a missed face is bridged."""
    return int(BRIDGED_S * 25)


def au12(result: ProcessedFrame, face_id: int = 0) -> float:
    return next(face.target[12] for face in result.faces if face.track.id == face_id)


def test_all_selected_faces_are_edited_and_told() -> None:
    studio = Studio([{0: 1.0, 3: 1.0}] * 2)
    for result in studio.results():
        assert [face.track.id for face in result.faces] == [0, 3]
        assert [face.target[12] for face in result.faces] == pytest.approx([4.0, 4.0])
        assert all(face.aligned is not None and face.weight == 1 for face in result.faces)
    assert len(studio.compositor.pairs) == 4


def test_faces_that_are_not_selected_are_told_but_left() -> None:
    studio = Studio([{0: 1.0, 1: 1.0}], FaceSettings(FaceSelection.picked(1)))
    (result,) = studio.results()
    left, edited = result.faces
    assert (left.is_selected, left.aligned, left.target, left.weight) == (False, None, left.source, 0)
    assert edited.target[12] == pytest.approx(4.0)
    assert result.face is edited.aligned
    assert len(studio.compositor.pairs) == 1


def test_frames_in_which_only_others_are_selected_pass_as_they_are() -> None:
    studio = Studio([{0: 1.0}] * 3, FaceSettings(FaceSelection.picked(7)))
    assert [result.frame for result in studio.results()] == studio.frames
    assert studio.backend.encoded == []


def test_one_frame_shows_the_people_who_are_edited_at_rest() -> None:
    estimator = CalibratedEstimator(ExpressionEstimator(), learns=False)
    tracker = Script([{0: 1.0, 1: 1.0}] * 2)
    reader = FaceReader(tracker, estimator, FaceSettings(FaceSelection.picked(1)))
    (frame,) = grey_frames(10)
    reader.take_neutral(frame)
    assert [face_id for face_id, person in estimator.people.items() if person.neutral is not None] == [1]
    (read,) = reader.read(frame)
    assert [face.track.id for face in read.faces] == [0, 1]


def test_where_frames_do_not_follow_each_other_the_face_at_rest_is_that_of_whoever_is_edited() -> None:
    estimator = CalibratedEstimator(ExpressionEstimator(), learns=False)
    frames = grey_frames(10, 11)
    reader = FaceReader(Script([{0: 1.0}, {3: 1.0}]), estimator, FaceSettings(FaceSelection("largest")))
    reader.take_neutral(frames[0])
    reader.read(frames[1])
    assert estimator.people[3].neutral is not None
    reader.forget_neutral()
    assert not estimator.people


def test_a_missed_face_is_bridged_then_fades_out_and_comes_back_without_a_pop(bridged: int) -> None:
    fade = int(FADE_S * 25) + 1
    hidden = bridged + fade
    studio = Studio([{0: 1.0}, *[{0: 0.0}] * hidden, *[{0: 1.0}] * (fade + 1)])
    values = [au12(result) for result in studio.results()]
    assert values[: 1 + bridged] == pytest.approx([4.0] * (1 + bridged))
    assert values[hidden] == SOURCE[12]
    assert values[-1] == pytest.approx(4.0)
    assert max(abs(a - b) for a, b in itertools.pairwise(values)) <= 3.0 / (FADE_S * 25) + 1e-4


def test_another_selection_fades_from_one_face_to_the_other() -> None:
    studio = Studio([{0: 1.0, 1: 1.0}] * 12, FaceSettings(FaceSelection.picked(0)))
    studio.pipeline.process(studio.frames[:2], SMILE)
    studio.pipeline.configure_faces(FaceSettings(FaceSelection.picked(1)))
    results = studio.pipeline.process(studio.frames[2:], SMILE)
    both = [(au12(result, 0), au12(result, 1)) for result in results]
    assert SOURCE[12] < both[0][1] < both[0][0] < 4.0
    assert both[-1] == pytest.approx((SOURCE[12], 4.0))


@pytest.mark.parametrize("sizes", [(8, 8, 8, 6), (1,) * 30, (30,), (3, 27)])
def test_clips_come_whole_and_in_order(sizes: tuple[int, ...]) -> None:
    studio = Studio([{0: 1.0}] * 30, holds_back=True)
    frames = iter(studio.frames)
    given: list[ProcessedFrame] = []
    for size in sizes:
        given += studio.pipeline.process([next(frames) for _ in range(size)], SMILE)
    assert len(given) == 30 - REACH_FRAMES
    given += studio.pipeline.finish(SMILE)
    assert [(one.frame.index, one.frame.time) for one in given] == [(f.index, f.time) for f in studio.frames]


def test_strength_0_passes_every_frame_of_a_clip_bit_for_bit() -> None:
    studio = Studio([{0: 1.0, 1: 1.0}] * 20, holds_back=True)
    results = [*studio.pipeline.process(studio.frames, STILL), *studio.pipeline.finish(STILL)]
    assert [result.frame for result in results] == studio.frames


def test_a_paused_frame_is_read_once() -> None:
    studio = Studio([{0: 1.0}])
    (frame,) = studio.frames
    pipeline = studio.pipeline
    shown = [pipeline.process([Frame(frame.pixels, Fraction(0), 0)], SMILE)[0] for _ in range(4)]
    assert [au12(result) for result in shown] == pytest.approx([4.0] * 4)
    assert studio.backend.encoded == [1]


def test_each_face_shows_its_own_expression() -> None:
    class Plan:
        def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
            return source.with_intensities({12: source[12] + 1})

    studio = Studio([{0: 1.0, 1: 1.0}])
    (result,) = studio.pipeline.process(studio.frames, Plan())
    assert [face.target[12] for face in result.faces] == pytest.approx([2.0, 2.0])


def test_closing_closes_the_tracker() -> None:
    studio = Studio([{0: 1.0}])
    with studio.pipeline:
        pass
    assert studio.tracker.is_closed
    assert studio.backend.is_closed
