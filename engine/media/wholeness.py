"""Whether a media file is as long as its own structure says: FFmpeg reads a copy that broke off without complaint."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

_BOX_HEADER: Final = struct.Struct(">I4s")
_LARGE_SIZE: Final = struct.Struct(">Q")
_FIRST_BOXES: Final = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp"})
_FRAGMENT_DATA: Final = b"mdat"
_EBML_ID: Final = b"\x1a\x45\xdf\xa3"
_SEGMENT_ID: Final = b"\x18\x53\x80\x67"
_RIFF_HEADER: Final = struct.Struct("<4sI")


def is_cut_short(path: Path) -> bool:
    """Return whether an MP4, QuickTime, Matroska, WebM or AVI file states more bytes than it has; False for others."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = file.read(8)
        file.seek(0)
        if len(start) < _BOX_HEADER.size:
            return False
        if start[4:] in _FIRST_BOXES:
            return _stated_box_end(file, size) > size
        if start.startswith(_EBML_ID):
            return _stated_segment_end(file) > size
        if start.startswith(b"RIFF"):
            _, length = _RIFF_HEADER.unpack(start)
            return int(length) + _RIFF_HEADER.size > size
    return False


def end_of_whole_parts(path: Path) -> int:
    """Return how many bytes of a file that broke off while it was written can be played.

    Of fragmented MP4 and QuickTime files, these are the whole fragments, 0 where there is none; of others, all.
    """
    size = path.stat().st_size
    end = 0
    with path.open("rb") as file:
        start = file.read(8)
        if start[4:] not in _FIRST_BOXES:
            return size
        for kind, box_end in _boxes(file, size):
            if box_end <= size and kind == _FRAGMENT_DATA:
                end = box_end
    return end


def _stated_box_end(file: BinaryIO, size: int) -> int:
    """Walk the top-level boxes of an ISO media file; return where the last one says that it ends."""
    return max((end for _, end in _boxes(file, size)), default=0)


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """Walk the top-level boxes of an ISO media file: the kind of each, and where it says that it ends."""
    position = 0
    while position + _BOX_HEADER.size <= size:
        file.seek(position)
        length, kind = _BOX_HEADER.unpack(file.read(_BOX_HEADER.size))
        if length == 1:
            large = file.read(_LARGE_SIZE.size)
            if len(large) < _LARGE_SIZE.size:
                yield kind, size + 1
                return
            length = _LARGE_SIZE.unpack(large)[0]
        if length < _BOX_HEADER.size or not kind.isalnum():  # 0: to the end of the file; no box: trailing bytes
            return
        position += length
        yield kind, position


def _stated_segment_end(file: BinaryIO) -> int:
    """Return where the segment of a Matroska file says that it ends; 0 if of unknown length, as in live streams."""
    file.seek(len(_EBML_ID))
    header_length, _ = _read_ebml_size(file)
    file.seek(header_length, 1)
    if file.read(len(_SEGMENT_ID)) != _SEGMENT_ID:
        return 0
    length, is_known = _read_ebml_size(file)
    return file.tell() + length if is_known else 0


def _read_ebml_size(file: BinaryIO) -> tuple[int, bool]:
    """Read a size of 1 to 8 bytes, its width marked by the first set bit; all ones means unknown."""
    first = file.read(1)
    if not first or first[0] == 0:
        return 0, False
    width = 9 - first[0].bit_length()
    mask = (1 << 7 * width) - 1
    value = int.from_bytes(first + file.read(width - 1), "big") & mask
    return value, value != mask
