import errno
import os
from pathlib import Path

import av
import pytest

from engine.media.faults import reading_fault, writing_fault

PATH = Path("folder") / "clip.mp4"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOENT, "does not exist"),
        (errno.ENOTDIR, "does not exist"),
        (errno.EACCES, "may not be read"),
        (errno.EPERM, "may not be read"),
        (errno.EIO, "cannot be read: Input/output error"),
    ],
)
def test_reading_says_what_and_what_to_do(number: int, message: str) -> None:
    fault = reading_fault(PATH, OSError(number, os.strerror(number)))
    assert message in fault.message
    assert str(PATH) in fault.message
    assert fault.remedy


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EFBIG, "grew larger"),
        (errno.EACCES, "may not be written"),
        (errno.EROFS, "only be read"),
        (errno.ENOENT, "folder folder does not exist"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.EIO, "cannot be written: Input/output error."),
    ],
)
def test_writing_says_what_and_what_to_do(number: int, message: str) -> None:
    for error in (OSError(number, os.strerror(number)), av.FFmpegError(number, os.strerror(number))):
        fault = writing_fault(PATH, error)
        assert message in fault.message
        assert fault.remedy


def test_a_folder_is_told_from_a_file(tmp_path: Path) -> None:
    assert "is a folder" in reading_fault(tmp_path, IsADirectoryError(errno.EISDIR, "Is a directory")).message


def test_an_error_without_a_text_still_says_something() -> None:
    assert "EOFError" in writing_fault(PATH, EOFError()).message
