"""Recognise how footage is arranged: whose pictures lie where."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from engine.errors import MediaError
from trainer.data.table import TABLE_NAME
from trainer.footage.corpora import is_mmi, is_rafd, mmi_sources, rafd_sources
from trainer.footage.imagefolder import imagefolder_sources, imagefolder_tables
from trainer.footage.sources import Source, media_files, of_person, sequence_of


class Layout(StrEnum):
    """How footage is arranged; the values are words of the command line."""

    PERSON = "person"
    PEOPLE = "people"
    VIDEOS = "videos"
    RAFD = "rafd"
    MMI = "mmi"
    IMAGEFOLDER = "imagefolder"


_MEANING = {
    Layout.PERSON: "all files show one person",
    Layout.PEOPLE: "a folder for each person",
    Layout.VIDEOS: "a video for each person",
    Layout.RAFD: "Radboud Faces Database",
    Layout.MMI: "MMI Facial Expression Database",
    Layout.IMAGEFOLDER: f"dataset with {TABLE_NAME}",
}


@dataclass(frozen=True, slots=True)
class Footage:
    """Recognised footage.

    Attributes:
        root: the folder or file.
        layout: how it is arranged.
        sources: its files, in natural order.
        remark: what was left out, or "".
    """

    root: Path
    layout: Layout
    sources: tuple[Source, ...]
    remark: str = ""

    def describe(self) -> str:
        """What was recognised, in one line."""
        people = len({source.identity for source in self.sources})
        videos = sum(source.is_video for source in self.sources)
        photos = len(self.sources) - videos
        amounts = ", ".join(
            f"{amount:,} {name}" + ("" if amount == 1 else "s")
            for amount, name in ((photos, "photo"), (videos, "video"))
            if amount
        )
        whose = "1 person" if people == 1 else f"{people:,} people"
        remark = f" {self.remark}" if self.remark else ""
        return f"{self.root}: {_MEANING[self.layout]} ({self.layout}), {amounts} of {whose}.{remark}"


def recognise(
    root: Path,
    layout: Layout | None = None,
    *,
    identity: str = "",
    all_views: bool = False,
    without: Path | None = None,
) -> Footage:
    """Find the photos and videos of a folder, or take a single file, and tell whom each shows.

    Args:
        root: folder or file.
        layout: how it is arranged; None recognises it.
        identity: the person's name where all files show one; by default the folder's or file's.
        all_views: take a corpus's pictures from the side, too.
        without: a folder inside `root` that is not looked into, as the dataset that is being made.

    Raises:
        MediaError: the path does not exist, holds no photo or video, or is not arranged as `layout` says.
    """
    if not root.exists():
        raise MediaError(f"{root} does not exist.", "Check the path of the footage.")
    paths = media_files(root, without=without)
    if not paths:
        raise MediaError(
            f"There is no photo or video in {root}." if root.is_dir() else f"{root} is not a photo or a video.",
            "Name a photo, a video, or a folder of them.",
        )
    found = layout or _guess(root, paths)
    sources, remark = _sources(root, paths, found, identity, all_views=all_views)
    if not sources:
        raise MediaError(
            f"Nothing in {root} is arranged as layout {found} says ({_MEANING[found]}). {remark}".rstrip(),
            f"Leave out --layout, or choose one of {', '.join(Layout)}.",
        )
    return Footage(root, found, tuple(sources), remark)


def _guess(root: Path, paths: Sequence[Path]) -> Layout:
    if root.is_file():
        return Layout.PERSON
    if imagefolder_tables(root):
        return Layout.IMAGEFOLDER
    if 2 * sum(map(is_rafd, paths)) > len(paths):
        return Layout.RAFD
    if 2 * sum(map(is_mmi, paths)) > len(paths):
        return Layout.MMI
    return Layout.PERSON if any(path.parent == root for path in paths) else Layout.PEOPLE


def _sources(
    root: Path, paths: Sequence[Path], layout: Layout, identity: str, *, all_views: bool
) -> tuple[list[Source], str]:
    match layout:
        case Layout.PERSON:
            return of_person(paths, identity or (root.stem if root.is_file() else root.resolve().name)), ""
        case Layout.PEOPLE:
            return [Source(path, _first_folder(root, path), sequence_of(path)) for path in paths], ""
        case Layout.VIDEOS:
            sources = [source for path in paths for source in of_person([path], path.stem) if source.is_video]
            photos = len(paths) - len(sources)
            return sources, f"Photos left out: {photos:,}." if photos else ""
        case Layout.RAFD | Layout.MMI:
            read = rafd_sources if layout is Layout.RAFD else mmi_sources
            chosen = read(paths, all_views=all_views)
            side = f"Left out, as they are from the side (--all-views takes them): {chosen.from_the_side:,}."
            return chosen.sources, side if chosen.from_the_side else ""
        case Layout.IMAGEFOLDER:
            return imagefolder_sources(root), ""


def _first_folder(root: Path, path: Path) -> str:
    parts = path.relative_to(root).parts
    return parts[0] if len(parts) > 1 else path.stem
