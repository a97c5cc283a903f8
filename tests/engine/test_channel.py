import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest

from engine.channel import Channel, ChannelClosedError

LIMIT_S = 30


def start(work: Callable[[], object]) -> "Future[object]":
    """Run `work` in a thread of its own, one that does not keep a failing test from ending."""
    future: Future[object] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except ChannelClosedError as error:
            future.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return future


class WatchedChannel(Channel[int]):
    """A channel that says when a thread is about to wait in it."""

    def __init__(self, capacity: int) -> None:
        super().__init__(capacity)
        self.waits = threading.Event()
        wait = self._changed.wait

        def tell_and_wait(timeout: float | None = None) -> bool:
            self.waits.set()
            return wait(timeout)

        self._changed.wait = tell_and_wait  # type: ignore[method-assign]

    def wait_for_a_waiter(self) -> None:
        """Return once a thread waits: it holds the lock from telling until it does."""
        assert self.waits.wait(LIMIT_S)
        with self._changed:
            self.waits.clear()


def test_items_come_in_order_and_end_when_the_sender_finishes() -> None:
    channel = Channel[int](3)

    def send() -> None:
        for number in range(100):
            channel.put(number)
        channel.finish()

    sending = start(send)
    assert start(lambda: list(channel)).result(LIMIT_S) == list(range(100))
    sending.result(LIMIT_S)


def test_what_was_put_before_the_end_is_still_delivered() -> None:
    channel = Channel[int](2)
    channel.put(1)
    channel.put(2)
    channel.finish()
    assert start(lambda: list(channel)).result(LIMIT_S) == [1, 2]


def test_a_full_channel_makes_the_sender_wait_until_one_is_taken() -> None:
    channel = WatchedChannel(2)
    channel.put(1)
    channel.put(2)
    third = start(lambda: channel.put(3))
    channel.wait_for_a_waiter()
    assert not third.done()
    items = iter(channel)
    assert next(items) == 1
    third.result(LIMIT_S)
    assert [next(items), next(items)] == [2, 3]


def test_an_empty_channel_makes_the_receiver_wait() -> None:
    channel = WatchedChannel(1)
    received = start(lambda: next(iter(channel)))
    channel.wait_for_a_waiter()
    assert not received.done()
    channel.put(5)
    assert received.result(LIMIT_S) == 5


def test_abandoning_drops_what_is_inside_and_refuses_more() -> None:
    channel = Channel[int](2)
    channel.put(1)
    channel.abandon()
    assert list(channel) == []
    with pytest.raises(ChannelClosedError):
        channel.put(2)


@pytest.mark.parametrize("close", [Channel.abandon, Channel.finish])
def test_closing_wakes_a_sender_that_waits(close: Callable[[Channel[int]], None]) -> None:
    channel = WatchedChannel(1)
    channel.put(1)
    waiting = start(lambda: channel.put(2))
    channel.wait_for_a_waiter()
    close(channel)
    with pytest.raises(ChannelClosedError):
        waiting.result(LIMIT_S)


@pytest.mark.parametrize("close", [Channel.abandon, Channel.finish])
def test_closing_wakes_a_receiver_that_waits(close: Callable[[Channel[int]], None]) -> None:
    channel = WatchedChannel(1)
    waiting = start(lambda: list(channel))
    channel.wait_for_a_waiter()
    close(channel)
    assert waiting.result(LIMIT_S) == []


def test_nothing_is_put_after_the_end() -> None:
    channel = Channel[int](1)
    channel.finish()
    with pytest.raises(ChannelClosedError):
        channel.put(1)


def test_a_channel_holds_something() -> None:
    with pytest.raises(ValueError, match="capacity 0"):
        Channel[int](0)


def test_what_is_offered_is_taken_only_where_there_is_room() -> None:
    channel: Channel[int] = Channel(2)
    assert [channel.offer(item) for item in (1, 2, 3)] == [True, True, False]
    channel.finish()
    assert not channel.offer(4)
    assert list(channel) == [1, 2]
