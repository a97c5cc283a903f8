"""Checks of the Python packages: which version is installed, and whether it can be imported."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from typing import Final, NamedTuple

from engine.commands.health.check import Check, Status, import_module
from engine.errors import EngineError
from engine.native_logging import quiet_native_libraries
from engine.terminal.missing_software import missing_package


class _Package(NamedTuple):
    """A package to import.

    Attributes:
        distributions: the names it may be installed under.
        module: the module whose import loads its native code; empty where importing takes long and proves little.
        loss: what does not work without it; empty where nothing does.
    """

    distributions: tuple[str, ...]
    module: str
    loss: str = ""


_PACKAGES: Final = (
    _Package(("numpy",), "numpy"),
    _Package(("opencv-contrib-python",), "cv2"),
    _Package(("av",), "av"),
    _Package(("mediapipe",), "mediapipe"),
    _Package(("onnxruntime-gpu", "onnxruntime"), "onnxruntime"),
    _Package(("pydantic",), "pydantic"),
    _Package(("safetensors",), "safetensors"),
    _Package(("torch",), "torch", "Training and the torch backend do not work."),
    _Package(("torchvision",), "", "Training does not work."),
    _Package(("lightning",), "", "Training does not work."),
    _Package(("PySide6",), "PySide6.QtWidgets", "The desktop application does not work."),
)


def check_packages() -> Iterator[Check]:
    """Look up the version of every package that much depends on, and import those with native code."""
    return map(_check_package, _PACKAGES)


def _check_package(package: _Package) -> Check:
    name = package.distributions[0].removesuffix("-gpu")
    try:
        if package.module:
            with quiet_native_libraries():
                import_module(package.module)
        return Check(name, Status.OK, _installed_version(package.distributions))
    except EngineError as error:
        status = Status.WARN if package.loss else Status.FAIL
        return Check(name, status, f"{error.message} {package.loss}".rstrip(), error.remedy)


def _installed_version(distributions: tuple[str, ...]) -> str:
    """The first of `distributions` that is installed, with its version; EngineError where none is."""
    for distribution in distributions:
        try:
            return f"{distribution} {version(distribution)}"
        except PackageNotFoundError:
            continue
    raise missing_package(distributions[0])
