"""Writing a bundle so that the folder is whole or as it was before."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from engine.bundle.bundle import Bundle
from engine.bundle.card import CARD_NAME, BundleCard, FileRecord
from engine.errors import ModelError
from engine.files import replacing_folder


def write_bundle(folder: Path, card: BundleCard, files: Mapping[str, bytes], *, overwrite: bool = False) -> Bundle:
    """Write a bundle in one step.

    Everything goes to a new folder beside `folder` and reaches the disk before it takes the name over.

    Args:
        folder: where the bundle shall lie; its parent folders are made.
        card: the description; its `files` are filled in here.
        files: content by relative name.
        overwrite: replace a bundle that is there already. A folder that holds anything else is never replaced.

    Raises:
        ModelError: `folder` exists, a name leads out of it, or it cannot be written.
    """
    records = {
        name: FileRecord(sha256=hashlib.sha256(data).hexdigest(), bytes=len(data)) for name, data in files.items()
    }
    try:
        card = BundleCard.model_validate({**dict(card), "files": records})
    except ValueError as error:
        raise ModelError(f"The model {card.name!r} cannot be written: {error}.", "Use plain file names.") from error
    _check_free(folder, overwrite=overwrite)
    try:
        with replacing_folder(folder) as part:
            for name, data in {**files, CARD_NAME: _format(card)}.items():
                (part / name).parent.mkdir(parents=True, exist_ok=True)
                (part / name).write_bytes(data)
    except OSError as error:
        raise ModelError(
            f"The model {folder} cannot be written: {error.strerror or error}.",
            "Free disk space or choose another folder.",
        ) from error
    return Bundle(folder, card)


def _check_free(folder: Path, *, overwrite: bool) -> None:
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    if not (folder / CARD_NAME).is_file():
        raise ModelError(f"{folder} exists and is not a model.", "Choose another name; it is not replaced.")
    if not overwrite:
        raise ModelError(f"There is a model in {folder} already.", "Choose another name, or ask for it to be replaced.")


def _format(card: BundleCard) -> bytes:
    text = json.dumps(card.model_dump(mode="json"), allow_nan=False, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()
