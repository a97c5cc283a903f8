"""Files play at their own speed, stand still, and jump."""

from fractions import Fraction

import pytest

from engine.live import EventKind
from tests.engine.live.fakes import CLIP, LOOP, RATE, FakeClip, Studio, soon

FRAME_S = float(1 / RATE)


def test_frames_come_when_they_are_due() -> None:
    studio = Studio(FakeClip([10, 20, 30]))
    start = studio.clock.now()
    with studio.session(CLIP):
        for count in (1, 2, 3):
            studio.log.wait_frames(count)
            if count < 3:
                studio.clock.step_to_waiter(FRAME_S)
        studio.log.wait_events("source ended")
    assert studio.log.shades() == [10, 20, 30]
    assert [frame.captured.captured_at - start for frame in studio.log.frames] == pytest.approx([0, 0.04, 0.08])
    assert [frame.captured.media_time for frame in studio.log.frames] == [0, 1 / RATE, 2 / RATE]


def test_the_last_frame_stays_and_a_seek_goes_on_from_there() -> None:
    studio = Studio(FakeClip([10, 20]))
    with studio.session(CLIP) as session:
        studio.log.wait_frames(1)
        studio.clock.step_to_waiter(FRAME_S)
        studio.log.wait_events("source ended")
        studio.log.wait_frames(2)
        session.seek(Fraction(0))
        studio.log.wait_frames(3)
    assert studio.log.shades() == [10, 20, 10]
    assert [frame.captured.jumps for frame in studio.log.frames] == [0, 0, 1]


def test_a_loop_starts_again_one_frame_after_the_last() -> None:
    studio = Studio(FakeClip([10, 20]))
    start = studio.clock.now()
    with studio.session(LOOP):
        for count in range(1, 6):
            studio.log.wait_frames(count)
            studio.clock.step_to_waiter(FRAME_S)
    assert studio.log.shades()[:5] == [10, 20, 10, 20, 10]
    moments = [frame.captured.captured_at - start for frame in studio.log.frames[:5]]
    assert moments == pytest.approx([0, 0.04, 0.08, 0.12, 0.16])
    assert studio.log.kinds() == []
    times = [frame.result.frame.time for frame in studio.log.frames]
    assert times == sorted(set(times))


def test_a_paused_clip_stands_still_and_goes_on_where_it_stood() -> None:
    studio = Studio(FakeClip([10, 20, 30]))
    with studio.session(CLIP) as session:
        studio.log.wait_frames(1)
        session.pause()
        studio.clock.advance(10)
        assert session.is_paused
        session.resume()
        studio.log.wait(lambda log: 20 in log.shades())
    assert [shade for shade in studio.log.shades() if shade == 30] == []


def test_a_seek_while_paused_shows_that_frame_alone() -> None:
    studio = Studio(FakeClip([10, 20, 30, 40]))
    with studio.session(CLIP) as session:
        studio.log.wait_frames(1)
        session.pause()
        session.seek(2 / RATE)
        studio.log.wait(lambda log: 30 in log.shades())
        studio.clock.advance(10)
        session.seek(1 / RATE)
        studio.log.wait(lambda log: log.shades()[-1] == 20)
    assert 40 not in studio.log.shades()


def test_a_file_that_cannot_be_read_fast_enough_plays_slower() -> None:
    studio = Studio(FakeClip([10, 20, 30]))
    with studio.session(CLIP):
        studio.log.wait_frames(1)
        studio.clock.wait_for_waiter(studio.clock.now() + FRAME_S)
        studio.clock.advance(5)
        studio.log.wait_frames(2)
        assert studio.log.frames[1].age_ms == 0
        studio.clock.step_to_waiter(FRAME_S)
        studio.log.wait_frames(3)
        studio.log.wait_events("source ended")


def test_a_photo_is_one_frame_without_an_end() -> None:
    studio = Studio(FakeClip([70]))
    with studio.session(CLIP) as session:
        studio.log.wait_frames(1)
        session.seek(Fraction(0))
        studio.log.wait_frames(2)
    assert EventKind.SOURCE_ENDED not in studio.log.kinds()
    assert studio.log.shades() == [70, 70]


def test_a_clip_is_given_back_at_the_end() -> None:
    clip = FakeClip([10, 20, 30])
    studio = Studio(clip)
    with studio.session(CLIP):
        studio.log.wait_frames(1)
    soon(lambda: clip.is_closed)
