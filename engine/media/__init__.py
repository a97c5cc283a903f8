"""Photos, videos and numbered pictures: in as frames with exact times, out as files that are whole or absent."""

from engine.media.colour import Conversion
from engine.media.disclosure import UNDISCLOSED, Disclosure
from engine.media.encoding import Encoding, Speed, VideoCodec
from engine.media.excerpt import WHOLE, Excerpt, Span
from engine.media.layout import STANDARD_HEIGHTS, Layout, SizeLimit
from engine.media.opening import MediaKind, conversion_for, open_sink, open_source, sink_kind, source_kind
from engine.media.photos import Photo, read_photo, write_photo
from engine.media.protocols import VideoInfo, VideoSink, VideoSource
from engine.media.visible_mark import VisibleMark

__all__ = [
    "STANDARD_HEIGHTS",
    "UNDISCLOSED",
    "WHOLE",
    "Conversion",
    "Disclosure",
    "Encoding",
    "Excerpt",
    "Layout",
    "MediaKind",
    "Photo",
    "SizeLimit",
    "Span",
    "Speed",
    "VideoCodec",
    "VideoInfo",
    "VideoSink",
    "VideoSource",
    "VisibleMark",
    "conversion_for",
    "open_sink",
    "open_source",
    "read_photo",
    "sink_kind",
    "source_kind",
    "write_photo",
]
