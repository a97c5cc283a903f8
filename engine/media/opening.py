"""Sources and sinks chosen by what a path is: a photo, a video, or numbered pictures in a folder."""

from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Final

from engine.errors import MediaError
from engine.media.colour import Conversion
from engine.media.containers import VIDEO_SUFFIXES, codec_in, container_for
from engine.media.encoding import DEFAULT_ENCODING, Encoding, VideoCodec
from engine.media.faults import reading_fault
from engine.media.file_sink import FileSink
from engine.media.file_source import FileSource
from engine.media.photos import DEFAULT_QUALITY, PHOTO_SUFFIXES, Photo
from engine.media.protocols import VideoInfo, VideoSink, VideoSource
from engine.media.sequences import SequenceSink, SequenceSource, is_sequence_pattern
from engine.media.stills import DEFAULT_RATE, ImageSource, PhotoSink

_HEAD_BYTES: Final = 16
_PHOTO_STARTS: Final = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"BM")
_PHOTO_BRANDS: Final = frozenset({b"heic", b"heix", b"mif1", b"msf1", b"avif"})


class MediaKind(StrEnum):
    """What a path stands for."""

    PHOTO = "photo"
    VIDEO = "video"
    SEQUENCE = "sequence"


def source_kind(path: Path) -> MediaKind:
    """Tell what an existing path is, by its content rather than its name.

    Raises:
        MediaError: it does not exist or cannot be read.
    """
    if path.is_dir() or (is_sequence_pattern(path) and not path.exists()):
        return MediaKind.SEQUENCE
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError as error:
        raise reading_fault(path, error) from error
    is_webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    is_phone_photo = head[4:8] == b"ftyp" and head[8:12] in _PHOTO_BRANDS
    if is_webp or is_phone_photo or head.startswith(_PHOTO_STARTS):
        return MediaKind.PHOTO
    is_named_photo = path.suffix.lower() in PHOTO_SUFFIXES  # an empty or damaged photo is reported as one
    return MediaKind.PHOTO if is_named_photo else MediaKind.VIDEO


def sink_kind(path: Path) -> MediaKind:
    """Tell what an output path asks for, by its name.

    Raises:
        MediaError: the ending belongs to no format that can be written.
    """
    suffix = path.suffix.lower()
    if is_sequence_pattern(path) or path.is_dir() or not suffix:
        return MediaKind.SEQUENCE
    if suffix in PHOTO_SUFFIXES:
        return MediaKind.PHOTO
    if suffix in VIDEO_SUFFIXES:
        return MediaKind.VIDEO
    raise MediaError(
        f"{path.name} has the ending {suffix}, which no supported format has.",
        f"For a video, use {', '.join(sorted(VIDEO_SUFFIXES))}; for a photo, {', '.join(sorted(PHOTO_SUFFIXES))}; "
        "for numbered pictures, a name without an ending.",
    )


def conversion_for(path: Path, encoding: Encoding = DEFAULT_ENCODING) -> Conversion:
    """Return how to read a video that is going to be written to `path`.

    Where RGB is stored, STANDARD: the output then equals, bit for bit, what FFmpeg decodes from the source. Where a
    codec takes Y'CbCr, ACCURATE: the output is then as bright as the source.

    Raises:
        MediaError: the ending is unknown, or the codec does not go with it.
    """
    if sink_kind(path) is not MediaKind.VIDEO:
        return Conversion.STANDARD
    codec = codec_in(container_for(path), encoding.codec, path)
    return Conversion.STANDARD if codec is VideoCodec.FFV1 else Conversion.ACCURATE


def open_source(
    path: Path,
    *,
    rate: Fraction = DEFAULT_RATE,
    still_duration: Fraction | None = None,
    as_stored: bool = False,
    conversion: Conversion = Conversion.STANDARD,
) -> VideoSource:
    """Open a photo, a video, a folder of numbered pictures or a pattern of their names.

    Args:
        path: what to read.
        rate: frames a second of numbered pictures and of a photo that is shown for a while; a video has its own.
        still_duration: seconds to show a photo for; None gives one frame.
        as_stored: how a photo is read, as for `ImageSource`.
        conversion: how a video's colours are read; from `conversion_for` where it is written again.

    Raises:
        MediaError: it does not exist or cannot be read.
    """
    match source_kind(path):
        case MediaKind.PHOTO:
            return ImageSource(path, duration=still_duration, rate=rate, as_stored=as_stored)
        case MediaKind.SEQUENCE:
            return SequenceSource(path, rate)
        case MediaKind.VIDEO:
            return FileSource(path, conversion)


def open_sink(
    path: Path,
    info: VideoInfo,
    *,
    encoding: Encoding = DEFAULT_ENCODING,
    photo_quality: int = DEFAULT_QUALITY,
    like: Photo | None = None,
    keep_audio: bool = True,
    overwrite: bool = False,
    ai_tag: bool = False,
) -> VideoSink:
    """Open an output for the frames of a source: a photo, a video, or a folder of numbered pictures.

    Everything that can be refused is refused here, before any frame is made.

    Args:
        path: its ending chooses the format; without one, or as a pattern such as `shot_%05d.png`, it is a sequence.
        info: of the source, which the output matches.
        encoding: codec, quality and speed of a video.
        photo_quality: 0..100, of photos and pictures.
        like: for a photo, where its transparency and colour profile come from, as for `PhotoSink`.
        keep_audio: False leaves the sound out of a video.
        overwrite: True replaces an earlier output.
        ai_tag: True says in the metadata that a model edited it.

    Raises:
        MediaError: the output cannot be made.
    """
    match sink_kind(path):
        case MediaKind.PHOTO:
            return PhotoSink(
                path, like=like, quality=photo_quality, overwrite=overwrite, source=info.path, ai_tag=ai_tag
            )
        case MediaKind.SEQUENCE:
            return SequenceSink(path, quality=photo_quality, overwrite=overwrite, source=info.path, ai_tag=ai_tag)
        case MediaKind.VIDEO:
            return FileSink(path, info, encoding, keep_audio=keep_audio, overwrite=overwrite, ai_tag=ai_tag)
