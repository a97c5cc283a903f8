"""Models by name: those that come with the program, or any folder."""

import difflib
from pathlib import Path
from typing import Final

from engine.bundle.card import CARD_NAME
from engine.errors import ModelError

BUNDLED_MODELS: Final = Path(__file__).resolve().parents[2] / "assets" / "models"
"""Folder of the models that come with the program."""


def available_bundles(models: Path = BUNDLED_MODELS) -> tuple[str, ...]:
    """Names of the bundles in the folder `models`, sorted; empty where there is no such folder."""
    return tuple(sorted(card.parent.name for card in models.glob(f"*/{CARD_NAME}")))


def find_bundle(name_or_path: str | Path, models: Path = BUNDLED_MODELS) -> Path:
    """Return the folder of the bundle called `name_or_path` among `models`, or the folder at that path.

    Raises:
        ModelError: there is neither; names the most similar one.
    """
    name, path, names = str(name_or_path), Path(name_or_path), available_bundles(models)
    if name in names:
        return models / name
    if path.is_dir():
        return path
    if path.is_file():
        raise ModelError(f"{path} is a file, and a model is a folder with a {CARD_NAME}.", "Choose its folder.")
    in_lower_case = {known.lower(): known for known in names}
    near = difflib.get_close_matches(name.lower(), in_lower_case, n=1)
    hint = f"Did you mean {in_lower_case[near[0]]!r}? " if near else ""
    choice = f"Models: {', '.join(names)}; or" if names else "No model comes with the program;"
    raise ModelError(f"There is no model called {name!r}.", f"{hint}{choice} give the path of a bundle's folder.")
