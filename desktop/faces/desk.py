"""What can be done about faces by menu, key or click in the picture."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop.document.face_edits import select_faces, set_neutral
from desktop.preview.requests import Rendering
from desktop.studio import Studio
from engine.edit_scope import LARGEST, FaceSelection

if TYPE_CHECKING:
    from engine.pipeline import ProcessedFace


class FaceDesk(QObject):
    """Owned by the UI thread."""

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        actions = studio.actions
        actions.bind("faces.all", lambda: self.select(FaceSelection("all")))
        actions.bind("faces.largest", lambda: self.select(LARGEST))
        actions.bind("faces.neutral", self.take_neutral)
        actions.bind("faces.forget_neutral", self.forget_neutral)
        studio.document.project_changed.connect(self._enable)
        studio.preview.rendered.connect(self._enable)
        self._enable()

    def select(self, selection: FaceSelection) -> None:
        """Edit other faces."""
        document = self._studio.document
        document.edit(self.tr("Choose Faces"), select_faces(document.project, selection))

    def select_face(self, face: "ProcessedFace") -> None:
        """Edit one face of the picture that shows: the one that is nearest to where it is now.

        A face that is edited alone already stays so by the rule that chose it.
        """
        latest = self._studio.preview.latest
        if latest is None or (face.is_selected and sum(one.is_selected for one in latest.result.faces) == 1):
            return
        height, width = latest.original.pixels.shape[:2]
        left, top, right, bottom = face.track.box_px
        x, y = (left + right) / 2 / width, (top + bottom) / 2 / height
        self.select(FaceSelection.nearest(round(_share(x), 4), round(_share(y), 4)))

    def take_neutral(self) -> None:
        """Let the frame at the playhead show the people who are edited at rest."""
        document = self._studio.document
        document.edit(self.tr("This Is My Neutral"), set_neutral(document.project, self._studio.view.playhead))
        self._studio.notice.emit(self.tr("Expressions are measured against the face at the playhead."))

    def forget_neutral(self) -> None:
        """Have it found out from the medium again."""
        document = self._studio.document
        document.edit(self.tr("Forget Neutral"), set_neutral(document.project, None))

    def _enable(self, _changed: object = None) -> None:
        project = self._studio.document.project
        actions, latest = self._studio.actions, self._studio.preview.latest
        actions.action("faces.neutral").setEnabled(_shows_a_face(latest) and project.media is not None)
        actions.action("faces.forget_neutral").setEnabled(project.faces.neutral_at is not None)


def _shows_a_face(latest: Rendering | None) -> bool:
    return latest is not None and any(face.is_selected for face in latest.result.faces)


def _share(value: float) -> float:
    return min(max(value, 0.0), 1.0)
