"""Models by name: those that come with the program, those that a person has added, or any folder."""

import difflib
import json
from pathlib import Path
from typing import Final

import platformdirs

from engine.bundle.card import CARD_NAME
from engine.errors import ModelError

BUNDLED_MODELS: Final = Path(__file__).resolve().parents[2] / "assets" / "models"
"""Folder of the models that come with the program."""
INSTALLED_MODELS: Final = Path(platformdirs.user_data_dir("eggan-studio", appauthor=False)) / "models"
"""Folder of the models that a person has added; it need not exist."""


def available_bundles(models: Path = BUNDLED_MODELS) -> tuple[str, ...]:
    """Names of the bundles in the folder `models`, sorted; empty where there is no such folder."""
    return tuple(sorted(card.parent.name for card in models.glob(f"*/{CARD_NAME}") if not _is_of_another_kind(card)))


def _is_of_another_kind(card: Path) -> bool:
    """Whether a card describes networks that do not edit faces, as the expression estimator's does."""
    try:
        return "kind" not in json.loads(card.read_bytes())["architecture"]
    except (OSError, ValueError, KeyError, TypeError):
        return False  # a damaged card is a damaged bundle's


def find_bundle(name_or_path: str | Path, *folders: Path) -> Path:
    """Return the folder of the bundle called `name_or_path` in the first of `folders` that has it, or at that path.

    Args:
        name_or_path: a name goes before a path.
        folders: by default, of the models that come with the program, and of those that were added.

    Raises:
        ModelError: there is neither; names the most similar one.
    """
    name, path = str(name_or_path), Path(name_or_path)
    places = {known: folder / known for folder in reversed(folders or _FOLDERS) for known in available_bundles(folder)}
    names = sorted(places)
    if name in places:
        return places[name]
    if path.is_dir():
        return path
    if path.is_file():
        raise ModelError(f"{path} is a file, and a model is a folder with a {CARD_NAME}.", "Choose its folder.")
    in_lower_case = {known.lower(): known for known in names}
    near = difflib.get_close_matches(name.lower(), in_lower_case, n=1)
    hint = f"Did you mean {in_lower_case[near[0]]!r}? " if near else ""
    choice = f"Models: {', '.join(names)}; or" if names else "No model comes with the program;"
    raise ModelError(f"There is no model called {name!r}.", f"{hint}{choice} give the path of a bundle's folder.")


_FOLDERS: Final = (BUNDLED_MODELS, INSTALLED_MODELS)
