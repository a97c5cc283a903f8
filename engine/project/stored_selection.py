"""Which faces are edited, in the form in which a project file holds it."""

from typing import Final, cast

from engine.edit_scope import FaceSelection, SelectionKind
from engine.errors import ProjectError

_WORDS: Final = ("largest", "leftmost", "rightmost", "all")
_CHOICES: Final = f'Use one of {", ".join(_WORDS)}, or {{"nearest": [x, y]}} in shares of the frame, or {{"ids": [0]}}.'


def parse_selection(stored: object) -> FaceSelection:
    """Read a selection from its stored form: a word, {"nearest": [x, y]}, or {"ids": [0, 2]}."""
    match stored:
        case str(word) if word in _WORDS:
            return FaceSelection(cast(SelectionKind, word))
        case {"nearest": [x, y], **rest} if not rest and all(map(_is_share, (x, y))):
            return FaceSelection.nearest(float(x), float(y))
        case {"ids": [*ids], **rest} if not rest and all(map(_is_id, ids)):
            return FaceSelection.picked(*ids)
    raise ProjectError(f"{stored!r} does not say which faces to edit.", _CHOICES)


def format_selection(selection: FaceSelection) -> str | dict[str, list[float]] | dict[str, list[int]]:
    """Write a selection in its stored form, the one `parse_selection` reads."""
    if selection.kind == "nearest":
        return {"nearest": [float(share) for share in selection.point]}
    if selection.kind == "picked":
        return {"ids": sorted(selection.ids)}
    return selection.kind


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
