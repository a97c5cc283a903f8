"""What the trainer has printed."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.theme.theme import monospace_font


class LogView(QPlainTextEdit):
    """Adds new lines at the end, and stays there unless the person has scrolled away."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFont(monospace_font())
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setPlaceholderText(self.tr("Nothing was printed yet."))
        self.setAccessibleName(self.tr("Log of the trainer"))
        self._shown: tuple[str, ...] = ()

    def show_lines(self, lines: tuple[str, ...]) -> None:
        """Show the latest lines."""
        if lines is self._shown or lines == self._shown:
            return
        bar = self.verticalScrollBar()
        was_at_end = bar.value() >= bar.maximum() - 1
        place = bar.value()
        if self._shown and lines[: len(self._shown)] == self._shown:
            for line in lines[len(self._shown) :]:
                self.appendPlainText(line)
        else:
            self.setPlainText("\n".join(lines))
        self._shown = lines
        bar.setValue(bar.maximum() if was_at_end else place)
