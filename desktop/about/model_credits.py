"""Whom the models are owed to, as their cards say."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from desktop.places import ASSETS

BUNDLED: Final = ASSETS / "models"
_CARD: Final = "card.json"


@dataclass(frozen=True, slots=True)
class ModelCredit:
    """One model.

    Attributes:
        name: of the model.
        licence: of its weights; empty where the card names none.
        data: what it was trained on.
        attribution: the works that it was made from.
    """

    name: str
    licence: str
    data: str
    attribution: tuple[str, ...]


def model_credits(folders: Iterable[Path]) -> list[ModelCredit]:
    """Read the cards of all models in some folders; one that cannot be read is named nevertheless."""
    cards = [card for folder in folders for card in sorted(folder.glob(f"*/{_CARD}"))]
    return [_read(card) for card in cards]


def _read(card: Path) -> ModelCredit:
    try:
        content = json.loads(card.read_text("utf-8"))
    except (OSError, ValueError):
        content = None
    content = _section(content)
    training = _section(content.get("training"))
    data = _section(training.get("data"))
    return ModelCredit(
        _text(content.get("name")) or card.parent.name,
        _text(content.get("licence")) or _text(data.get("licence")),
        _text(training.get("data")) or _text(data.get("name")),
        tuple(map(_work, _list(training.get("attribution")) or _list(data.get("sources")))),
    )


def _work(source: Any) -> str:
    """A work as one line, whether its card describes it in words or field by field."""
    return ", ".join(map(str, source.values())) if isinstance(source, dict) else str(source)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _section(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
