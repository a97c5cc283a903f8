"""The dock in which a live session is set up: what is shown, who drives it, how, and where else it goes."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.live.amount_row import AmountRow
from desktop.live.cameras import CameraList
from desktop.live.choices import (
    CAMERA_FORMATS,
    LARGEST_AMOUNT,
    LONGEST_EASE_S,
    MOST_SMOOTHING,
    Camera,
    Clip,
    DriverKind,
    LiveChoices,
    Source,
)
from desktop.live.source_box import SourceBox
from desktop.preferences import LAST_FOLDER
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.widgets.buttons import tool_button
from desktop.widgets.labels import label, line
from desktop.widgets.scrolling import fill_scrolling

_PERCENT: Final = 100


class SetupPanel(QWidget):
    """Shows the studio's live choices and changes them."""

    def __init__(self, studio: Studio) -> None:
        super().__init__()
        self._studio = studio
        self._live = studio.live
        theme = studio.theme
        self._cameras = CameraList(studio.background, self)
        self.source_box: Final = SourceBox(studio, self._cameras, nothing=self.tr("Camera or file"), parent=self)
        self.format_box: Final = QComboBox(self)
        self.loop_box: Final = QCheckBox(self.tr("Start again at the end"), self)
        self.driver_box: Final = SourceBox(
            studio,
            self._cameras,
            ((self.tr("None"), DriverKind.NONE), (self.tr("The same face"), DriverKind.SAME)),
            parent=self,
        )
        self.amount_row: Final = AmountRow(theme, self.tr("Amount"), _PERCENT * LARGEST_AMOUNT, " %", 0, self)
        self.place_box: Final = QCheckBox(self.tr("In place of the face's own"), self)
        self.smoothing_row: Final = AmountRow(theme, self.tr("Smoothing"), MOST_SMOOTHING, "", 1, self)
        self.adds_box: Final = QCheckBox(self.tr("Add to what the face does"), self)
        self.ease_row: Final = AmountRow(theme, self.tr("Ease presets"), LONGEST_EASE_S, " s", 1, self)
        self.recording_field: Final = QLineEdit(self)
        self._explain()
        self._form = self._lay_out()
        self._connect()
        self._live.choices_changed.connect(self._show)
        self._cameras.changed.connect(self._find_again)
        self._show(self._live.choices)
        self._cameras.look()

    def sizeHint(self) -> QSize:  # noqa: N802  Qt's name
        """Return the width at which names of cameras have room."""
        return QSize(290, 480)

    def _explain(self) -> None:
        self.format_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.format_box.setMinimumContentsLength(8)
        for form in CAMERA_FORMATS:
            self.format_box.addItem(self.tr("{} × {}, {} fps").format(form.width, form.height, form.rate))
        for widget, name, hint in (
            (self.source_box, self.tr("Source"), ""),
            (self.format_box, self.tr("Format"), self.tr("What the camera is asked for; it may give another one")),
            (self.driver_box, self.tr("Driver"), self.tr("Whose face moves the face that is shown")),
            (self.loop_box, "", self.tr("A file plays over and over")),
            (self.amount_row, "", self.tr("How much the movement counts: 0 % holds the face still")),
            (
                self.place_box,
                "",
                self.tr("The driver's expression replaces the face's own; otherwise it is added to it"),
            ),
            (self.smoothing_row, "", self.tr("Calms trembling marks; too much makes quick movements late")),
            (self.ease_row, "", self.tr("How long a preset takes to be reached")),
            (
                self.adds_box,
                "",
                self.tr("Sliders and presets are added, so that the face goes on blinking and talking"),
            ),
            (self.recording_field, self.tr("File of the recording"), self.tr("Where the next recording goes")),
        ):
            widget.setAccessibleName(name or widget.accessibleName())
            widget.setToolTip(hint)
        self.recording_field.setPlaceholderText(self.tr("Named by date and time"))
        self.recording_field.setClearButtonEnabled(True)

    def _lay_out(self) -> QFormLayout:
        content = QWidget(self)
        content.setProperty("surface", "panel")
        form = QFormLayout()
        form.setHorizontalSpacing(2 * GRID)
        form.setVerticalSpacing(2 * GRID)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.addRow(label(self.tr("Source"), "section", content))
        form.addRow(self.source_box)
        form.addRow(self.format_box)
        form.addRow(self.loop_box)
        form.addRow(line(content))
        form.addRow(label(self.tr("Driver"), "section", content))
        form.addRow(self.driver_box)
        form.addRow(self.tr("Amount"), self.amount_row)
        form.addRow(self.place_box)
        form.addRow(line(content))
        form.addRow(label(self.tr("Expression"), "section", content))
        form.addRow(self.adds_box)
        form.addRow(self.tr("Ease presets"), self.ease_row)
        form.addRow(self.tr("Smoothing"), self.smoothing_row)
        form.addRow(self._calibration())
        form.addRow(line(content))
        form.addRow(label(self.tr("Recording"), "section", content))
        form.addRow(self._file())
        lines = QVBoxLayout(content)
        lines.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        lines.addLayout(form)
        lines.addStretch()
        fill_scrolling(self, content)
        self.setMinimumWidth(236)
        return form

    def _calibration(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(tool_button(self._studio.actions.action("live.neutral"), self, with_text=True))
        row.addStretch()
        row.addWidget(tool_button(self._studio.actions.action("live.forget_neutral"), self))
        return row

    def _file(self) -> QHBoxLayout:
        browse = QToolButton(self)
        browse.setAutoRaise(True)
        browse.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        browse.setToolTip(self.tr("Choose the file of the recording"))
        browse.setAccessibleName(self.tr("Choose the file of the recording"))
        browse.clicked.connect(self._ask_for_recording)
        self._studio.theme.give_icon(browse, "folder")
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.recording_field, 1)
        row.addWidget(browse)
        return row

    def _connect(self) -> None:
        live = self._live
        self.source_box.chosen.connect(lambda source: live.choose(source=source))
        self.format_box.activated.connect(lambda row: live.choose(form=CAMERA_FORMATS[row]))
        self.loop_box.toggled.connect(lambda on: live.choose(loop=on))
        self.driver_box.chosen.connect(self._choose_driver)
        self.amount_row.changed.connect(lambda percent: live.choose(amount=percent / _PERCENT))
        self.place_box.toggled.connect(lambda on: live.choose(takes_place=on))
        self.smoothing_row.changed.connect(lambda smoothing: live.choose(smoothing=smoothing))
        self.adds_box.toggled.connect(lambda on: live.choose(adds=on))
        self.ease_row.changed.connect(lambda seconds: live.choose(ease_s=seconds))
        self.recording_field.editingFinished.connect(self._take_recording)

    def _choose_driver(self, choice: Source | DriverKind) -> None:
        if isinstance(choice, DriverKind):
            self._live.choose(driver=choice)
        else:
            self._live.choose(driver=DriverKind.OTHER, driver_source=choice)

    def _find_again(self) -> None:
        """Follow a chosen camera to another number: they are given anew with every plug and start."""
        choices = self._live.choices
        source, driver = self._found(choices.source), self._found(choices.driver_source)
        if (source, driver) != (choices.source, choices.driver_source):
            self._live.choose(source=source, driver_source=driver)

    def _found(self, source: Source | None) -> Source | None:
        cameras = self._cameras.cameras
        if not isinstance(source, Camera) or source in cameras:
            return source
        namesakes = [camera for camera in cameras if camera.name == source.name]
        return namesakes[0] if len(namesakes) == 1 else source

    def _ask_for_recording(self) -> None:
        preferences = self._studio.preferences
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Record to"),
            str(self._live.choices.recording or preferences.get(LAST_FOLDER)),
            self.tr("Videos") + " (*.mp4 *.mov *.mkv *.webm)",
            options=QFileDialog.Option.DontConfirmOverwrite,  # asked when the recording begins
        )
        if chosen:
            path = Path(chosen)
            preferences.set(LAST_FOLDER, str(path.parent))
            self._live.choose(recording=path if path.suffix else path.with_suffix(".mp4"))

    def _take_recording(self) -> None:
        text = self.recording_field.text().strip()
        self._live.choose(recording=Path(text).expanduser().absolute() if text else None)

    def _show(self, choices: LiveChoices) -> None:
        driver = choices.driver_source if choices.driver is DriverKind.OTHER else choices.driver
        self.source_box.show_choice(choices.source)
        self.driver_box.show_choice(driver)
        boxes = (
            (self.loop_box, choices.loop),
            (self.place_box, choices.takes_place),
            (self.adds_box, choices.adds),
        )
        for box, on in boxes:
            with QSignalBlocker(box):
                box.setChecked(on)
        with QSignalBlocker(self.format_box):
            self.format_box.setCurrentIndex(CAMERA_FORMATS.index(choices.form))
        self.amount_row.show_value(_PERCENT * choices.amount)
        self.smoothing_row.show_value(choices.smoothing)
        self.ease_row.show_value(choices.ease_s)
        self.recording_field.setText("" if choices.recording is None else str(choices.recording))
        self._form.setRowVisible(self.format_box, _has_camera(choices))
        self._form.setRowVisible(self.loop_box, isinstance(choices.source, Clip) and not choices.source.is_photo)
        self._form.setRowVisible(self.amount_row, choices.driver is not DriverKind.NONE)
        self._form.setRowVisible(self.place_box, choices.driver is DriverKind.OTHER)


def _has_camera(choices: LiveChoices) -> bool:
    return isinstance(choices.source, Camera) or isinstance(choices.other_driver, Camera)
