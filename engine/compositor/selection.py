"""Compositors by name."""

import difflib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from engine.compositor.detail import DetailCompositor
from engine.compositor.protocol import Compositor
from engine.compositor.replace import ReplaceCompositor
from engine.errors import ProjectError

_BY_MODE: Final[Mapping[str, Callable[[], Compositor]]] = MappingProxyType(
    {"detail": DetailCompositor, "replace": ReplaceCompositor}
)
MODES: Final = tuple(_BY_MODE)
"""Names of the compositors, the default first."""


def compositor(mode: str = MODES[0]) -> Compositor:
    """Return the compositor called `mode` with its default settings; ProjectError for a name that is not in `MODES`."""
    make = _BY_MODE.get(mode)
    if make is None:
        near = difflib.get_close_matches(mode, MODES, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise ProjectError(f"There is no compositing mode called {mode!r}.", f"{hint}Modes: {', '.join(MODES)}.")
    return make()
