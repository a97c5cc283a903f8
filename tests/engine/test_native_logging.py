import logging
import os
import threading

import pytest

from engine.native_logging import quiet_native_libraries

ABSL = "W0000 00:00:1795520528.732659    6309 inference_feedback_manager.cc:121] Feedback manager requires a model"
XNNPACK = "INFO: Created TensorFlow Lite XNNPACK delegate for CPU."
ORT = "2026-10-13 19:56:01.173419807 [W:onnxruntime:Default, device_discovery.cc:164 Discover] GPU discovery failed"


def write_as_native_code_does(*lines: str) -> None:
    os.write(2, "".join(f"{line}\n" for line in lines).encode())


def test_native_lines_go_to_the_log_and_all_others_to_the_terminal(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, "engine.native_logging"), quiet_native_libraries() as native_lines:
        write_as_native_code_does(XNNPACK, ABSL, "a line of somebody else", f"\x1b[0;93m{ORT}\x1b[m", "\x1b[m")
    assert native_lines == [XNNPACK, ABSL, ORT]
    assert caplog.messages == native_lines
    assert capfd.readouterr().err == "a line of somebody else\n"


def test_the_terminal_is_back_after_an_exception(capfd: pytest.CaptureFixture[str]) -> None:
    def fail_to_load() -> None:
        with quiet_native_libraries():
            write_as_native_code_does(ABSL)
            raise RuntimeError("no model")

    with pytest.raises(RuntimeError, match="no model"):
        fail_to_load()
    write_as_native_code_does(ABSL)
    assert capfd.readouterr().err == f"{ABSL}\n"


def test_blocks_nest(capfd: pytest.CaptureFixture[str]) -> None:
    with quiet_native_libraries() as outer:
        write_as_native_code_does(XNNPACK, "outer")
        with quiet_native_libraries() as inner:
            write_as_native_code_does(ABSL, "inner")
    assert (outer, inner) == ([XNNPACK], [ABSL])
    assert capfd.readouterr().err == "outer\ninner\n"


def test_two_threads_take_turns(capfd: pytest.CaptureFixture[str]) -> None:
    barrier = threading.Barrier(2)
    collected: list[list[str]] = []

    def load(line: str) -> None:
        barrier.wait()
        with quiet_native_libraries() as native_lines:
            write_as_native_code_does(line)
        collected.append(native_lines)

    threads = [threading.Thread(target=load, args=(line,)) for line in (ABSL, ORT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(collected) == sorted([[ABSL], [ORT]])
    assert capfd.readouterr().err == ""


def test_without_a_standard_error_nothing_fails() -> None:
    kept = os.dup(2)
    os.close(2)
    try:
        with quiet_native_libraries() as native_lines:
            pass
    finally:
        os.dup2(kept, 2)
        os.close(kept)
    assert native_lines == []
