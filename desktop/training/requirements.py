"""What training needs and editing does not; a program that was installed without it still shows the page."""

import importlib.util
from typing import Final

from engine.errors import EngineError

_NEEDED: Final = ("trainer", "torch", "torchvision", "lightning", "pytorch_msssim", "onnxscript")


def missing_for_training() -> EngineError | None:
    """Return what is missing and how to get it, None where training can start; nothing is imported."""
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if not missing:
        return None
    return EngineError(
        f"Training needs software that is not installed: {', '.join(missing)}.",
        "Start the program from its source folder with `uv run main.py`, which installs it (about 3 GB with a GPU's "
        "libraries); get uv with `pip install uv`.",
    )
