"""One finding about this installation."""

import importlib
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType

from engine.errors import EngineError
from engine.terminal.missing_software import explain_missing_software


class Status(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """What was looked at, how it is, and what to do.

    Attributes:
        name: what was looked at.
        status: FAIL where photos and videos cannot be animated without it, WARN where something less is lost.
        detail: what was found, one sentence or a list of names.
        remedy: what to do; empty where there is nothing to do.
    """

    name: str
    status: Status
    detail: str
    remedy: str = ""


def import_module(name: str) -> ModuleType:
    """Import a package to be examined.

    Raises:
        EngineError: it cannot be imported; says what is missing.
    """
    try:
        return importlib.import_module(name)
    except (ImportError, OSError) as error:
        explained = explain_missing_software(error)
        if explained is None:
            raise EngineError(
                f"{name} cannot be imported: {error}", "Install it anew with: uv sync --reinstall"
            ) from error
        raise explained from error
