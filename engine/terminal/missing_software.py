"""Explain import failures: which system library or Python package is missing, and the command that installs it."""

import platform
import re
from dataclasses import dataclass
from typing import Final

from engine.errors import EngineError

_MISSING_LIBRARY: Final = re.compile(r"(?P<file>lib[\w.+-]+?\.so[\d.]*): cannot open shared object file")
_OWN_PACKAGES: Final = {"engine", "trainer", "desktop"}


@dataclass(frozen=True, slots=True)
class _Packages:
    """Names of the package that holds a library, by distribution."""

    debian: str
    fedora: str
    arch: str


_PACKAGES: Final = {
    "libEGL.so.1": _Packages("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": _Packages("libgl1", "libglvnd-glx", "libglvnd"),
    "libGLESv2.so.2": _Packages("libgles2", "libglvnd-gles", "libglvnd"),
    "libICE.so.6": _Packages("libice6", "libICE", "libice"),
    "libSM.so.6": _Packages("libsm6", "libSM", "libsm"),
    "libX11.so.6": _Packages("libx11-6", "libX11", "libx11"),
    "libXext.so.6": _Packages("libxext6", "libXext", "libxext"),
    "libdbus-1.so.3": _Packages("libdbus-1-3", "dbus-libs", "dbus"),
    "libfontconfig.so.1": _Packages("libfontconfig1", "fontconfig", "fontconfig"),
    "libfreetype.so.6": _Packages("libfreetype6", "freetype", "freetype2"),
    "libglib-2.0.so.0": _Packages("libglib2.0-0", "glib2", "glib2"),
    "libgomp.so.1": _Packages("libgomp1", "libgomp", "gcc-libs"),
    "libgthread-2.0.so.0": _Packages("libglib2.0-0", "glib2", "glib2"),
    "libpulse.so.0": _Packages("libpulse0", "pulseaudio-libs", "libpulse"),
    "libxcb-cursor.so.0": _Packages("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb.so.1": _Packages("libxcb1", "libxcb", "libxcb"),
    "libxkbcommon.so.0": _Packages("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
}


def explain_missing_software(error: BaseException) -> EngineError | None:
    """Return what is missing on this machine and how to install it, or None where `error` is about something else."""
    if found := _MISSING_LIBRARY.search(str(error)):
        return missing_library(found["file"])
    if isinstance(error, ImportError) and str(error).startswith("DLL load failed"):
        return EngineError(
            f"{error}", "Install the Microsoft Visual C++ Redistributable for Visual Studio, 64 bit, from Microsoft."
        )
    if isinstance(error, ModuleNotFoundError) and error.name and error.name.partition(".")[0] not in _OWN_PACKAGES:
        return missing_package(error.name.partition(".")[0])
    return None


def missing_package(name: str) -> EngineError:
    """Return the error for the missing Python package `name`."""
    return EngineError(
        f"The Python package {name!r} is not installed.",
        "Start the program with `uv run`, which installs what it needs; get uv with `pip install uv`.",
    )


def missing_library(file_name: str) -> EngineError:
    """Return the error for a missing system library, with the command that installs it on this distribution.

    Args:
        file_name: as the dynamic loader asks for it, for instance "libGL.so.1".
    """
    message = f"The system library {file_name} is not installed."
    packages = _PACKAGES.get(file_name)
    if packages is None:
        return EngineError(message, f"Install the package of your distribution that holds {file_name}.")
    commands = {
        "debian": f"sudo apt-get install {packages.debian}",
        "fedora": f"sudo dnf install {packages.fedora}",
        "arch": f"sudo pacman -S {packages.arch}",
    }
    for family in _distribution_families():
        if family in commands:
            return EngineError(message, f"Install it with: {commands[family]}")
    return EngineError(
        message,
        f"Install it with: {commands['debian']} (Debian, Ubuntu), {commands['fedora']} (Fedora) "
        f"or {commands['arch']} (Arch).",
    )


def _distribution_families() -> list[str]:
    """This distribution's own name and those it derives from, nearest first; none outside Linux."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return []
    return [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
