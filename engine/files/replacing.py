"""Writing a file or a folder in one step."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from engine.files.publishing import part_beside, publish_file, publish_folder, sync_folder


@contextmanager
def replacing(path: Path, *, replace: bool = True) -> Iterator[BinaryIO]:
    """Open a file that takes the place of the one at `path` when the `with` block ends.

    After an exception, Ctrl-C included, an earlier file is as it was and nothing lies beside it; neither a full disk
    nor a power cut leaves half a file. A link stays a link, and an earlier file's permissions are kept.

    Args:
        path: the file.
        replace: False spares a file that is there, at once and again at the end.

    Raises:
        FileExistsError: there is one and `replace` is false.
        OSError: the file cannot be written.
    """
    target = path.resolve()
    if not replace and target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    part = part_beside(target)
    try:
        with part.open("xb") as file:
            yield file
        publish_file(part, target, replace=replace)
    finally:
        with suppress(OSError):  # must not hide why the file was not written
            part.unlink(missing_ok=True)
    sync_folder(target.parent)


def write_atomically(path: Path, data: bytes) -> None:
    """Put `data` in the file at `path` as `replacing` does."""
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing_folder(path: Path) -> Iterator[Path]:
    """Make a folder that takes the place of the one at `path`, and of all in it, when the `with` block ends.

    Yields the folder to fill; its parents are made. After an exception an earlier folder is as it was.

    Raises:
        OSError: the folder cannot be written.
    """
    target = path.resolve()
    part = part_beside(target)
    try:
        part.mkdir(parents=True)
        yield part
        publish_folder(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    sync_folder(target.parent)
