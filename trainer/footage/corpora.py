"""The file names of research corpora: the Radboud Faces Database and the MMI Facial Expression Database."""

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from trainer.footage.sources import Source, sequence_of

RAFD_FRONTAL: Final = 90
"""The camera in front of the person, in degrees; its 67 x 8 x 3 photos are the paper's 1,608."""
_RAFD: Final = re.compile(
    r"rafd(?P<angle>\d{3})_(?P<person>\d+)_(?P<people>[a-z]+)_(?P<sex>fe)?male_(?P<expression>[a-z]+)_(?P<gaze>[a-z]+)",
    re.IGNORECASE,
)
_MMI: Final = re.compile(r"S(?P<person>\d{3})-(?P<clip>\d{3})", re.IGNORECASE)
_MMI_SESSION: Final = "session.xml"
_MMI_PROFILE: Final = "1"
"""`view` of a session's track: 0 is frontal, 1 from the side, 2 shows both in one picture."""


class Chosen(NamedTuple):
    """Sources that are taken, and how many files are left out because they do not look from the front."""

    sources: list[Source]
    from_the_side: int


def is_rafd(path: Path) -> bool:
    """Whether a file is named as RaFD's, `Rafd090_01_Caucasian_female_happy_frontal.jpg`."""
    return _RAFD.fullmatch(path.stem) is not None


def rafd_sources(paths: Iterable[Path], *, all_views: bool) -> Chosen:
    """RaFD's photos; those of the frontal camera unless `all_views`. Neutral looks into the camera are marked so."""
    sources = []
    from_the_side = 0
    for path in paths:
        name = _RAFD.fullmatch(path.stem)
        if name is None:
            continue
        if int(name["angle"]) != RAFD_FRONTAL and not all_views:
            from_the_side += 1
            continue
        is_neutral = name["expression"].lower() == "neutral" and name["gaze"].lower() == "frontal"
        cells = {"kind": "neutral_real"} if is_neutral and int(name["angle"]) == RAFD_FRONTAL else {}
        identity = f"rafd{name['person']}"
        sources.append(Source(path, identity, identity, cells=cells, is_curated=True))
    return Chosen(sources, from_the_side)


def is_mmi(path: Path) -> bool:
    """Whether a file lies and is named as MMI's videos, `Sessions/1767/S053-001.avi`."""
    return _MMI.fullmatch(path.stem) is not None and path.parent.name.isdigit()


def mmi_sources(paths: Iterable[Path], *, all_views: bool) -> Chosen:
    """MMI's videos, without those taken from the side unless `all_views`."""
    sources = []
    from_the_side = 0
    for path in paths:
        name = _MMI.fullmatch(path.stem)
        if name is None:
            continue
        if not all_views and _is_profile(path.parent / _MMI_SESSION):
            from_the_side += 1
            continue
        sources.append(Source(path, f"mmi{name['person']}", sequence_of(path)))
    return Chosen(sources, from_the_side)


def _is_profile(session: Path) -> bool:
    try:
        tracks = ElementTree.parse(session).getroot().iter()
    except (OSError, ElementTree.ParseError):
        return False
    views = {track.get("view") for track in tracks if track.tag.lower() == "track" and track.get("view")}
    return views == {_MMI_PROFILE}
