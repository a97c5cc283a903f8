"""The sizes that a picture can be brought down to."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QWidget

if TYPE_CHECKING:
    from engine.media import VideoInfo

_ORIGINAL = "original"


class SizeBox(QComboBox):
    """Lists the source's own size and the usual ones that are smaller."""

    def __init__(self, info: "VideoInfo | None", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitted = {_ORIGINAL: (0, 0) if info is None else (info.width, info.height)}
        if info is not None:
            from engine.media import STANDARD_HEIGHTS, SizeLimit  # loaded since the medium was opened

            for lines in STANDARD_HEIGHTS:
                fitted = SizeLimit.lines(lines).fitted(info.width, info.height)
                if fitted != (info.width, info.height):
                    self._fitted[f"{lines}p"] = fitted
        for size, (width, height) in self._fitted.items():
            name = self.tr("Original") if size == _ORIGINAL else size
            self.addItem(f"{name}, {width} × {height}", size)

    @property
    def limit(self) -> str:
        """What is chosen, as `engine.media.SizeLimit` reads it."""
        return str(self.currentData())

    @property
    def fitted(self) -> tuple[int, int]:
        """Width and height in pixels that this makes of the source's."""
        return self._fitted[self.limit]

    def choose(self, size: str) -> None:
        """Choose a size; the source's own where it is smaller."""
        self.setCurrentIndex(max(0, self.findData(size)))
