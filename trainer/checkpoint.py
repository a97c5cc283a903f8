"""Checkpoints: everything a training needs to go on exactly, written whole or not at all."""

from pathlib import Path
from typing import Any

import torch

from engine.errors import ModelError
from engine.files import replacing

FORMAT = 1


def save_checkpoint(path: Path, content: dict[str, Any]) -> None:
    """Write a checkpoint; an older one under the same name stays until the new one is whole.

    Raises:
        ModelError: the disk is full or the folder cannot be written to.
    """
    try:
        with replacing(path) as file:
            torch.save({"format": FORMAT, **content}, file)
    except (OSError, RuntimeError) as error:
        raise ModelError(
            f"The checkpoint {path} cannot be written: {error}.",
            "Free disk space or choose another --out; the older one is intact.",
        ) from error


def load_checkpoint(path: Path) -> dict[str, Any]:
    """Read a checkpoint; nothing but tensors and plain values is ever unpickled.

    Raises:
        ModelError: it is missing, damaged, or of another format.
    """
    try:
        content: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError:
        raise ModelError(f"The checkpoint {path} does not exist.", "Check the path.") from None
    except Exception as error:
        raise ModelError(f"The checkpoint {path} is damaged: {error}.", "Use an older checkpoint.") from error
    if content.get("format") != FORMAT:
        raise ModelError(f"The checkpoint {path} has format {content.get('format')}, not {FORMAT}.", "Train anew.")
    return content
