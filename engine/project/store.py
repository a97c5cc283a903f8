"""Reading and writing project files."""

import errno
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from types import MappingProxyType
from typing import Final

from pydantic import ValidationError

from engine.edit_scope import RegionStrengths
from engine.errors import ProjectError
from engine.files import write_atomically
from engine.project.document import FaceOptions, OutputSettings, Project
from engine.project.easing import format_easing
from engine.project.exact_time import format_time
from engine.project.faults import to_project_error
from engine.project.json_text import format_json, parse_json
from engine.project.migrations import SCHEMA_VERSION, Document, migrate
from engine.project.portable_path import from_portable, to_portable
from engine.project.schema import AU_KEYS, CLIP_INTENSITIES, AUTrack, ProjectDocument, StrengthTrack
from engine.project.stored_selection import format_selection
from engine.project.timeline import Timeline
from engine.project.track import Keyframe, Track

_FULL: Final = "Free some space or save elsewhere; an earlier version of the file is unchanged."
_READ_ONLY: Final = "Choose a file and a folder that you may write to."
_SAVE_REMEDIES: Final[Mapping[int | None, str]] = MappingProxyType(
    {
        errno.ENOSPC: _FULL,
        errno.EDQUOT: _FULL,
        errno.EFBIG: _FULL,
        errno.EACCES: _READ_ONLY,
        errno.EPERM: _READ_ONLY,
        errno.EROFS: _READ_ONLY,
        errno.ENOENT: "Create its folder first, or choose another.",
    }
)


def load_project(path: Path, *, clip_intensities: bool = False) -> Project:
    """Read a project file; older versions are brought up to date in memory.

    Args:
        path: the file. Media paths inside it are relative to its folder.
        clip_intensities: limit intensities to 0..5, where otherwise IntensityRangeError is raised.

    Raises:
        ProjectError: the file cannot be read or is not valid; the message names it and the JSON path of the fault.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ProjectError(
            f"{path} could not be opened: {error.strerror}.", "Check its name and permissions."
        ) from error
    try:
        return parse_project(data, path.parent, clip_intensities=clip_intensities)
    except ProjectError as error:
        raise type(error)(f"{path}: {error.message}", error.remedy) from error


def save_project(project: Project, path: Path) -> None:
    """Write a project file in one step: after a failure an earlier file is unchanged.

    Raises:
        ProjectError: the file cannot be written, or the media's path cannot be stored.
    """
    data = format_project(project, path.parent)
    try:
        write_atomically(path, data)
    except OSError as error:
        remedy = _SAVE_REMEDIES.get(error.errno, "Save it in another folder.")
        raise ProjectError(f"{path} could not be saved: {error.strerror}.", remedy) from error


def parse_project(data: bytes, folder: Path, *, clip_intensities: bool = False) -> Project:
    """Read the content of a project file that lies in `folder`."""
    current = migrate(parse_json(data))
    try:
        document = ProjectDocument.model_validate(current, context={CLIP_INTENSITIES: clip_intensities})
    except ValidationError as error:
        raise to_project_error(error) from error
    faces, output = document.faces, document.output
    return Project(
        model=document.model,
        media=from_portable(document.media.path, folder) if document.media else None,
        timeline=Timeline(
            tuple(_track(AU_KEYS[name], track) for name, track in document.timeline.tracks.items()),
            _track(None, document.timeline.strength),
        ),
        faces=FaceOptions(
            faces.selection,
            faces.neutral_at,
            RegionStrengths(faces.regions.mouth, faces.regions.eyes, faces.regions.brows, faces.regions.cheeks),
        ),
        output=OutputSettings(
            path=from_portable(output.path, folder) if output.path else None,
            codec=output.codec,
            quality=output.quality,
            compositing=output.compositing,
            keep_audio=output.keep_audio,
        ),
    )


def format_project(project: Project, folder: Path) -> bytes:
    """Write the content of a project file that will lie in `folder`; equal projects give equal bytes."""
    faces, output = project.faces, project.output
    return format_json(
        {
            "schema_version": SCHEMA_VERSION,
            "model": project.model,
            "media": {"path": to_portable(project.media, folder)} if project.media else None,
            "timeline": {
                "tracks": {
                    name: _track_document(project.timeline.track(number))
                    for name, number in AU_KEYS.items()
                    if project.timeline.track(number).keyframes
                },
                "strength": _track_document(project.timeline.strength),
            },
            "faces": {
                "selection": format_selection(faces.selection),
                "neutral_at": None if faces.neutral_at is None else format_time(faces.neutral_at),
                "regions": asdict(faces.regions),
            },
            "output": {
                "path": to_portable(output.path, folder) if output.path else None,
                "codec": output.codec,
                "quality": output.quality,
                "compositing": output.compositing,
                "keep_audio": output.keep_audio,
            },
        }
    )


def _track(au: int | None, stored: AUTrack | StrengthTrack) -> Track:
    return Track(au, tuple(Keyframe(keyframe.time, keyframe.value, keyframe.easing) for keyframe in stored.keyframes))


def _track_document(track: Track) -> Document:
    return {
        "keyframes": [
            {"time": format_time(keyframe.time), "value": keyframe.value, "easing": format_easing(keyframe.easing)}
            for keyframe in track.keyframes
        ]
    }
