"""Pure edits of whose faces a project edits."""

from dataclasses import replace
from fractions import Fraction

from engine.edit_scope import EVERYWHERE, FaceSelection
from engine.project import Project


def select_faces(project: Project, selection: FaceSelection) -> Project:
    """Edit other faces."""
    return replace(project, faces=replace(project.faces, selection=selection))


def set_neutral(project: Project, time: Fraction | None) -> Project:
    """Say when the people are at rest; None has that found out."""
    return replace(project, faces=replace(project.faces, neutral_at=time))


def set_region(project: Project, region: str, strength: float) -> Project:
    """Let the edit show as strongly in one region of a face, 0..1."""
    limited = min(max(strength, 0.0), 1.0)
    return replace(project, faces=replace(project.faces, regions=replace(project.faces.regions, **{region: limited})))


def show_everywhere(project: Project) -> Project:
    """Let the whole edit show in every region."""
    return replace(project, faces=replace(project.faces, regions=EVERYWHERE))
