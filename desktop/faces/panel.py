"""The dock of faces: whose expression is edited, how these people look at rest, and where the edit shows."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.document.edit_command import NO_GESTURE
from desktop.document.face_edits import select_faces, set_region, show_everywhere
from desktop.faces.region_row import RegionRow
from desktop.preview.requests import Rendering
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.buttons import plain_button, tool_button
from desktop.widgets.labels import add_line, label
from desktop.widgets.scrolling import fill_scrolling
from engine.edit_scope import FaceSelection
from engine.project import Project
from engine.project.exact_time import frame_at
from engine.project.timecode import format_timecode

_RULES: Final = tuple(FaceSelection.parse(word) for word in ("largest", "leftmost", "rightmost", "all"))


class FacesPanel(QWidget):
    """Shows and edits the project's `FaceOptions`."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._gesture = NO_GESTURE
        self.choice_box: Final = QComboBox(self)
        self.choice_box.setAccessibleName(self.tr("Which face is edited"))
        self.choice_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice_box.setMinimumContentsLength(10)
        self.found_label: Final = _wrapped(label("", "dim", self))
        self.rest_label: Final = _wrapped(label("", "dim", self))
        self.rows: Final = {
            region: RegionRow(studio.theme, region, name, self)
            for region, name in (
                ("brows", self.tr("Brows")),
                ("eyes", self.tr("Eyes")),
                ("cheeks", self.tr("Cheeks")),
                ("mouth", self.tr("Mouth")),
            )
        }
        self._everywhere = plain_button(studio.theme, "reset", self.tr("Show the whole edit everywhere"), self)
        self._lay_out()
        self.choice_box.activated.connect(self._choose)
        self._everywhere.clicked.connect(self._reset_regions)
        for row in self.rows.values():
            row.grabbed.connect(self._begin)
            row.changed.connect(self._set_region)
        studio.document.project_changed.connect(self._show)
        studio.media.info_changed.connect(lambda _info: self._show(studio.document.project))
        studio.preview.rendered.connect(self._note_faces)
        self._show(studio.document.project)
        if studio.preview.latest is not None:
            self._note_faces(studio.preview.latest)

    def _lay_out(self) -> None:
        actions = self._studio.actions
        content = QWidget(self)
        content.setProperty("surface", "panel")
        lines = QVBoxLayout(content)
        lines.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lines.setSpacing(GRID)
        lines.addWidget(label(self.tr("Edited face"), "section", content))
        lines.addWidget(self.choice_box)
        lines.addWidget(self.found_label)
        add_line(lines, content)
        lines.addWidget(label(self.tr("Face at rest"), "section", content))
        lines.addWidget(self.rest_label)
        rest = QHBoxLayout()
        rest.setSpacing(GRID)
        rest.addWidget(_button(actions.action("faces.neutral"), content), 1)
        rest.addWidget(tool_button(actions.action("faces.forget_neutral"), content))
        lines.addLayout(rest)
        add_line(lines, content)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Where the edit shows"), "section", content), 1)
        head.addWidget(self._everywhere)
        lines.addLayout(head)
        for row in self.rows.values():
            lines.addWidget(row)
        lines.addStretch()
        fill_scrolling(self, content)

    def _show(self, project: Project) -> None:
        faces = project.faces
        with QSignalBlocker(self.choice_box):
            self.choice_box.clear()
            for rule in dict.fromkeys((*_RULES, faces.selection)):
                self.choice_box.addItem(self._name_of(rule), rule)
                if rule == faces.selection:
                    self.choice_box.setCurrentIndex(self.choice_box.count() - 1)
        if faces.neutral_at is None:
            self.rest_label.setText(self.tr("Learnt by itself from the calmest frames."))
        else:
            rate = self._studio.media.rate
            timecode = format_timecode(frame_at(faces.neutral_at, rate), rate)
            self.rest_label.setText(self.tr("As at {}.").format(timecode))
        for region, row in self.rows.items():
            row.show_strength(getattr(faces.regions, region))
        self._everywhere.setEnabled(not faces.regions.are_full)

    def _name_of(self, selection: FaceSelection) -> str:
        match selection.kind:
            case "largest":
                return self.tr("Largest face")
            case "leftmost":
                return self.tr("Leftmost face")
            case "rightmost":
                return self.tr("Rightmost face")
            case "all":
                return self.tr("All faces")
            case "nearest":
                return self.tr("Face picked in the picture")
        return self.tr("Faces by number: {}").format(", ".join(str(number + 1) for number in sorted(selection.ids)))

    def _choose(self, _index: int) -> None:
        document = self._studio.document
        document.edit(self.tr("Choose Faces"), select_faces(document.project, self.choice_box.currentData()))

    def _begin(self) -> None:
        self._gesture = self._studio.document.new_gesture()

    def _set_region(self, region: str, strength: float) -> None:
        document = self._studio.document
        document.edit(self.tr("Limit Edit"), set_region(document.project, region, strength), self._gesture)

    def _reset_regions(self) -> None:
        document = self._studio.document
        document.edit(self.tr("Show Edit Everywhere"), show_everywhere(document.project))

    def _note_faces(self, rendering: Rendering) -> None:
        found = rendering.result.faces
        edited = sum(face.is_selected for face in found)
        if not found:
            text = self.tr("No face in this frame.")
        elif len(found) == 1:
            text = self.tr("One face in this frame.")
        else:
            text = self.tr("{} faces in this frame, {} edited. Click one in the picture to edit it.").format(
                len(found), edited
            )
        self.found_label.setText(text)


def _button(action: QAction, parent: QWidget) -> QPushButton:
    """A wide button that does what an action does, and can be pressed when the action can."""
    button = QPushButton(action.text(), parent)
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def _wrapped(made: QLabel) -> QLabel:
    made.setWordWrap(True)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    return made
