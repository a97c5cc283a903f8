"""What a user does to a running session."""

import itertools
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from engine.controls import Controls
from engine.edit_scope import FaceSelection
from engine.errors import ModelError
from engine.live import FileInput, LiveFrame, LiveSession, MonotonicClock
from engine.live.inference import _FLOW_S, _REPEAT_S
from engine.pipeline import FaceReader, FaceSettings, Pipeline, PipelineSettings
from engine.project import Timeline
from tests.engine.live.fakes import CLIP, LIMIT_S, FakeCamera, FakeClip, Studio
from tests.engine.media.clips import Clip, make_video
from tests.engine.pipeline.stand_ins import SOURCE, Stages

SMILE = Controls(sliders={12: 4.0})
OTHER = PipelineSettings(compositing="replace")


def smile_of(frame: LiveFrame) -> float:
    assert frame.result.target is not None
    return frame.result.target[12]


class TestControls:
    def test_a_change_counts_from_the_next_frame_on(self) -> None:
        camera = FakeCamera()
        studio = Studio(camera)
        with studio.session() as session:
            camera.give(50)
            studio.log.wait_frames(1)
            session.set_controls(SMILE)
            camera.give(60)
            studio.log.wait(lambda log: 60 in log.shades())
            camera.release()
        before, after = (
            next(frame for frame in studio.log.frames if frame.captured.frame.pixels[0, 0, 0] == grey)
            for grey in (50, 60)
        )
        assert smile_of(before) == SOURCE[12]
        assert smile_of(after) == 4.0
        assert before.result.frame.pixels is before.captured.frame.pixels

    def test_a_paused_frame_is_rendered_again(self) -> None:
        camera = FakeCamera()
        studio = Studio(camera)
        with studio.session() as session:
            camera.give(50)
            studio.log.wait_frames(1)
            session.pause()
            studio.clock.step_to_waiter(_REPEAT_S)
            studio.log.wait_frames(2)
            session.set_controls(SMILE)
            studio.clock.step_to_waiter(_REPEAT_S)
            studio.log.wait_frames(3)
            camera.give(60, 70)
            camera.release()
        assert [smile_of(frame) for frame in studio.log.frames] == [SOURCE[12], SOURCE[12], 4.0]
        assert [frame.is_repeat for frame in studio.log.frames] == [False, True, True]
        assert studio.log.shades() == [50, 50, 50]
        assert len(studio.stages.landmarker.times) == 1, "the face of a frame that stays is found once"

    def test_a_photo_is_rendered_again(self) -> None:
        studio = Studio(FakeClip([50]))
        with studio.session(CLIP) as session:
            studio.log.wait_frames(1)
            session.set_controls(SMILE)
            studio.clock.step_to_waiter(_FLOW_S)
            studio.log.wait_frames(2)
        assert [smile_of(frame) for frame in studio.log.frames] == [SOURCE[12], 4.0]

    def test_while_frames_flow_a_change_renders_none_of_them_twice(self) -> None:
        camera = FakeCamera()
        studio = Studio(camera)
        with studio.session() as session:
            for count in range(1, 20):
                camera.give(count)
                session.set_controls(Controls(sliders={12: count / 5}))
                studio.log.wait_frames(count)
                studio.clock.advance(1 / 30)
            camera.release()
        assert not any(frame.is_repeat for frame in studio.log.frames)
        assert studio.log.shades() == list(range(1, 20))

    def test_a_preset_eases_in_over_a_set_time_though_nothing_moves(self) -> None:
        studio = Studio(FakeClip([50]))
        with studio.session(CLIP) as session:
            studio.log.wait_frames(1)
            studio.clock.advance(1)
            session.set_controls(SMILE, ease_s=0.5)
            while smile_of(studio.log.frames[-1]) < 4.0:
                count = len(studio.log.frames)
                studio.clock.step_to_waiter(_REPEAT_S) if count > 1 else None
                studio.log.wait_frames(count + 1)
        smiles = [smile_of(frame) for frame in studio.log.frames]
        assert smiles == sorted(smiles)
        assert len(set(smiles)) > 10
        assert max(b - a for a, b in itertools.pairwise(smiles)) < 0.6

    def test_a_timeline_follows_the_file_wherever_it_is(self) -> None:
        timeline = Timeline.from_poses([])
        studio = Studio(FakeClip([10, 20, 30]))
        controls = Controls(timeline=timeline.with_track(_ramp()))
        with studio.session(CLIP, controls) as session:
            studio.log.wait_frames(1)
            session.pause()
            session.seek(Fraction(2, 25))
            studio.log.wait(lambda log: 30 in log.shades())
        last = next(frame for frame in studio.log.frames if frame.captured.frame.pixels[0, 0, 0] == 30)
        assert smile_of(last) == pytest.approx(2.0)


class TestOutputs:
    def test_frames_are_in_order_and_those_that_come_too_fast_are_dropped(self) -> None:
        camera = FakeCamera()
        studio = Studio(camera)
        held, go_on = threading.Event(), threading.Event()
        detect = studio.stages.landmarker.detect

        def detect_slowly(*arguments: Any) -> Any:
            held.set()
            assert go_on.wait(LIMIT_S)
            return detect(*arguments)

        studio.stages.landmarker.detect = detect_slowly  # type: ignore[method-assign,assignment]
        with studio.session() as session:
            camera.give(1)
            assert held.wait(LIMIT_S)
            camera.give(*range(2, 50))
            camera.release()
            studio.log.wait_events("source lost")
            go_on.set()
            studio.log.wait(lambda log: 49 in log.shades())
            statistics = session.statistics()
        assert studio.log.shades() in ([1, 49], [49])
        assert statistics.captured == 49
        assert statistics.dropped == 49 - len(studio.log.frames)

    def test_a_slow_receiver_gets_the_latest_frame(self) -> None:
        camera = FakeCamera()
        studio = Studio(camera)
        with studio.session() as session:
            for count in range(1, 6):
                camera.give(count)
                studio.log.wait_frames(count)
            latest = session.wait_frame()
            assert latest is not None
            assert latest.number == 4
            taken: list[LiveFrame | None] = []
            waiter = threading.Thread(target=lambda: taken.append(session.wait_frame(1.0)))
            waiter.start()
            studio.clock.step_to_waiter(1.0)
            waiter.join()
            assert taken == [None]
            camera.release()


class TestSettings:
    def test_another_pipeline_takes_over(self) -> None:
        studio = Studio(FakeClip([50]))
        with studio.session(CLIP) as session:
            studio.log.wait_frames(1)
            first = studio.stages
            studio.stages = Stages()
            session.set_settings(OTHER)
            studio.log.wait_frames(2)
            assert first.landmarker.is_closed
            assert not studio.stages.landmarker.is_closed
        assert [settings for settings, _ in studio.settings] == [PipelineSettings(), OTHER]

    def test_one_that_cannot_be_had_leaves_the_one_before(self) -> None:
        studio = Studio(FakeClip([50]))

        def refuse(settings: PipelineSettings, mode: str) -> Pipeline:
            if settings == OTHER:
                raise ModelError("No such model.", "Choose another.")
            return studio.open_pipeline(settings, mode)

        with studio.session(CLIP, open_pipeline=refuse) as session:
            studio.log.wait_frames(1)
            session.set_settings(OTHER)
            studio.log.wait_events("settings refused")
            session.set_controls(SMILE)
            studio.clock.step_to_waiter(_FLOW_S)
            studio.log.wait_frames(2)
            assert session.error is None
        assert smile_of(studio.log.frames[-1]) == 4.0
        assert studio.log.kinds() == ["settings refused"]


class TestFaces:
    def test_they_can_be_read_otherwise_without_another_pipeline(self) -> None:
        studio = Studio(FakeClip([50]))
        with studio.session(CLIP) as session:
            studio.log.wait_frames(1)
            session.set_settings(PipelineSettings(faces=FaceSettings(selection=FaceSelection.picked(99))))
            studio.log.wait_frames(2)
        assert len(studio.settings) == 1
        assert studio.log.frames[0].result.face is not None
        assert studio.log.frames[1].result.face is None

    def test_this_is_my_neutral(self, monkeypatch: pytest.MonkeyPatch) -> None:
        calls: list[object] = []

        def set_neutral(reader: FaceReader, face_id: int | None) -> int:
            calls.append(face_id)
            return int(face_id == 0)

        monkeypatch.setattr(FaceReader, "set_neutral", set_neutral)
        monkeypatch.setattr(FaceReader, "forget_neutral", lambda reader: calls.append("forget"))
        studio = Studio(FakeClip([50]))
        with studio.session(CLIP) as session:
            studio.log.wait_frames(1)
            session.call_neutral(0)
            studio.log.wait_frames(2)
            session.forget_neutral()
            studio.log.wait_frames(3)
            session.call_neutral(7)
            studio.log.wait_events("no neutral")
        assert calls == [0, "forget", 7]


def test_another_source_takes_over() -> None:
    first, second = FakeCamera(), FakeClip([80])
    studio = Studio(first, second)
    with studio.session() as session:
        first.give(10)
        studio.log.wait_frames(1)
        first.release()
        session.set_source(CLIP)
        studio.log.wait_frames(2)
        assert first.is_closed
    assert studio.log.shades() == [10, 80]
    times = [frame.result.frame.time for frame in studio.log.frames]
    assert times[0] < times[1]


def test_statistics_are_of_the_last_seconds() -> None:
    camera = FakeCamera()
    studio = Studio(camera)
    with studio.session() as session:
        nothing = session.statistics()
        assert (nothing.captured, nothing.fps_out, nothing.age_p95_ms, nothing.backend) == (0, 0, 0, "")
        for count in range(1, 31):
            camera.give(count)
            studio.log.wait_frames(count)
            studio.clock.advance(1 / 30)
        statistics = session.statistics()
        camera.release()
    assert statistics.fps_in == pytest.approx(30, rel=0.01)
    assert statistics.fps_out == pytest.approx(30, rel=0.01)
    assert (statistics.captured, statistics.shown, statistics.dropped, statistics.faces) == (30, 30, 0, 1)
    assert statistics.seconds == pytest.approx(1)
    assert {"detect", "align", "estimate"} <= statistics.stages.keys()
    assert statistics.backend == "stand-in"
    assert statistics.memory_mib > 10
    assert statistics.threads >= 1
    assert studio.clock.now() > 1000


def test_a_real_file_through_real_threads(tmp_path: Path) -> None:
    """On the machine's own clock, as the command uses it."""
    stages = Stages()
    clip = make_video(tmp_path / "clip.mp4", Clip(times=range(0, 6 * 1001, 1001)))
    seen: list[LiveFrame] = []
    ended = threading.Event()
    session = LiveSession(
        FileInput(clip),
        SMILE,
        clock=MonotonicClock(),
        on_frame=seen.append,
        on_event=lambda _: ended.set(),
        open_pipeline=lambda settings, mode: stages.pipeline(),
    )
    with session:
        assert ended.wait(LIMIT_S)
    assert 1 <= len(seen) <= 6
    moments = [frame.captured.captured_at for frame in seen]
    assert moments == sorted(moments)


def _ramp() -> Any:
    from engine.project import Keyframe, Track
    from engine.project.easing import LINEAR

    return Track(12, (Keyframe(Fraction(0), 0.0, LINEAR), Keyframe(Fraction(4, 25), 4.0, LINEAR)))
