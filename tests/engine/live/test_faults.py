"""What goes wrong with inputs and stages is told once, and repaired where it can be."""

import threading
from fractions import Fraction

import pytest

from engine.errors import EngineError, MediaError, PipelineError
from engine.live import LiveSession
from engine.live.capture import FIRST_RETRY_S, LONGEST_RETRY_S, OPENING_S, STALL_S
from engine.media import VideoSource
from tests.engine.live.fakes import CAMERA, CLIP, UNPLUGGED, FakeCamera, FakeClip, Studio, soon

MISSING = MediaError("Camera 0 does not exist.", "Plug one in.")


class TestCamera:
    def test_missing_at_first(self) -> None:
        camera = FakeCamera()
        studio = Studio(MISSING, MISSING, camera)
        with studio.session():
            studio.log.wait_events("source lost")
            studio.clock.step_to_waiter(FIRST_RETRY_S)
            studio.log.wait_events("source lost", "source lost")
            studio.clock.step_to_waiter(2 * FIRST_RETRY_S)
            camera.give(50)
            studio.log.wait_events("source lost", "source lost", "source back")
            studio.log.wait_frames(1)
            camera.release()
        assert studio.log.events[0].message == MISSING.message
        assert studio.log.events[0].remedy == MISSING.remedy

    def test_waiting_grows_up_to_a_limit(self) -> None:
        studio = Studio(*[MISSING] * 7)
        waits = [0.5, 1, 2, 4, LONGEST_RETRY_S, LONGEST_RETRY_S]
        with studio.session():
            for count, wait in enumerate(waits, start=1):
                studio.log.wait_events(*["source lost"] * count)
                studio.clock.step_to_waiter(wait)
            studio.log.wait_events(*["source lost"] * 7)

    def test_unplugged_and_back(self) -> None:
        first, second = FakeCamera(), FakeCamera()
        studio = Studio(first, second)
        with studio.session():
            first.give(10)
            studio.log.wait_frames(1)
            first.give(UNPLUGGED)
            studio.log.wait_events("source lost")
            studio.clock.step_to_waiter(FIRST_RETRY_S)
            second.give(20)
            studio.log.wait_events("source lost", "source back")
            studio.log.wait_frames(2)
            second.release()
        assert studio.log.shades() == [10, 20]
        assert first.is_closed
        times = [frame.result.frame.time for frame in studio.log.frames]
        assert times[0] < times[1]

    def test_stalled(self) -> None:
        """Its driver never comes back: another reader takes over, and the stuck one delivers nothing any more."""
        stuck, fresh = FakeCamera(), FakeCamera()
        studio = Studio(stuck, fresh)
        with studio.session() as session:
            stuck.give(10)
            studio.log.wait_frames(1)
            studio.clock.step_to_waiter(STALL_S)
            studio.log.wait_events("source lost")
            studio.clock.step_to_waiter(FIRST_RETRY_S)
            fresh.give(20)
            studio.log.wait_frames(2)
            stuck.give(99)
            soon(lambda: stuck.is_closed)
            fresh.give(30)
            studio.log.wait_frames(3)
            assert session.error is None
            fresh.release()
        assert studio.log.shades() == [10, 20, 30]
        assert f"nothing for {STALL_S:g} seconds" in studio.log.events[0].message

    def test_that_never_opens(self) -> None:
        opening = threading.Event()
        camera = FakeCamera()
        studio = Studio(camera)

        def open_for_ever(wanted: object) -> VideoSource:
            if studio.opened:
                return studio.open_input(CAMERA)
            studio.opened = 1
            assert opening.wait(20)
            raise MISSING

        session = LiveSession(
            CAMERA,
            on_frame=studio.log.frame,
            on_event=studio.log.event,
            clock=studio.clock,
            open_input=open_for_ever,
            open_pipeline=studio.open_pipeline,
        )
        with session:
            studio.clock.step_to_waiter(OPENING_S)
            studio.log.wait_events("source lost")
            studio.clock.step_to_waiter(FIRST_RETRY_S)
            camera.give(10)
            studio.log.wait_frames(1)
            opening.set()
            camera.release()

    def test_its_frames_change_their_size(self) -> None:
        camera = FakeCamera()
        studio = Studio(camera)
        with studio.session():
            for count, size in enumerate([(10, 6), (20, 12), (8, 8)], start=1):
                camera.give(size)
                studio.log.wait_frames(count)
            camera.release()
        assert [frame.result.frame.pixels.shape[:2] for frame in studio.log.frames] == [(6, 10), (12, 20), (8, 8)]


class TestFile:
    def test_damaged_in_the_middle(self) -> None:
        damaged = MediaError("clip.mp4 is damaged.", "Copy it again.")
        studio = Studio(FakeClip([10, damaged]), FakeClip([10, 20, 30]))
        with studio.session(CLIP):
            studio.log.wait_events("source lost")
            studio.clock.step_to_waiter(FIRST_RETRY_S)
            studio.log.wait_events("source lost", "source back")
        assert studio.log.events[0].message == damaged.message

    def test_stalled(self) -> None:
        """A network disk that hangs: the file is opened again and goes on where it was."""
        hanging = FakeCamera(FakeClip([1, 2]).info)
        studio = Studio(hanging, FakeClip([10, 20, 30]))
        with studio.session(CLIP):
            hanging.give(10)
            studio.log.wait_frames(1)
            studio.clock.step_to_waiter(STALL_S)
            studio.log.wait_events("source lost")
            studio.clock.step_to_waiter(FIRST_RETRY_S)
            studio.log.wait_events("source lost", "source back")
            hanging.release()


class TestFaces:
    def test_none_for_a_minute(self) -> None:
        """Frames without a face pass as they are, for as long as it takes, and the next face is changed again."""
        camera = FakeCamera()
        studio = Studio(camera)
        with studio.session() as session:
            camera.give(200)
            studio.log.wait_frames(1)
            for count in range(120):
                studio.clock.advance(0.5)
                camera.give(0)
                studio.log.wait_frames(2 + count)
            assert session.statistics().faces == 0
            camera.give(200)
            studio.log.wait_frames(122)
            assert session.statistics().faces == 1
            camera.release()
        assert [frame.result.face is not None for frame in studio.log.frames] == [True, *[False] * 120, True]
        assert all(frame.result.frame.pixels is frame.captured.frame.pixels for frame in studio.log.frames[1:121])
        assert studio.log.kinds() == []


class TestStages:
    @pytest.mark.parametrize("error", [PipelineError("It broke.", "Mend it.", stage="detect"), ZeroDivisionError("oh")])
    def test_a_fault_is_told_once_and_all_threads_end(self, error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
        camera = FakeCamera()
        studio = Studio(camera)

        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr(studio.stages.landmarker, "detect", fail)
        with studio.session() as session:
            camera.give(*range(1, 10))
            studio.log.wait_events("failed")
            assert session.wait_frame() is None
            camera.release()
        assert session.error is error
        assert studio.log.kinds()[:1] == ["failed"]
        assert studio.log.kinds().count("failed") == 1
        assert studio.stages.landmarker.is_closed
        assert studio.stages.backend.is_closed
        message = error.message if isinstance(error, EngineError) else "ZeroDivisionError: oh."
        assert studio.log.events[0].message == message

    def test_a_pipeline_that_cannot_be_opened_ends_the_session(self) -> None:
        def refuse(*_: object) -> None:
            raise MISSING

        camera = FakeCamera()
        studio = Studio(camera)
        with studio.session(open_pipeline=refuse) as session:
            studio.log.wait_events("failed")
            camera.release()
        assert session.error is MISSING

    def test_a_fault_of_a_source_that_is_no_ones_is_the_programs(self) -> None:
        camera = FakeCamera()
        studio = Studio(camera)
        with studio.session() as session:
            camera.give(KeyError("bug"))
            studio.log.wait_events("failed")
        assert isinstance(session.error, KeyError)
        assert "report" in studio.log.events[0].remedy

    def test_closing_is_quick_while_the_camera_is_stuck(self) -> None:
        stuck = FakeCamera()
        studio = Studio(stuck)
        with studio.session():
            stuck.give(10)
            studio.log.wait_frames(1)
            stuck.release()
        soon(lambda: stuck.is_closed)

    def test_nothing_started_is_closed(self) -> None:
        Studio(FakeCamera()).session().close()


def test_a_missing_input_that_is_closed_while_it_waits() -> None:
    studio = Studio(MISSING)
    with studio.session():
        studio.log.wait_events("source lost")
    assert Fraction(studio.opened) == 1
