"""The dialog about the program."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.about.licences_tab import LicencesTab
from desktop.about.model_credits import BUNDLED, ModelCredit, model_credits
from desktop.about.system_report import Examination, system_report
from desktop.about.version import program_version
from desktop.studio import Studio
from desktop.theme.icons import pixmaps
from desktop.theme.theme import monospace_font
from desktop.theme.tokens import GRID
from desktop.widgets.labels import label
from desktop.widgets.reading import set_air

_SIZE: Final = QSize(900, 600)
_ICON_PX: Final = 56


class AboutDialog(QDialog):
    """A head with name and version; tabs of system, licences and models."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About EGGAN Studio"))
        self.resize(_SIZE)
        self.setMinimumSize(_SIZE.width() - 220, _SIZE.height() - 160)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(self.tr("Parts of this window"))
        self.system = SystemTab(studio, self)
        self.licences = LicencesTab(studio, self)
        self.models = ModelsTab(studio, self)
        self.tabs.addTab(self.system, self.tr("System"))
        self.tabs.addTab(self.licences, self.tr("Licences"))
        self.tabs.addTab(self.models, self.tr("Models"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(4 * GRID, 3 * GRID, 4 * GRID, 3 * GRID)
        foot.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._head())
        layout.addWidget(self.tabs, 1)
        layout.addLayout(foot)

    def _head(self) -> QHBoxLayout:
        ratio = self.devicePixelRatioF()
        (picture,) = pixmaps("application", "", [round(_ICON_PX * ratio)])
        picture.setDevicePixelRatio(ratio)
        icon = QLabel(self)
        icon.setPixmap(picture)
        texts = QVBoxLayout()
        texts.setSpacing(GRID)
        texts.addWidget(label(self.tr("EGGAN Studio {}").format(program_version()), "title", self))
        purpose = label(
            self.tr(
                "Changes facial expressions by FACS action units. After “Fine-Grained Expression Manipulation via "
                "Structured Latent Space” (Tang, Shao and Ma, ICME 2020). Free software under the Apache License 2.0."
            ),
            "dim",
            self,
        )
        purpose.setWordWrap(True)
        texts.addWidget(purpose)
        head = QHBoxLayout()
        head.setContentsMargins(5 * GRID, 5 * GRID, 5 * GRID, 4 * GRID)
        head.setSpacing(4 * GRID)
        head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        return head


class SystemTab(QWidget):
    """What a report of a fault should contain, to be copied; and the program's examination of itself."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QPlainTextEdit(system_report(studio), self)
        self.text.setReadOnly(True)
        self.text.setFont(monospace_font())
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(self.tr("System information"))
        self.copy_button = QPushButton(self.tr("Copy"), self)
        self.copy_button.setToolTip(self.tr("Copy all of it, to paste it into a report"))
        self.copy_button.clicked.connect(self._copy)
        self.examine_button = QPushButton(self.tr("Examine Installation"), self)
        self.examine_button.setToolTip(self.tr("Try every library, device, encoder and model; takes some seconds"))
        self.examine_button.clicked.connect(self._examine)
        for button in (self.copy_button, self.examine_button):
            button.setAutoDefault(False)
            studio.theme.give_icon(button, "copy" if button is self.copy_button else "search")
        self.note = label("", "dim", self)
        self.examination = Examination(self)
        self.examination.finished.connect(self._show)
        studio.closing.connect(self.examination.stop)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.copy_button)
        row.addWidget(self.examine_button)
        row.addWidget(self.note, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(5 * GRID, 4 * GRID, 5 * GRID, 0)
        layout.setSpacing(3 * GRID)
        layout.addWidget(self.text, 1)
        layout.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.note.setText(self.tr("Copied"))

    def _examine(self) -> None:
        self.examine_button.setEnabled(False)
        self.note.setText(self.tr("Examining…"))
        self.examination.start()

    def _show(self, findings: str) -> None:
        self.examine_button.setEnabled(True)
        self.note.setText("")
        known = self.text.toPlainText().partition("\n\n")[0]
        self.text.setPlainText(f"{known}\n\n{findings}")


class ModelsTab(QTextBrowser):
    """Whose work the models are made from."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self.setAccessibleName(self.tr("Models and whom they are owed to"))
        self.setOpenExternalLinks(True)
        self.setProperty("role", "reading")
        self.document().setDocumentMargin(5 * GRID)
        folders = (BUNDLED, studio.folders.models)
        studio.background.run(lambda: model_credits(folders), self._show)

    def _show(self, credits_: list[ModelCredit]) -> None:
        parts = []
        for credit in credits_:
            parts.append(f"### {credit.name}")
            if credit.licence:
                parts.append(self.tr("Licence: {}").format(credit.licence))
            if credit.data:
                parts.append(self.tr("Trained on: {}").format(credit.data))
            if credit.attribution:
                parts.append("\n".join(f"- {work}" for work in credit.attribution))
        self.setMarkdown("\n\n".join(parts) or self.tr("There are no models."))
        set_air(self.document())
