"""Third-party libraries that the program brings along, and their licences, as their packages state them."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import Final

from desktop.about.version import ROOT

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LICENCE_FILE: Final = re.compile(r"(licen[cs]e|copying|notice|authors|copyright)", re.IGNORECASE)
_LONGEST_NAME: Final = 60
"""Some packages put the whole text where its name belongs."""


@dataclass(frozen=True, slots=True)
class Library:
    """One package.

    Attributes:
        name, version: as installed.
        licence: its name; "see its text" where the package names none.
        home: its page, or nothing.
        texts: the files of licences and notices that it carries.
    """

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[Path, ...]

    def text(self) -> str:
        """Read the licence; it may be long."""
        read = (path.read_text("utf-8", "replace").strip() for path in self.texts if path.is_file())
        return "\n\n\n".join(read)


def bundled_libraries(root: Path = ROOT) -> list[Library]:
    """Return what the program depends on and what that depends on in turn, by name.

    Where there is no pyproject.toml, as in an installed program, all that is there was brought along.
    """
    try:
        project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    except (OSError, tomllib.TOMLDecodeError, KeyError):
        found: Iterable[Distribution] = distributions()
    else:
        extras = [text for texts in project.get("optional-dependencies", {}).values() for text in texts]
        found = _needed_by([*project["dependencies"], *extras])
    by_name = {library.name.lower(): library for library in map(_describe, found)}
    return [by_name[name] for name in sorted(by_name)]


def _needed_by(requirements: Iterable[str]) -> list[Distribution]:
    """Follow requirements to the packages that are installed; what an extra of a package needs is not followed."""
    waiting, seen, found = list(requirements), set[str](), list[Distribution]()
    while waiting:
        match = _NAME.match(waiting.pop())
        name = re.sub(r"[-_.]+", "-", match[0]).lower() if match else ""
        if not name or name in seen:
            continue
        seen.add(name)
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # for another platform
        found.append(package)
        waiting += [text for text in package.requires or () if "extra ==" not in text]
    return found


def _describe(package: Distribution) -> Library:
    metadata = package.metadata
    files = tuple(
        Path(str(package.locate_file(file))) for file in package.files or () if _is_licence(file.parts, file.name)
    )
    return Library(metadata["Name"], package.version, _licence_name(package), _home(package), files)


def _is_licence(parts: tuple[str, ...], name: str) -> bool:
    in_metadata = any(part.endswith(".dist-info") for part in parts)
    return in_metadata and _LICENCE_FILE.search(name) is not None


def _licence_name(package: Distribution) -> str:
    stated = _field(package, "License-Expression") or _field(package, "License")
    if stated and "\n" not in stated and len(stated) <= _LONGEST_NAME:
        return stated
    classifiers = [text for text in package.metadata.get_all("Classifier") or () if text.startswith("License :: ")]
    names = [text.rpartition(" :: ")[2] for text in classifiers if not text.endswith("OSI Approved")]
    return ", ".join(names) or "see its text"


def _home(package: Distribution) -> str:
    metadata = package.metadata
    pages = {
        name.strip().lower(): address.strip()
        for name, _comma, address in (text.partition(",") for text in metadata.get_all("Project-URL") or ())
    }
    stated = [_field(package, "Home-page"), *(pages.get(name, "") for name in ("homepage", "repository", "source"))]
    home = next(filter(None, stated), "")
    return home if home.startswith("http") else ""


def _field(package: Distribution, name: str) -> str:
    return package.metadata[name].strip() if name in package.metadata else ""
