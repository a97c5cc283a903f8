"""Turn what a command does into an exit code and, on failure, one reason and one remedy on standard error.

0 done, 1 failed, 2 wrong usage, 130 cancelled. A traceback is left for faults of the program itself. A watching program
is told the same.
"""

import sys
from collections.abc import Callable
from typing import Final

from engine.errors import EngineError, PipelineError
from engine.terminal.missing_software import explain_missing_software
from engine.terminal.watcher import tell_watcher

DONE: Final = 0
FAILED: Final = 1
CANCELLED: Final = 130


def run_to_exit_code(program: Callable[[], object]) -> int:
    """Run `program` to its end and return the exit code of the process.

    Args:
        program: the command line, usually a `typer.Typer`, which leaves with `SystemExit`.
    """
    try:
        program()
    except EngineError as error:
        _report(_located(error), error.remedy)
        return FAILED
    except (ImportError, OSError) as error:
        missing = explain_missing_software(error)
        if missing is None:
            raise
        _report(missing.message, missing.remedy)
        return FAILED
    except KeyboardInterrupt:
        code: object = CANCELLED
    except SystemExit as leaving:
        code = leaving.code
    else:
        code = DONE
    if code == CANCELLED:
        print("Cancelled.", file=sys.stderr)
    number = code if isinstance(code, int) else DONE if code is None else FAILED
    tell_watcher("end", code=number)
    return number


def _located(error: EngineError) -> str:
    """The message of `error`, with the stage and the frame where they are known."""
    if not isinstance(error, PipelineError):
        return error.message
    frame = "" if error.frame_index is None else f", frame {error.frame_index}"
    return f"{error.message} (stage {error.stage}{frame})"


def _report(message: str, remedy: str) -> None:
    print(f"Error: {message}", *filter(None, [remedy]), sep="\n", file=sys.stderr)
    tell_watcher("end", code=FAILED, message=message, remedy=remedy)
