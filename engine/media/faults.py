"""What the system and FFmpeg report when a file cannot be read or written, in words that tell the user what to do."""

import errno
from pathlib import Path

import av

from engine.errors import MediaError

_DISK_FULL = {errno.ENOSPC, errno.EDQUOT}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM}
_ABSENT = {errno.ENOENT, errno.ENOTDIR}


def reading_fault(path: Path, error: Exception) -> MediaError:
    """Describe why `path` cannot be opened or read."""
    if path.is_dir():
        return MediaError(f"{path} is a folder, not a file.", "Choose a file in it.")
    code = _error_number(error)
    if code in _ABSENT:
        return MediaError(f"{path} does not exist.", "Check the name and the folder.")
    if code in _NOT_ALLOWED:
        return MediaError(
            f"{path} may not be read by this user.", "Change its permissions, or copy it to your own folder."
        )
    return MediaError(
        f"{path} cannot be read: {_reason(error)}.", "Check that its disk is connected, and copy the file again."
    )


def writing_fault(path: Path, error: Exception) -> MediaError:
    """Describe why `path` cannot be created or written."""
    code = _error_number(error)
    if code in _DISK_FULL:
        return MediaError(f"The disk is full: {path} cannot be written.", "Free some space, or choose another disk.")
    if code == errno.EFBIG:
        return MediaError(
            f"{path} grew larger than its disk or this user's limit allows.",
            "Choose another disk (FAT32 holds files of up to 4 GB), or lower the quality.",
        )
    if code in _NOT_ALLOWED:
        return MediaError(
            f"{path} may not be written by this user.", "Choose another folder, or close programs that use it."
        )
    if code == errno.EROFS:
        return MediaError(f"{path} is on a disk that can only be read.", "Choose another folder.")
    if code in _ABSENT:
        return MediaError(f"The folder {path.parent} does not exist.", "Create it, or choose another folder.")
    if code == errno.ENAMETOOLONG:
        return MediaError(f"The name {path.name} is too long.", "Choose a shorter name.")
    return MediaError(f"{path} cannot be written: {_reason(error)}.", "Check its disk, or choose another folder.")


def _error_number(error: Exception) -> int | None:
    return error.errno if isinstance(error, OSError | av.FFmpegError) else None


def _reason(error: Exception) -> str:
    """What the system or FFmpeg says, as the end of a sentence."""
    reason = error.strerror if isinstance(error, OSError | av.FFmpegError) else None
    return (reason or str(error) or type(error).__name__).strip().rstrip(".")
