"""Paths as a project file stores them: POSIX form, relative to the project's folder, so that both can move together."""

import os
from pathlib import Path, PureWindowsPath

from engine.errors import ProjectError


def to_portable(path: Path, folder: Path) -> str:
    """Write `path` relative to `folder`; absolute only where no relative path exists, on another Windows drive."""
    target = path.parent.resolve() / path.name
    try:
        relative = Path(os.path.relpath(target, folder.resolve()))
    except ValueError:
        relative = target
    text = relative.as_posix()
    check_portable(text)
    return text


def from_portable(text: str, folder: Path) -> Path:
    """Find the file that a stored path means for a project in `folder`; the file need not exist."""
    return Path(os.path.normpath(folder.resolve() / text))


def check_portable(text: str) -> None:
    """Raise ProjectError unless `text` means the same path on every system."""
    if not text or "\0" in text:
        raise ProjectError(f"{text!r} is not a path.", "Write the path of a file, relative to the project's folder.")
    if "\\" in text:
        raise ProjectError(
            f"Path {text!r} has a backslash.", "Write folders with / between them; rename files with a backslash."
        )
    if os.name != "nt" and PureWindowsPath(text).drive:
        raise ProjectError(
            f"Path {text!r} is on a Windows drive.", "Copy the file next to the project and write its name."
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ProjectError(f"Path {text!r} is not valid Unicode.", "Rename the file.") from None
