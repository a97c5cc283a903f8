"""The picture of the timeline that is kept between two paintings; only what has changed is painted anew."""

from collections.abc import Iterable

from PySide6.QtGui import QFont, QPainter, QPixmap

from desktop.timeline.painting import ScenePainter
from desktop.timeline.scene import Scene


class ScenePicture:
    """Everything of a scene but what moves over it."""

    def __init__(self) -> None:
        self._painter = ScenePainter()
        self._picture: QPixmap | None = None
        self._stale: set[int | None] = set()

    @property
    def is_whole(self) -> bool:
        """Whether nothing needs to be painted."""
        return self._picture is not None and not self._stale

    def forget(self) -> None:
        """Paint everything next time."""
        self._picture = None

    def forget_tracks(self, aus: Iterable[int | None]) -> None:
        """Paint the rows of these tracks next time."""
        self._stale.update(aus)

    def of(self, scene: Scene, ratio: float, font: QFont) -> QPixmap:
        """Return the picture of `scene`, which differs from the last one in what was forgotten alone.

        Args:
            scene: what to show.
            ratio: device pixels a pixel.
            font: of the labels.
        """
        picture, is_new = self._picture, self._picture is None
        if picture is None:
            picture = self._picture = QPixmap(round(scene.width * ratio), round(scene.height * ratio))
            picture.setDevicePixelRatio(ratio)
        if is_new or self._stale:
            painter = QPainter(picture)
            painter.setFont(font)
            if is_new:
                self._painter.paint(painter, scene)
            else:
                rows = [row for row in scene.rows if self._stale.intersection(row.aus)]
                self._painter.paint_rows(painter, scene, rows)
            painter.end()
            self._stale.clear()
        return picture
