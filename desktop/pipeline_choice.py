"""What frames are edited with, and whose faces: what a project and the machine say together."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

from desktop.computing import AUTOMATIC, Computing
from desktop.folders import Folders
from desktop.preferences import Preferences
from engine.bundle.finding import BUNDLED_MODELS, available_bundles
from engine.project import FaceOptions, Project

if TYPE_CHECKING:
    from engine.pipeline import PipelineSettings


@dataclass(frozen=True, slots=True)
class PipelineChoice:
    """Captured on the UI thread; `settings` is for the thread that opens the pipeline.

    Attributes:
        model, compositing: as a project names them.
        faces: whose faces are edited, and how they are taken.
        computing: software and device of the networks.
        models: the folder of models that do not come with the program.
    """

    model: str
    compositing: str = "detail"
    faces: FaceOptions = field(default_factory=FaceOptions)
    computing: Computing = AUTOMATIC
    models: Path = BUNDLED_MODELS

    @classmethod
    def of(cls, project: Project, preferences: Preferences, folders: Folders) -> Self:
        """What a project is edited with on this machine."""
        computing = Computing.chosen(preferences)
        return cls(project.model, project.output.compositing, project.faces, computing, folders.models)

    def settings(self) -> "PipelineSettings":
        """The engine's settings; a model that comes with the program goes before another of its name."""
        from engine.pipeline import FaceSettings, PipelineSettings  # here: they bring the networks' libraries along

        is_added = self.model not in available_bundles() and self.model in available_bundles(self.models)
        return PipelineSettings(
            self.models / self.model if is_added else self.model,
            self.computing.backend,
            self.computing.device,
            self.compositing,
            self.computing.threads,
            FaceSettings(self.faces.selection, neutral_at=self.faces.neutral_at),
            self.faces.regions,
        )
