"""Check of the video codecs that can be written."""

from collections.abc import Iterator

from engine.commands.health.check import Check, Status, import_module
from engine.errors import EngineError


def check_encoders() -> Iterator[Check]:
    """Ask for the encoder of every codec that the program offers; H.264 is the usual one."""
    name = "Video encoders"
    try:
        av = import_module("av")
        encoding = import_module("engine.media.encoding")
    except EngineError as error:
        yield Check(name, Status.FAIL, error.message, error.remedy)
        return
    available = [codec for codec in encoding.VideoCodec if encoding.is_available(codec)]
    lacking = [codec for codec in encoding.VideoCodec if codec not in available]
    detail = f"FFmpeg {av.ffmpeg_version_info} writes {', '.join(available) or 'nothing'}"
    if not lacking:
        yield Check(name, Status.OK, detail)
        return
    status = Status.FAIL if encoding.VideoCodec.H264 in lacking else Status.WARN
    remedy = "Install PyAV from its wheel, which has all encoders: uv sync --reinstall-package av"
    yield Check(name, status, f"{detail}, but not {', '.join(lacking)}", remedy)
