"""What a command tells a person while it works: plain lines on standard error, where progress bars are, too."""

import sys


def say(text: str) -> None:
    """Print a line."""
    print(text, file=sys.stderr, flush=True)
