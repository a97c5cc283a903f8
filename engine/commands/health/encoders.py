"""Checks of the video encoders: which H.264 encoders open here, and what else FFmpeg was built with."""

from collections.abc import Iterator
from fractions import Fraction
from types import ModuleType
from typing import Final

from engine.commands.health.check import Check, Status, import_module
from engine.errors import EngineError

_H264_ENCODERS: Final = (
    "libx264",
    "libopenh264",
    "h264_nvenc",
    "h264_videotoolbox",
    "h264_mf",
    "h264_qsv",
    "h264_amf",
)
_OTHER_ENCODERS: Final = ("libx265", "libsvtav1", "libvpx-vp9", "ffv1", "prores_ks", "aac", "libopus")
_TRIAL_SIZE_PX: Final = 256


def check_encoders() -> Iterator[Check]:
    """Open every H.264 encoder that FFmpeg knows, since a hardware encoder may be built in and yet find no hardware."""
    try:
        av = import_module("av")
    except EngineError as error:
        yield Check("Video encoders", Status.FAIL, error.message, error.remedy)
        return
    h264 = [name for name in _H264_ENCODERS if _opens(av, name)]
    others = [name for name in _OTHER_ENCODERS if name in av.codecs_available]
    detail = f"FFmpeg {av.ffmpeg_version_info}; H.264: {_listed(h264)}; also {_listed(others)}"
    if h264:
        yield Check("Video encoders", Status.OK, detail)
    else:
        remedy = "Install PyAV from its wheel: uv sync --reinstall-package av"
        yield Check("Video encoders", Status.FAIL, detail, remedy)


def _opens(av: ModuleType, encoder: str) -> bool:
    try:
        context = av.CodecContext.create(encoder, "w")
        context.width = context.height = _TRIAL_SIZE_PX
        context.time_base = Fraction(1, 25)
        context.pix_fmt = "yuv420p"
        context.open()
    except (av.error.FFmpegError, ValueError):
        return False
    return True


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "none"
