import signal
import threading

import pytest

from trainer.interruption import stop_requests


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_is_a_request(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with stop_requests() as requested:
        assert not requested()
        signal.raise_signal(number)
        assert requested()
        assert signal.getsignal(number) == before  # so a second one acts as always
    assert signal.getsignal(number) == before


def test_the_second_ctrl_c_interrupts() -> None:
    with stop_requests() as requested:
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        assert requested()


def test_without_a_signal_the_handlers_come_back_too() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stop_requests() as requested:
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
    assert not requested()


def test_outside_the_main_thread_there_are_no_requests() -> None:
    answers = []

    def work() -> None:
        with stop_requests() as requested:
            answers.append(requested())

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert answers == [False]
