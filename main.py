"""EGGAN Studio's entry point: `main.py [FILE]` opens the window, `main.py COMMAND` runs a command without one."""

import sys
from pathlib import Path

from engine.terminal.exit_codes import run_to_exit_code


def main() -> None:
    """Open the window or run the command line; it leaves with `SystemExit`."""
    # Imported here, so that a missing package is explained rather than traced.
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and Path(arguments[0]).is_file()):
        from desktop.application import run as run_application

        sys.exit(run_application(arguments))
    from engine.commands.app import run

    run(arguments)


if __name__ == "__main__":
    sys.exit(run_to_exit_code(main))
