"""Strict JSON: what the standard parser lets pass, a project file must not contain."""

import json
from collections.abc import Iterator

from engine.errors import ProjectError


def parse_json(data: bytes) -> object:
    """Parse UTF-8 JSON; ProjectError with line and column where it is broken, and with its path for a duplicate key.

    NaN, Infinity and numbers beyond float64 come back as non-finite floats, for the schema to refuse where they stand.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProjectError(f"Line {line} is not UTF-8 text.", "Save the file in the UTF-8 encoding.") from None
    if not text.strip():
        raise ProjectError("The file is empty.", "Restore it from a backup or from the autosave.")
    faulty: list[_DuplicateKeyObject] = []

    def make_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
        members = dict(pairs)
        if len(members) < len(pairs):
            keys = [key for key, _ in pairs]
            members = _DuplicateKeyObject(members, repeated=next(key for key in keys if keys.count(key) > 1))
            faulty.append(members)
        return members

    try:
        document = json.loads(text, object_pairs_hook=make_object)
        path = next(_repeated_keys(document, "$")) if faulty else None
    except json.JSONDecodeError as error:
        raise ProjectError(
            f"Line {error.lineno}, column {error.colno} is not JSON: {error.msg}.",
            "Correct it there, or restore the file from a backup.",
        ) from None
    except (ValueError, RecursionError):
        raise ProjectError(
            "The file holds a number of thousands of digits, or lists within lists without end.",
            "Restore it from a backup.",
        ) from None
    if path is not None:
        raise ProjectError(f"{path} is given twice.", "Remove one of the two.")
    return document


def format_json(document: object) -> bytes:
    """Write UTF-8 JSON with sorted keys, indented by two: equal documents give equal bytes."""
    text = json.dumps(document, allow_nan=False, ensure_ascii=False, indent=2, sort_keys=True)
    return f"{text}\n".encode()


def child_path(path: str, key: str | int) -> str:
    """Return the JSON path of a member or an item of the value at `path`: $.tracks.AU12, $.keyframes[3], $["a b"]."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if key.isidentifier() else f"{path}[{json.dumps(key)}]"


class _DuplicateKeyObject(dict[str, object]):
    """A JSON object that gives a key twice; the parser makes it before its place in the document is known."""

    def __init__(self, members: dict[str, object], repeated: str) -> None:
        super().__init__(members)
        self.repeated = repeated


def _repeated_keys(value: object, path: str) -> Iterator[str]:
    if isinstance(value, _DuplicateKeyObject):
        yield child_path(path, value.repeated)
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from _repeated_keys(member, child_path(path, key))
