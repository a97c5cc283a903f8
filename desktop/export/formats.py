"""What can be exported to, in the words of the dialog."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from desktop.export.jobs import Variant
from engine.project.document import Codec, Compositing

CONTEXT: Final = "Export"
"""The translation context of what stands here."""


def _t(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Export", text))


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of output.

    Attributes:
        name: on its line.
        suffix: ending of its file names; none for pictures in a folder.
        codecs: what a video is compressed with, the usual first; none for pictures.
        is_photo: it holds one picture.
        keeps_all: it is always lossless.
    """

    name: str
    suffix: str
    codecs: tuple[Codec, ...] = ()
    is_photo: bool = False
    keeps_all: bool = False

    @property
    def is_video(self) -> bool:
        """Whether it has codecs and sound."""
        return bool(self.codecs)


FORMATS: Final = (
    Format("MP4 (.mp4)", ".mp4", ("h264", "hevc", "av1")),
    Format("QuickTime (.mov)", ".mov", ("prores", "h264", "hevc")),
    Format("Matroska (.mkv)", ".mkv", ("h264", "hevc", "vp9", "av1", "ffv1")),
    Format("WebM (.webm)", ".webm", ("vp9", "av1")),
    Format(_t("PNG pictures in a folder"), "", keeps_all=True),
    Format("PNG (.png)", ".png", is_photo=True, keeps_all=True),
    Format("JPEG (.jpg)", ".jpg", is_photo=True),
    Format("WebP (.webp)", ".webp", is_photo=True),
)
CODEC_NAMES: Final[dict[Codec, str]] = {
    "h264": "H.264",
    "hevc": "HEVC (H.265)",
    "vp9": "VP9",
    "av1": "AV1",
    "ffv1": _t("FFV1, lossless"),
    "prores": "ProRes 422",
}
COMPOSITING: Final[tuple[tuple[Compositing, str], ...]] = (
    ("detail", _t("Detail: the picture's own pixels move")),
    ("replace", _t("Replace: the generated face is pasted")),
)
VARIANTS: Final[tuple[tuple[Variant, str], ...]] = (
    ("edited", _t("The result")),
    ("beside", _t("Original and result, side by side")),
    ("both", _t("Both of these, in two files")),
)
