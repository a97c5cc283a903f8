"""Compositors by name."""

import difflib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from engine.compositor.detail import DetailCompositor, DetailSettings
from engine.compositor.protocol import Compositor
from engine.compositor.replace import ReplaceCompositor
from engine.edit_scope import EVERYWHERE, RegionStrengths
from engine.errors import ProjectError

_BY_MODE: Final[Mapping[str, Callable[[RegionStrengths], Compositor]]] = MappingProxyType(
    {"detail": lambda regions: DetailCompositor(DetailSettings(regions=regions)), "replace": ReplaceCompositor}
)
MODES: Final = tuple(_BY_MODE)
"""Names of the compositors, the default first."""


def compositor(mode: str = MODES[0], regions: RegionStrengths = EVERYWHERE) -> Compositor:
    """Return the compositor called `mode`, whose edits show as strongly as `regions` say.

    Raises:
        ProjectError: the name is not in `MODES`.
    """
    make = _BY_MODE.get(mode)
    if make is None:
        near = difflib.get_close_matches(mode, MODES, n=1)
        hint = f"Did you mean {near[0]!r}? " if near else ""
        raise ProjectError(f"There is no compositing mode called {mode!r}.", f"{hint}Modes: {', '.join(MODES)}.")
    return make(regions)
