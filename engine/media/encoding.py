"""What a video is encoded to: the codec, one scale of quality and one of speed for all of them."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import av

from engine.errors import MediaError

DEFAULT_QUALITY: Final = 70
_BEST_QUALITY: Final = 100


class VideoCodec(StrEnum):
    """A way to compress video."""

    H264 = "h264"
    HEVC = "hevc"
    VP9 = "vp9"
    AV1 = "av1"
    FFV1 = "ffv1"
    PRORES = "prores"


class Speed(StrEnum):
    """How long an encoder searches: slower makes smaller files of the same quality; LIVE keeps up with a camera."""

    LIVE = "live"
    FAST = "fast"
    BALANCED = "balanced"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Encoding:
    """What to encode a video to.

    Attributes:
        codec: None takes the usual one of the container.
        quality: 0..100 on one scale for all codecs; around 70 a viewer sees no difference from the source. FFV1 is
            always lossless; ProRes has four grades, Proxy, LT, 422 and 422 HQ.
        speed: how long the encoder searches.
    """

    codec: VideoCodec | None = None
    quality: int = DEFAULT_QUALITY
    speed: Speed = Speed.BALANCED

    def __post_init__(self) -> None:
        if not 0 <= self.quality <= _BEST_QUALITY:
            raise MediaError(f"The quality {self.quality} is not in 0..100.", f"The default is {DEFAULT_QUALITY}.")


DEFAULT_ENCODING: Final = Encoding()


@dataclass(frozen=True, slots=True)
class EncoderSetup:
    """An encoder of FFmpeg and how to use it.

    Attributes:
        encoder: its name.
        pixel_format: what it takes.
        options: its own options.
        needs_even_size: its 4:2:0 pictures must have even sides; odd ones get their last row or column twice.
        quicktime_tag: the codec tag to write in MP4 and QuickTime files, or None for the usual one.
    """

    encoder: str
    pixel_format: str
    options: Mapping[str, str]
    needs_even_size: bool = False
    quicktime_tag: str | None = None


def encoder_setup(codec: VideoCodec, quality: int, speed: Speed) -> EncoderSetup:
    """Return the encoder for `codec` and its options.

    Raises:
        MediaError: this build of FFmpeg lacks the encoder.
    """
    setup = _SETUPS[codec](quality, speed)
    if setup.encoder not in av.codecs_available:
        others = ", ".join(other for other in VideoCodec if is_available(other))
        raise MediaError(
            f"This FFmpeg cannot encode {codec} (it lacks {setup.encoder}).", f"Choose another codec: {others}."
        )
    return setup


def is_available(codec: VideoCodec) -> bool:
    """Return whether this build of FFmpeg can encode `codec`."""
    return _SETUPS[codec](DEFAULT_QUALITY, Speed.BALANCED).encoder in av.codecs_available


def _constant_quality(quality: int, worst: float, best: float) -> str:
    """Map 0..100 linearly to an encoder's constant-quality factor, where less is better."""
    return f"{worst + (best - worst) * quality / _BEST_QUALITY:.1f}"


def _h264(quality: int, speed: Speed) -> EncoderSetup:
    preset = {Speed.LIVE: "superfast", Speed.FAST: "veryfast", Speed.BALANCED: "medium", Speed.SLOW: "slow"}[speed]
    options = {"crf": _constant_quality(quality, 40, 9), "preset": preset}
    return EncoderSetup("libx264", "yuv420p", options, needs_even_size=True)


def _hevc(quality: int, speed: Speed) -> EncoderSetup:
    preset = {Speed.LIVE: "ultrafast", Speed.FAST: "ultrafast", Speed.BALANCED: "veryfast", Speed.SLOW: "medium"}[speed]
    options = {"crf": _constant_quality(quality, 42, 11), "preset": preset, "x265-params": "log-level=none"}
    return EncoderSetup(
        "libx265", "yuv420p", options, needs_even_size=True, quicktime_tag="hvc1"
    )  # Apple plays no hev1


def _vp9(quality: int, speed: Speed) -> EncoderSetup:
    effort = {Speed.LIVE: "8", Speed.FAST: "5", Speed.BALANCED: "3", Speed.SLOW: "1"}[speed]
    factor = str(round(float(_constant_quality(quality, 60, 10))))
    return EncoderSetup("libvpx-vp9", "yuv420p", {"crf": factor, "deadline": "good", "cpu-used": effort, "row-mt": "1"})


def _av1(quality: int, speed: Speed) -> EncoderSetup:
    os.environ.setdefault("SVT_LOG", "-1")  # the only way to keep SVT-AV1's banner off standard error
    preset = {Speed.LIVE: "12", Speed.FAST: "10", Speed.BALANCED: "8", Speed.SLOW: "5"}[speed]
    factor = str(round(float(_constant_quality(quality, 60, 12))))
    return EncoderSetup("libsvtav1", "yuv420p", {"crf": factor, "preset": preset})


def _ffv1(_quality: int, _speed: Speed) -> EncoderSetup:
    # RGB as RGB: nothing is lost to a colour matrix. Version 3 has checksums; every frame can be sought.
    return EncoderSetup("ffv1", "bgr0", {"level": "3", "slicecrc": "1", "g": "1"})


def _prores(quality: int, _speed: Speed) -> EncoderSetup:
    profile = min(quality // 25, 3)
    return EncoderSetup("prores_ks", "yuv422p10le", {"profile": str(profile), "vendor": "apl0"})


_SETUPS: Final[Mapping[VideoCodec, Callable[[int, Speed], EncoderSetup]]] = {
    VideoCodec.H264: _h264,
    VideoCodec.HEVC: _hevc,
    VideoCodec.VP9: _vp9,
    VideoCodec.AV1: _av1,
    VideoCodec.FFV1: _ffv1,
    VideoCodec.PRORES: _prores,
}
