"""Photos, videos and numbered pictures: in as frames with exact times, out as files that are whole or absent."""

from engine.media.colour import Conversion
from engine.media.encoding import Encoding, Speed, VideoCodec
from engine.media.opening import MediaKind, conversion_for, open_sink, open_source, sink_kind, source_kind
from engine.media.photos import Photo, read_photo, write_photo
from engine.media.protocols import VideoInfo, VideoSink, VideoSource

__all__ = [
    "Conversion",
    "Encoding",
    "MediaKind",
    "Photo",
    "Speed",
    "VideoCodec",
    "VideoInfo",
    "VideoSink",
    "VideoSource",
    "conversion_for",
    "open_sink",
    "open_source",
    "read_photo",
    "sink_kind",
    "source_kind",
    "write_photo",
]
