"""Which files a video can be written to, and which codecs go into them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from engine.errors import MediaError
from engine.media.encoding import VideoCodec

_PCM: Final = frozenset(
    {"pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le", "pcm_f32be", "pcm_u8"}
)
_COMPRESSED_AUDIO: Final = frozenset({"aac", "mp3", "ac3", "eac3", "alac"})


@dataclass(frozen=True, slots=True)
class Container:
    """A file format for video with sound.

    Attributes:
        title: what people call it.
        suffixes: the file name endings that choose it, in lower case.
        format: FFmpeg's name for its muxer.
        video_codecs: what it holds such that players open it; the first is the usual one.
        copied_audio: audio codecs, as FFmpeg names them, whose packets go in unchanged.
        audio_encoder: what other audio is encoded with.
        options: for the muxer.
    """

    title: str
    suffixes: tuple[str, ...]
    format: str
    video_codecs: tuple[VideoCodec, ...]
    copied_audio: frozenset[str]
    audio_encoder: str
    options: Mapping[str, str] = field(default_factory=dict)


CONTAINERS: Final = (
    Container(
        "MP4",
        (".mp4", ".m4v"),
        "mp4",
        (VideoCodec.H264, VideoCodec.HEVC, VideoCodec.AV1, VideoCodec.VP9),
        _COMPRESSED_AUDIO | {"opus", "flac"},
        "aac",
        {"movflags": "+faststart"},  # the index in front: playback starts while the file is still loading
    ),
    Container(
        "QuickTime",
        (".mov",),
        "mov",
        (VideoCodec.H264, VideoCodec.HEVC, VideoCodec.PRORES),
        _COMPRESSED_AUDIO | _PCM,
        "aac",
        {"movflags": "+faststart"},
    ),
    Container(
        "Matroska",
        (".mkv",),
        "matroska",
        tuple(VideoCodec),
        _COMPRESSED_AUDIO | (_PCM - {"pcm_f32be"}) | {"opus", "flac", "vorbis", "dts", "truehd", "mp2"},
        "aac",
    ),
    Container("WebM", (".webm",), "webm", (VideoCodec.VP9, VideoCodec.AV1), frozenset({"opus", "vorbis"}), "libopus"),
)

VIDEO_SUFFIXES: Final = frozenset(suffix for container in CONTAINERS for suffix in container.suffixes)
"""File name endings that videos are written with, in lower case."""


def container_for(path: Path) -> Container:
    """Return the container that the ending of `path` names.

    Raises:
        MediaError: no container has this ending.
    """
    for container in CONTAINERS:
        if path.suffix.lower() in container.suffixes:
            return container
    raise MediaError(
        f"{path} does not end like a video.", f"End the name with one of {', '.join(sorted(VIDEO_SUFFIXES))}."
    )


def codec_in(container: Container, codec: VideoCodec | None, path: Path) -> VideoCodec:
    """Return `codec`, or the usual one of `container` for None.

    Args:
        container: where it shall go.
        codec: which was asked for.
        path: of the output, for the error.

    Raises:
        MediaError: they do not go together.
    """
    if codec is None:
        return container.video_codecs[0]
    if codec in container.video_codecs:
        return codec
    endings = [other.suffixes[0] for other in CONTAINERS if codec in other.video_codecs]
    names = " or ".join(str(path.with_suffix(ending).name) for ending in endings)
    raise MediaError(
        f"{codec} video does not go into {container.title} files ({path.name}).",
        f"Name the output {names}, or choose another codec: {', '.join(container.video_codecs)}.",
    )
