"""The `--json` convention: one JSON document on standard output and nothing else there.

Progress and errors go to standard error in either form, so a script can parse standard output whenever the exit code
is 0.
"""

import json
from collections.abc import Mapping
from typing import Annotated, TypeAlias

import typer

JsonFlag: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]
"""The type of a command's `--json` option; give it the default False."""


def print_json(document: Mapping[str, object]) -> None:
    """Print `document`, which holds only what JSON can say; NaN and infinity are refused."""
    print(json.dumps(document, indent=2, allow_nan=False))
