from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest

from engine.action_units import AUVector
from engine.backends import Encoded
from engine.errors import ModelError, PipelineError
from engine.pipeline import ProcessedFrame
from engine.project import Keyframe, Timeline, Track
from engine.types import FaceTrack, Frame, RGBImage
from tests.engine.pipeline.stand_ins import SMILE, SOURCE, STILL, Stages, grey_frames


@pytest.fixture
def stages() -> Stages:
    return Stages()


def greys(results: Sequence[ProcessedFrame]) -> list[int]:
    return [int(result.frame.pixels[0, 0, 0]) for result in results]


def test_results_come_in_order_at_their_frames_times(stages: Stages) -> None:
    frames = grey_frames(10, 0, 30, first=5)
    results = stages.pipeline().process(frames, SMILE)
    assert greys(results) == [245, 0, 225]
    assert [(result.frame.time, result.frame.index) for result in results] == [(f.time, f.index) for f in frames]


def test_results_tell_what_was_found_and_asked(stages: Stages) -> None:
    with_face, without = stages.pipeline().process(grey_frames(10, 0), SMILE)
    assert with_face.face is not None
    assert with_face.source == SOURCE
    assert with_face.target == SOURCE.with_intensities({12: 4.0})
    assert (without.face, without.source, without.target) == (None, None, None)


def test_frames_without_a_face_pass_as_they_are(stages: Stages) -> None:
    frames = grey_frames(0, 10, 0)
    results = stages.pipeline().process(frames, SMILE)
    assert results[0].frame is frames[0]
    assert results[2].frame is frames[2]
    assert stages.backend.encoded == [1]


def test_where_nothing_shall_change_frames_pass_as_they_are(stages: Stages) -> None:
    frames = grey_frames(10, 20)
    results = stages.pipeline().process(frames, STILL)
    assert [result.frame for result in results] == frames
    assert all(result.face is not None and result.target == SOURCE for result in results)
    assert stages.backend.generated == []


def test_only_the_frames_that_change_are_generated(stages: Stages) -> None:
    strength = Track(None, (Keyframe(Fraction(0), 0.0), Keyframe(Fraction(1, 25), 0.0), Keyframe(Fraction(1), 1.0)))
    timeline = Timeline(SMILE.tracks, strength)
    assert greys(stages.pipeline().process(grey_frames(10, 20, 30, 40), timeline)) == [10, 20, 225, 215]
    assert stages.backend.generated == [4]


def test_each_frame_gets_the_pictures_of_its_own_latent_and_expressions(stages: Stages) -> None:
    stages.pipeline().process(grey_frames(10, 0, 30), SMILE)
    shown = [
        [tuple(np.rint(picture[0, 0, :2] * (255, 5))) for picture in (pair.source, pair.target)]
        for pair in stages.compositor.pairs
    ]
    assert shown == [[(10, 1), (10, 4)], [(30, 1), (30, 4)]]
    assert [pair.change for pair in stages.compositor.pairs] == [3.0, 3.0]


def test_a_still_is_looked_at_once(stages: Stages) -> None:
    (still,) = grey_frames(10)
    frames = [Frame(still.pixels, Fraction(index, 25), index) for index in range(5)]
    pipeline = stages.pipeline()
    results = [*pipeline.process(frames[:3], SMILE), *pipeline.process(frames[3:], SMILE)]
    assert greys(results) == [245] * 5
    assert stages.landmarker.times == [0]
    assert stages.backend.encoded == [1]
    assert stages.backend.generated == [4, 2]  # the source's expression comes with the first batch only


def test_pictures_that_are_alike_are_looked_at_one_by_one(stages: Stages) -> None:
    pipeline = stages.pipeline()
    for _ in range(2):
        pipeline.process(grey_frames(10, 10), SMILE)
    assert len(stages.landmarker.times) == 4


def test_a_still_without_a_face_is_looked_at_once(stages: Stages) -> None:
    (still,) = grey_frames(0)
    results = stages.pipeline().process([still, Frame(still.pixels, Fraction(1), 1)], SMILE)
    assert [result.face for result in results] == [None, None]
    assert stages.landmarker.times == [0]


def test_no_frames_give_no_results(stages: Stages) -> None:
    assert stages.pipeline().process([], SMILE) == []


def test_what_leaves_the_pipeline_is_read_only(stages: Stages) -> None:
    results = stages.pipeline().process(grey_frames(10, 0), SMILE)
    assert not any(result.frame.pixels.flags.writeable for result in results)


def test_a_failure_says_at_which_frame(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(pixels: RGBImage, time: Fraction) -> tuple[FaceTrack, ...]:
        if pixels[0, 0, 0] == 20:
            raise PipelineError("No.", stage="detect")
        return ()

    monkeypatch.setattr(stages.landmarker, "detect", fail)
    with pytest.raises(PipelineError) as caught:
        stages.pipeline().process(grey_frames(10, 20, 30, first=7), SMILE)
    assert (caught.value.stage, caught.value.frame_index) == ("detect", 8)


def test_a_failure_of_the_compositor_says_at_which_frame(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> RGBImage:
        raise PipelineError("No.", stage="composite")

    monkeypatch.setattr(stages.compositor, "composite", fail)
    with pytest.raises(PipelineError) as caught:
        stages.pipeline().process(grey_frames(0, 10), SMILE)
    assert caught.value.frame_index == 1


def test_pictures_that_are_no_numbers_say_at_which_frame(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    def encode(crops: RGBImage) -> Encoded:
        return Encoded(crops, (np.full((len(crops), 1), np.nan, np.float32),))

    monkeypatch.setattr(stages.backend, "encode", encode)
    with pytest.raises(PipelineError, match="not finite") as caught:
        stages.pipeline().process(grey_frames(0, 0, 10), SMILE)
    assert caught.value.frame_index == 2


def test_after_a_failure_the_same_frame_is_looked_at_anew(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(crops: RGBImage) -> None:
        raise ModelError("Out of memory.")

    pipeline = stages.pipeline()
    frames = grey_frames(10)
    with monkeypatch.context() as patched:
        patched.setattr(stages.backend, "encode", fail)
        with pytest.raises(ModelError):
            pipeline.process(frames, SMILE)
    assert greys(pipeline.process(frames, SMILE)) == [245]


def test_an_expression_may_be_asked_for_frame_by_frame(stages: Stages) -> None:
    class Plan:
        def evaluate(self, time: Fraction, source: AUVector) -> AUVector:
            return AUVector.of({12: float(time * 25)})

    results = stages.pipeline().process(grey_frames(10, 20, 30), Plan())
    assert [result.target and result.target[12] for result in results] == [0.0, 1.0, 2.0]


def test_the_time_of_every_stage_is_kept(stages: Stages) -> None:
    pipeline = stages.pipeline()
    pipeline.process(grey_frames(10, 0, 30), SMILE)
    times = pipeline.clock.times()
    assert {name: figures.count for name, figures in times.items()} == {
        "detect": 3, "smooth": 3, "align": 2, "estimate": 2, "encode": 2, "generate": 2, "composite": 2,
    }  # fmt: skip


def test_closing_frees_all_stages_even_when_one_fails(stages: Stages, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ModelError("It cannot be closed.")

    monkeypatch.setattr(stages.backend, "close", fail)
    with pytest.raises(ModelError), stages.pipeline():
        pass
    assert stages.landmarker.is_closed
