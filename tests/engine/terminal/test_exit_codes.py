from collections.abc import Callable

import pytest

from engine.errors import MediaError, PipelineError
from engine.terminal.exit_codes import run_to_exit_code


def raising(error: BaseException) -> Callable[[], None]:
    def program() -> None:
        raise error

    return program


@pytest.mark.parametrize(
    ("leaving", "code"),
    [(SystemExit(), 0), (SystemExit(0), 0), (SystemExit(2), 2), (SystemExit("text"), 1), (KeyboardInterrupt(), 130)],
)
def test_the_code_with_which_a_program_leaves(leaving: BaseException, code: int) -> None:
    assert run_to_exit_code(raising(leaving)) == code


def test_a_program_that_returns_is_done() -> None:
    assert run_to_exit_code(lambda: "anything") == 0


def test_an_error_is_one_reason_and_one_remedy_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_to_exit_code(raising(MediaError("Camera 2 is in use.", "Close it."))) == 1
    assert capsys.readouterr() == ("", "Error: Camera 2 is in use.\nClose it.\n")


def test_an_error_without_a_remedy_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    run_to_exit_code(raising(MediaError("Camera 2 is in use.")))
    assert capsys.readouterr().err == "Error: Camera 2 is in use.\n"


def test_a_pipeline_error_says_where(capsys: pytest.CaptureFixture[str]) -> None:
    run_to_exit_code(raising(PipelineError("The frame is empty.", stage="detect", frame_index=7)))
    assert capsys.readouterr().err == "Error: The frame is empty. (stage detect, frame 7)\n"


def test_a_missing_library_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_to_exit_code(raising(ImportError("libEGL.so.1: cannot open shared object file: No such file"))) == 1
    assert "libEGL.so.1" in capsys.readouterr().err


def test_cancelling_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    run_to_exit_code(raising(SystemExit(130)))
    assert capsys.readouterr().err == "Cancelled.\n"


def test_a_fault_of_the_program_is_not_hidden() -> None:
    with pytest.raises(FileNotFoundError):
        run_to_exit_code(raising(FileNotFoundError(2, "No such file or directory", "clip.mp4")))
