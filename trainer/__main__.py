"""`python -m trainer`: from labelled faces to a measured model bundle."""

import sys

from engine.terminal.exit_codes import run_to_exit_code


def main() -> None:
    """Run the command line; it leaves with `SystemExit`."""
    from trainer.commands.app import run  # here, so that a missing package is explained rather than traced

    run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(run_to_exit_code(main))
