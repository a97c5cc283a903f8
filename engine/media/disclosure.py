"""How an output says that a model edited it: in its metadata, and in the picture.

The metadata name the IPTC digital source type "composite with trained algorithmic media" (IPTC NewsCodes, "Digital
Source Type"), which is what platforms and viewers look for, in an XMP packet (ISO 16684-1), and say the same in the
words of a comment.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

AI_EDITED: Final = "AI-edited"
"""What the visible mark says, and the comment in metadata begins with."""
COMMENT: Final = f"{AI_EDITED}: facial expressions were changed with EGGAN Studio."
DIGITAL_SOURCE_TYPE: Final = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
_CONTAINER_TAGS: Final[Mapping[str, str]] = MappingProxyType({"comment": COMMENT, "description": COMMENT})
_MATROSKA_TAGS: Final[Mapping[str, str]] = MappingProxyType(
    {**_CONTAINER_TAGS, "DIGITAL_SOURCE_TYPE": DIGITAL_SOURCE_TYPE}
)
"""Matroska and WebM have no place for XMP but take tags of any name."""
XMP: Final = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    Iptc4xmpExt:DigitalSourceType="{DIGITAL_SOURCE_TYPE}"
    xmp:CreatorTool="EGGAN Studio">
   <dc:description><rdf:Alt><rdf:li xml:lang="x-default">{COMMENT}</rdf:li></rdf:Alt></dc:description>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()
"""The packet for photos, and for MP4 and QuickTime files."""
_ISO_FORMATS: Final = frozenset({"mp4", "mov"})
_BOX_NAME: Final = slice(4, 8)
_FIRST_BOX: Final = b"ftyp"
_XMP_BOX_ID: Final = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_XMP_BOX: Final = (8 + len(_XMP_BOX_ID) + len(XMP)).to_bytes(4, "big") + b"uuid" + _XMP_BOX_ID + XMP
"""The packet as a box at the end of an ISO media file (XMP specification, part 3, "MPEG-4")."""


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How an output says that it is edited.

    Attributes:
        tag: in its metadata.
        mark: in the picture, as a small text in its lower right corner.
    """

    tag: bool = True
    mark: bool = False


UNDISCLOSED: Final = Disclosure(tag=False, mark=False)


def container_tags(muxer: str) -> Mapping[str, str]:
    """Return the tags that say it in a video file, for the muxer that FFmpeg calls `muxer`."""
    return _CONTAINER_TAGS if muxer in _ISO_FORMATS else _MATROSKA_TAGS


def append_xmp(path: Path) -> None:
    """Add the XMP packet to a video file that is complete, where its format has a place for it.

    A disk without room for it costs the packet, never the file.
    """
    with path.open("r+b", buffering=0) as file:
        if file.read(_BOX_NAME.stop)[_BOX_NAME] != _FIRST_BOX:
            return
        end = file.seek(0, os.SEEK_END)
        written = 0
        with suppress(OSError):
            written = file.write(_XMP_BOX)
        if written < len(_XMP_BOX):
            file.truncate(end)
