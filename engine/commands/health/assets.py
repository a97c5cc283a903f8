"""Checks of the models that come with the program: whether they are there, whole, and can be loaded."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

from engine.commands.health.check import Check, Status, import_module
from engine.errors import EngineError
from engine.native_logging import quiet_native_libraries
from engine.terminal.missing_software import explain_missing_software

_MODELS: Final = Path(__file__).resolve().parents[3] / "assets" / "models"
_RESTORE: Final = "Restore assets/models from the repository: git checkout -- assets/models"


def check_assets(models: Path = _MODELS) -> Iterator[Check]:
    """Look at the models that find and read faces, and at every model bundle in the folder `models`."""
    yield from _check_single_files(models)
    yield _check_start("Face landmarker", "engine.faces.landmarker", lambda it: it.FaceLandmarker("image").close())
    yield _check_start("Expression estimator", "engine.faces.expression", lambda it: it.ExpressionEstimator())
    yield from _check_bundles(models)


def _check_single_files(models: Path) -> Iterator[Check]:
    """Compare the files that stand outside bundles with the list SHA256SUMS, in the format of `sha256sum`."""
    try:
        lines = (models / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    except OSError as error:
        yield Check("Model files", Status.FAIL, f"{models / 'SHA256SUMS'} cannot be read: {error.strerror}", _RESTORE)
        return
    for line in lines:
        expected, name = line.split(maxsplit=1)
        path = models / name.lstrip("*")
        if not path.is_file():
            yield Check(path.name, Status.FAIL, f"{path} is missing", _RESTORE)
        elif _sha256(path) != expected:
            yield Check(path.name, Status.FAIL, f"{path} is damaged: its SHA-256 is not {expected}", _RESTORE)
        else:
            yield Check(path.name, Status.OK, f"whole, SHA-256 {expected[:12]}…")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check_start(name: str, module: str, start: Callable[[ModuleType], object]) -> Check:
    """Load a stage that comes with a model of its own; its native library may be loaded only then."""
    try:
        with quiet_native_libraries():
            start(import_module(module))
    except EngineError as error:
        return Check(name, Status.FAIL, error.message, error.remedy)
    except OSError as error:
        missing = explain_missing_software(error)
        return Check(name, Status.FAIL, missing.message if missing else str(error), missing.remedy if missing else "")
    return Check(name, Status.OK, "starts")


def _check_bundles(models: Path) -> Iterator[Check]:
    """Load every model bundle, which checks the hashes of its files."""
    try:
        bundle = import_module("engine.bundle")
    except EngineError as error:
        yield Check("Models", Status.FAIL, error.message, error.remedy)
        return
    names = bundle.available_bundles(models)
    if not names:
        yield Check("Models", Status.FAIL, f"there is no model bundle in {models}", _RESTORE)
    for name in names:
        try:
            files = bundle.Bundle.load(models / name).card.files
        except EngineError as error:
            yield Check(name, Status.FAIL, error.message, error.remedy)
        else:
            yield Check(name, Status.OK, f"whole, {len(files)} files")
