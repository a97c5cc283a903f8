import threading
from collections.abc import Callable

from engine.live.slot import LatestSlot
from tests.engine.live.fakes import FakeClock


def slot() -> LatestSlot[int]:
    return LatestSlot(FakeClock())


def test_only_the_latest_item_is_there_and_the_others_are_counted() -> None:
    items = slot()
    for item in (1, 2, 3):
        items.put(item)
    assert (items.take(), items.dropped) == (3, 2)
    items.put(4)
    assert (items.take(), items.dropped) == (4, 2)


def test_waiting_ends_with_an_item_a_poke_the_time_or_the_end() -> None:
    clock = FakeClock()
    items: LatestSlot[int] = LatestSlot(clock)
    wakes: list[tuple[Callable[[], None], int | None]] = [
        (lambda: items.put(7), 7),
        (items.poke, None),
        (lambda: clock.advance(2), None),
        (items.close, None),
    ]
    for wake, expected in wakes:
        taken: list[int | None] = []
        due = clock.now() + 2
        thread = threading.Thread(target=_take, args=(items, due, taken))
        thread.start()
        clock.wait_for_waiter(due)
        wake()
        thread.join()
        assert taken == [expected]


def test_a_poke_is_not_lost_and_hides_no_item() -> None:
    items = slot()
    items.poke()
    assert items.take() is None
    items.poke()
    items.put(1)
    assert items.take() == 1


def test_a_closed_slot_is_empty_and_stays_so() -> None:
    items = slot()
    items.put(1)
    items.close()
    items.put(2)
    assert items.is_closed
    assert items.take() is None


def test_until_the_receiver_can_use_it_an_item_may_be_replaced() -> None:
    clock = FakeClock()
    items: LatestSlot[int] = LatestSlot(clock)
    taken: list[int | None] = []
    usable = clock.now() + 1
    thread = threading.Thread(target=lambda: taken.append(items.take(not_before=lambda: usable)))
    thread.start()
    for item in (1, 2, 3):
        items.put(item)
        clock.wait_for_waiter(usable)
    assert (taken, items.is_full, items.dropped) == ([], True, 2)
    clock.step_to_waiter(1)
    thread.join()
    assert (taken, items.is_full) == ([3], False)


def _take(items: LatestSlot[int], until: float, taken: list[int | None]) -> None:
    taken.append(items.take(until))
