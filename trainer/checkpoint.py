"""Checkpoints: everything a training needs to go on exactly, written whole or not at all."""

from pathlib import Path
from typing import Any, Final

import torch

from engine.errors import ModelError
from engine.files import replacing

_FORMAT: Final = 1


def save_checkpoint(path: Path, content: dict[str, Any]) -> None:
    """Write a checkpoint; an older one under the same name stays until the new one is whole.

    Raises:
        ModelError: the disk is full or the folder cannot be written to.
    """
    try:
        with replacing(path) as file:
            torch.save({"format": _FORMAT, **content}, file)
    except (OSError, RuntimeError) as error:  # torch turns some of the file's errors into the latter
        remedy = "Free disk space or choose another --out" + ("; the older one is intact." if path.is_file() else ".")
        raise ModelError(f"The checkpoint {path} cannot be written: {error}.", remedy) from error


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint onto the CPU; nothing but tensors and plain values is ever unpickled.

    Raises:
        ModelError: it is missing, damaged, or of another format.
    """
    try:
        content = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise ModelError(f"The checkpoint {path} does not exist.", "Check the path.") from None
    except Exception as error:  # of any kind: the unpickler follows whatever the damaged bytes say
        raise ModelError(
            f"The checkpoint {path} is damaged, or is none: {_first_line(error)}.", "Use an older checkpoint."
        ) from error
    found = content.get("format") if isinstance(content, dict) else None
    if found != _FORMAT:
        raise ModelError(f"{path} is not a checkpoint of this version of the trainer.", "Choose another checkpoint.")
    return content


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
