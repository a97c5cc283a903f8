"""What the schema found wrong with a document, said in the project's own words and with JSON paths."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from engine.errors import ProjectError
from engine.project.json_text import child_path
from engine.project.track import IntensityRangeError

_SHOWN_CHARACTERS: Final = 40
_EXPECTED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "bool_type": "true or false",
        "dict_type": "an object {...}",
        "finite_number": "a finite number",
        "float_type": "a number",
        "int_type": "a whole number",
        "list_type": "a list [...]",
        "model_type": "an object {...}",
        "string_type": "a text",
    }
)


def to_project_error(error: ValidationError) -> ProjectError:
    """Describe the first fault and count the others; IntensityRangeError where clipping would mend them all."""
    faults = error.errors(include_url=False)
    message, remedy = _describe(faults[0])
    others = f" {len(faults) - 1} more of its values are not valid." if len(faults) > 1 else ""
    clippable = all(fault["type"] == "intensity_range" for fault in faults)
    return (IntensityRangeError if clippable else ProjectError)(message + others, remedy)


def _describe(fault: ErrorDetails) -> tuple[str, str]:
    """Return the message and the remedy of one fault."""
    context: Mapping[str, Any] = fault.get("ctx", {})
    path = "$"
    for key in (*fault["loc"], *context.get("at", ())):
        path = child_path(path, key)
    if "remedy" in context:
        return f"{path}: {context['message']}", context["remedy"]
    if fault["type"] == "missing":
        return f"{path} is missing.", "Add it, or restore the file from a backup."
    expected = _EXPECTED.get(fault["type"]) or f"one of {context['expected']}"
    return f"{path} must be {expected}, not {_shown(fault['input'])}.", "Correct it, or restore the file from a backup."


def _shown(value: object) -> str:
    """Show a JSON value in few characters."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    text = json.dumps(value)
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."
