"""The program's version."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from desktop.places import ASSETS

ROOT: Final = ASSETS.parent
_NAME: Final = "eggan-studio"


def program_version(root: Path = ROOT) -> str:
    """Return the version that pyproject.toml states, or that of the installed package."""
    try:
        return str(tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"])
    except (OSError, tomllib.TOMLDecodeError, KeyError):
        pass
    try:
        return version(_NAME)
    except PackageNotFoundError:
        return "unknown"
