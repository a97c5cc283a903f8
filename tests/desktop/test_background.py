import threading

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.background import Background


def test_results_come_back_to_the_asking_thread(qapp: QApplication, qtbot: QtBot) -> None:
    background = Background()
    threads: list[threading.Thread] = []
    background.run(threading.current_thread, lambda worker: threads.extend([worker, threading.current_thread()]))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0].name.startswith("desktop: background")
    assert threads[1] is threading.main_thread()
    background.close()


def test_a_cancelled_job_says_nothing(qapp: QApplication, qtbot: QtBot) -> None:
    background, told = Background(), list[str]()
    job = background.run(lambda: "late", told.append)
    job.cancel()
    with qtbot.waitSignal(background.busy_changed):
        pass
    assert told == []
    background.close()


def test_an_exception_goes_to_who_takes_it(qapp: QApplication, qtbot: QtBot) -> None:
    background = Background()
    taken: list[Exception] = []
    background.run(lambda: 1 // 0, failed=taken.append)
    qtbot.waitUntil(lambda: bool(taken))
    assert isinstance(taken[0], ZeroDivisionError)
    with qtbot.waitSignal(background.fault) as caught:
        background.run(lambda: 1 // 0)
    assert isinstance(caught.args[0], ZeroDivisionError)
    background.close()


@pytest.mark.parametrize("count", [1, 8])
def test_busy_from_the_first_to_the_last(qapp: QApplication, qtbot: QtBot, count: int) -> None:
    background, states = Background(), list[bool]()
    background.busy_changed.connect(states.append)
    for _ in range(count):
        background.run(lambda: None)
    qtbot.waitUntil(lambda: states[-1:] == [False])
    assert states == [True, False]
    background.close()
