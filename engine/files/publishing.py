"""The steps by which something written under a temporary name takes the name it was made for.

`NAME.xxxxxxxx.part` lies beside its target, so that the renaming is one step on one disk. After a power cut the worst
that remains is such a part, which may be deleted.
"""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

_NAME_CHARACTERS_KEPT: Final = 60  # at up to 4 bytes each, the temporary name stays under the usual 255 bytes


def part_beside(target: Path) -> Path:
    """Return a new temporary path in the folder of `target`; nothing is created."""
    return target.with_name(f"{target.name[:_NAME_CHARACTERS_KEPT]}.{secrets.token_hex(4)}.part")


def publish_file(part: Path, target: Path, *, replace: bool = True) -> None:
    """Bring a closed file to the disk and give it its name.

    Args:
        part: what was written.
        target: the name; a file that is replaced passes its permissions on.
        replace: False spares a file that has the name, even one that another program has made meanwhile.

    Raises:
        FileExistsError: the name is taken and `replace` is false.
        OSError: the disk does not take it; the part is still there.
    """
    _sync_file(part)
    if not replace:
        _rename_without_replacing(part, target)
        return
    if target.exists():
        shutil.copymode(target, part)
    part.replace(target)


def publish_folder(part: Path, target: Path) -> None:
    """Bring a folder and all in it to the disk and give it its name; a folder that has the name is deleted then.

    Raises:
        OSError: the disk does not take it; the part is still there, and so is the earlier folder.
    """
    for path in part.rglob("*"):
        if path.is_file():
            _sync_file(path)
    if not target.exists():
        part.rename(target)
        return
    aside = part.with_suffix(".old")
    try:
        target.rename(aside)
        part.rename(target)
    except BaseException:
        if aside.exists() and not target.exists():
            aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut, where the system can: Windows and some network disks cannot."""
    if os.name == "nt":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _rename_without_replacing(part: Path, target: Path) -> None:
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as FAT
        if target.exists():
            raise FileExistsError(f"{target} exists") from None
        part.rename(target)
    else:
        part.unlink()
