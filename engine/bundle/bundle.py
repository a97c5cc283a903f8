"""A bundle on disk: the card is read, then every file's hash is checked, and only then may anything be used."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from engine.bundle.card import CARD_NAME, FORMAT_VERSION, BundleCard, FileRecord
from engine.errors import ModelError

_COPY_AGAIN: Final = "Copy the whole folder again, or install the model again."
_GET_ANOTHER: Final = "Use a model that was exported for this version of the program."


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose files were whole when it was loaded.

    Attributes:
        folder: where it lies.
        card: its description.
    """

    folder: Path
    card: BundleCard

    @classmethod
    def load(cls, folder: Path) -> "Bundle":
        """Read the card of `folder` and check the hash of every file it names; nothing else is parsed.

        Raises:
            ModelError: the folder, the card or a file is missing, damaged, or made for another version of the program.
        """
        if not folder.is_dir():
            raise ModelError(
                f"There is no model in {folder}: the folder does not exist.", "Check the path or the model's name."
            )
        card = read_card(folder / CARD_NAME)
        for name, record in card.files.items():
            _check_file(folder / name, record)
        return cls(folder, card)

    def has(self, *names: str) -> bool:
        """Whether the bundle holds all files called `names`."""
        return all(name in self.card.files for name in names)

    def read(self, name: str) -> bytes:
        """Return a file's content; what is returned is what was hashed, even if the file changed since `load`.

        Raises:
            ModelError: the bundle has no such file, or it is no longer what the card says.
        """
        if name not in self.card.files:
            raise ModelError(
                f"The model {self.card.name!r} in {self.folder} has no {name}.", "Export it again with all its files."
            )
        path = self.folder / name
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _unreadable(path, error) from error
        _compare(path, len(content), hashlib.sha256(content).hexdigest(), self.card.files[name])
        return content


def read_card(path: Path) -> BundleCard:
    """Read and validate a card.

    Raises:
        ModelError: it is missing, is not JSON, has another format version, or breaks rules; all of them are named.
    """
    try:
        text = path.read_bytes()
        document = json.loads(text)
    except FileNotFoundError:
        raise ModelError(
            f"There is no model in {path.parent}: it has no {path.name}.", "Choose the folder of a model bundle."
        ) from None
    except OSError as error:
        raise _unreadable(path, error) from error
    except (ValueError, RecursionError) as error:  # JSONDecodeError and UnicodeDecodeError are ValueErrors
        raise ModelError(f"The card {path} is not JSON: {error}.", _COPY_AGAIN) from error
    version = document.get("format_version") if isinstance(document, dict) else None
    if version != FORMAT_VERSION:
        newer = isinstance(version, int) and version > FORMAT_VERSION
        raise ModelError(
            f"The card {path} has format version {version!r}; this program reads {FORMAT_VERSION}.",
            "Update the program." if newer else _GET_ANOTHER,
        )
    try:
        return BundleCard.model_validate_json(text)
    except ValidationError as error:
        faults = "; ".join(f"{_place(fault['loc'])}{_reason(fault['msg'])}" for fault in error.errors())
        raise ModelError(f"The card {path} is not valid: {faults}.", _GET_ANOTHER) from error


def _place(location: tuple[int | str, ...]) -> str:
    return f"{'.'.join(map(str, location))}: " if location else ""


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")


def _check_file(path: Path, record: FileRecord) -> None:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = file.tell()
    except FileNotFoundError:
        raise ModelError(f"The model's file {path} is missing.", _COPY_AGAIN) from None
    except OSError as error:
        raise _unreadable(path, error) from error
    _compare(path, size, digest, record)


def _compare(path: Path, size: int, digest: str, record: FileRecord) -> None:
    if size != record.bytes:
        raise ModelError(
            f"The model's file {path} is not whole: it has {size} bytes instead of {record.bytes}.", _COPY_AGAIN
        )
    if digest != record.sha256:
        raise ModelError(
            f"The model's file {path} is damaged or was changed: its SHA-256 is {digest[:12]}…, "
            f"the card says {record.sha256[:12]}….",
            _COPY_AGAIN,
        )


def _unreadable(path: Path, error: OSError) -> ModelError:
    return ModelError(f"{path} cannot be read: {error.strerror or error}.", "Check the permissions of the folder.")
