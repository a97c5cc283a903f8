"""The rows of the timeline: the strength, then two groups of action units, and the sound."""

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

from desktop.theme.tokens import ROW_HEIGHT, Tokens
from engine.action_units import AU_DESCRIPTIONS, LOWER_FACE, UPPER_FACE

CONTEXT: Final = "Track"
"""The translation context of names."""
_SOUND_HEIGHT: Final = 2 * ROW_HEIGHT


class Group(StrEnum):
    """A family of tracks."""

    UPPER_FACE = "upper-face"
    LOWER_FACE = "lower-face"


_MEMBERS: Final = {Group.UPPER_FACE: UPPER_FACE, Group.LOWER_FACE: LOWER_FACE}
_TITLES: Final = {
    Group.UPPER_FACE: str(QT_TRANSLATE_NOOP("Track", "Upper face")),
    Group.LOWER_FACE: str(QT_TRANSLATE_NOOP("Track", "Lower face")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line.

    Attributes:
        title, detail: what its head says.
        aus: the tracks it stands for: one, all of a group, or none for the sound; None is the strength.
        group: of a group's own row, else None.
        top, height: pixels below the first row's top.
    """

    title: str
    detail: str
    aus: tuple[int | None, ...]
    group: Group | None
    top: int
    height: int = ROW_HEIGHT

    @property
    def is_track(self) -> bool:
        """Whether it shows exactly one track."""
        return self.group is None and len(self.aus) == 1

    @property
    def is_sound(self) -> bool:
        """Whether it shows the waveform."""
        return not self.aus

    @property
    def bottom(self) -> int:
        """Where the next row begins."""
        return self.top + self.height


def visible_rows(collapsed: Set[Group], *, has_sound: bool) -> tuple[Row, ...]:
    """Return the rows from top to bottom; those of collapsed groups are hidden."""
    rows: list[Row] = []

    def add(title: str, detail: str, aus: tuple[int | None, ...], group: Group | None = None, height: int = 0) -> None:
        top = rows[-1].bottom if rows else 0
        rows.append(Row(title, detail, aus, group, top, height or ROW_HEIGHT))

    if has_sound:
        add(str(QT_TRANSLATE_NOOP("Track", "Sound")), "", (), height=_SOUND_HEIGHT)
    add(str(QT_TRANSLATE_NOOP("Track", "Strength")), "", (None,))
    for group, members in _MEMBERS.items():
        add(_TITLES[group], "", members, group)
        if group not in collapsed:
            for au in members:
                add(f"AU{au}", AU_DESCRIPTIONS[au], (au,))
    return tuple(rows)


def track_color(au: int | None, tokens: Tokens) -> str:
    """Return the colour of a track's family."""
    if au is None:
        return tokens.strength
    return tokens.upper_face if au in UPPER_FACE else tokens.lower_face
