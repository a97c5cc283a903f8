"""The pages of the settings dialog that are plain forms."""

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.language import available_languages
from desktop.preferences import (
    AI_MARK,
    AI_TAG,
    AUTOSAVE_SECONDS,
    EXPORT_COMPOSITING,
    EXPORT_QUALITY,
    EXPORT_SOUND,
    EXPORTS_FOLDER,
    LANGUAGE,
    MODELS_FOLDER,
    PROJECTS_FOLDER,
    RECOVERY_FOLDER,
    THEME,
)
from desktop.settings.form import Form
from desktop.studio import Studio
from desktop.widgets.labels import label

_LONGEST_LOSS_S: Final = 10
_BEST_QUALITY: Final = 100


class GeneralPage(Form):
    """Looks, language and safety."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self.theme_box = self.choice(
            THEME,
            self.tr("Theme"),
            [("dark", self.tr("Dark")), ("light", self.tr("Light")), ("system", self.tr("As the system"))],
        )
        self.language_box = self.choice(
            LANGUAGE,
            self.tr("Language"),
            [("system", self.tr("As the system")), *available_languages()],
            self.tr("Holds from the next start on."),
        )
        self.autosave_box = self.number(
            AUTOSAVE_SECONDS,
            self.tr("Keep unsaved edits every"),
            1,
            _LONGEST_LOSS_S,
            self.tr(" s"),
            hint=self.tr("After a crash, the program offers what it kept. It is not in your project until you save."),
        )


class FoldersPage(Form):
    """Where files go, and where models are found."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self.exports_field = self.folder(
            EXPORTS_FOLDER,
            self.tr("Exports"),
            self.tr("Where the last one went"),
            self.tr("Proposed for photos and videos that are exported."),
        )
        self.projects_field = self.folder(
            PROJECTS_FOLDER,
            self.tr("Projects"),
            self.tr("Where the last file was"),
            self.tr("Proposed for a project that is saved for the first time."),
        )
        self.models_field = self.folder(
            MODELS_FOLDER,
            self.tr("Models"),
            str(studio.places.models),
            self.tr("Models that you train or install; those that come with the program need none."),
        )
        self.recovery_field = self.folder(
            RECOVERY_FOLDER,
            self.tr("Recovery"),
            str(studio.places.recovery),
            self.tr("What is kept against a crash. Another folder holds from the next start on."),
        )


class ExportPage(Form):
    """What new projects and their exports start with."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(studio, parent)
        self.tag_box = self.switch(
            AI_TAG,
            self.tr("Honesty"),
            self.tr("Say in the file's metadata that a model edited it"),
            self.tr("Other programs can then tell that the picture was changed. Recommended."),
        )
        self.mark_box = self.switch(AI_MARK, self.tr("Mark"), self.tr("Show “AI-edited” in a corner of the picture"))
        self.quality_box = self.number(
            EXPORT_QUALITY,
            self.tr("Quality"),
            0,
            _BEST_QUALITY,
            hint=self.tr("Of videos: 0 is smallest, 100 is best. A new project starts with it."),
        )
        self.compositing_box = self.choice(
            EXPORT_COMPOSITING,
            self.tr("Compositing"),
            [
                ("detail", self.tr("Detail: the picture's own pixels move")),
                ("replace", self.tr("Replace: the generated face is pasted")),
            ],
        )
        self.sound_box = self.switch(EXPORT_SOUND, self.tr("Sound"), self.tr("Take the sound along"))
        self.note(
            label(self.tr("Each export can still choose otherwise."), "dim", self),
        )
