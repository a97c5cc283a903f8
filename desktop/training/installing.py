"""Puts a model into the folder of the person's own models, whole or not at all."""

import re
import shutil
from pathlib import Path
from typing import Final

from engine.bundle import BUNDLED_MODELS, CARD_NAME, Bundle, available_bundles
from engine.errors import ModelError
from engine.files import replacing_folder

_NAME: Final = re.compile(r"\w[\w.-]{0,59}", re.ASCII)


def fault_of_name(name: str) -> str:
    """Return why no model can have this name, "" where one can."""
    if not name:
        return "A model needs a name."
    if not _NAME.fullmatch(name) or name.endswith("."):
        return "Use letters, digits, dots, hyphens and underscores, at most 60."
    if name in available_bundles(BUNDLED_MODELS):
        return f"The name {name} belongs to a model that comes with the program."
    return ""


def is_taken(name: str, models: Path) -> bool:
    """Whether something in the folder of models has the name."""
    return (models / name).exists()


def install(bundle: Path, models: Path, name: str, *, replace: bool = False) -> Path:
    """Check a bundle, copy what its card names, and check the copy before it takes its name.

    Args:
        bundle: folder of the model.
        models: folder of the person's models; it is made where it does not exist.
        name: that the model shall have there.
        replace: whether a model of that name gives way.

    Returns:
        The folder of the copy.

    Raises:
        ModelError: the bundle is damaged, the name cannot be had, or the copy cannot be written.
    """
    if fault := fault_of_name(name):
        raise ModelError(fault, "Choose another name.")
    target = models / name
    if target.exists() and not replace:
        raise ModelError(f"There is a model called {name} already.", "Choose another name, or let it be replaced.")
    if target.exists() and not (target / CARD_NAME).is_file():
        raise ModelError(f"{target} is not a model.", "Choose another name; it is not replaced.")
    loaded = Bundle.load(bundle)
    try:
        with replacing_folder(target) as part:
            for file in (CARD_NAME, *loaded.card.files):
                (part / file).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(bundle / file, part / file)
            Bundle.load(part)
    except OSError as error:
        raise ModelError(
            f"The model cannot be copied to {target}: {error.strerror or error}.",
            "Free disk space, or choose another folder.",
        ) from error
    return target
