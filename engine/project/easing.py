"""Easings: how a value travels from one keyframe to the next."""

import difflib
import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from engine.errors import ProjectError
from engine.project.bezier import UnitBezier

ControlPoints: TypeAlias = tuple[float, float, float, float]
"""x1, y1, x2, y2."""
OVERSHOOT_LIMIT: Final = 10.0
"""The y of a control point may lie within -10..10."""
_BEZIER: Final = "cubic-bezier"


@dataclass(frozen=True, slots=True)
class Easing:
    """A curve from 0 at the start of a segment to 1 at its end. Choose one of the constants or call `cubic_bezier`.

    Attributes:
        name: one of `EASINGS`, or "cubic-bezier".
        control: (x1, y1, x2, y2) of a "cubic-bezier", otherwise None.
    """

    name: str
    control: ControlPoints | None = None
    _curve: Callable[[float], float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        curve = _CURVES.get(self.name) if self.control is None else None
        if self.control is not None and self.name == _BEZIER:
            curve = UnitBezier(*_checked_control(self.control))
        if curve is None:
            raise ProjectError(f"There is no easing {self.name!r} with control points {self.control}.", _CHOICES)
        object.__setattr__(self, "_curve", curve)

    @property
    def control_points(self) -> ControlPoints | None:
        """Return x1, y1, x2, y2 of the Bézier curve that this easing is; None for "hold" and "linear"."""
        curve = self._curve
        return (curve.x1, curve.y1, curve.x2, curve.y2) if isinstance(curve, UnitBezier) else None

    def __call__(self, progress: float) -> float:
        """Return how far the value has come, 0 at the start and 1 at the end; a Bézier may go outside 0..1.

        Args:
            progress: the share of the segment's time that has passed, 0..1. "hold" stays 0 to the end: the next
                keyframe brings its own value.
        """
        return self._curve(progress)


def cubic_bezier(x1: float, y1: float, x2: float, y2: float) -> Easing:
    """Return the easing of CSS's cubic-bezier(x1, y1, x2, y2) with x in 0..1; y, in -10..10, may overshoot."""
    return Easing(_BEZIER, (float(x1), float(y1), float(x2), float(y2)))


def parse_easing(stored: object) -> Easing:
    """Read an easing from its stored form: a name, or {"cubic-bezier": [x1, y1, x2, y2]}."""
    match stored:
        case str(name) if name in EASINGS:
            return EASINGS[name]
        case {"cubic-bezier": [x1, y1, x2, y2], **rest} if not rest and all(map(_is_number, (x1, y1, x2, y2))):
            return cubic_bezier(_to_float(x1), _to_float(y1), _to_float(x2), _to_float(y2))
    near = difflib.get_close_matches(stored, EASINGS, n=1) if isinstance(stored, str) else []
    hint = f'Did you mean "{near[0]}"? ' if near else ""
    raise ProjectError(f"{stored!r} is not an easing.", hint + _CHOICES)


def format_easing(easing: Easing) -> str | dict[str, list[float]]:
    """Write an easing in its stored form, the one `parse_easing` reads."""
    return easing.name if easing.control is None else {easing.name: list(easing.control)}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _to_float(number: float) -> float:
    """Convert a JSON number; a whole number too large for a float becomes infinite, which is then refused."""
    return float(number) if abs(number) <= sys.float_info.max else math.inf


def _checked_control(control: ControlPoints) -> ControlPoints:
    called = f"Easing cubic-bezier{control}"
    if not all(map(math.isfinite, control)):
        raise ProjectError(f"{called} has a number that is not finite.", "Use finite numbers.")
    if not all(0.0 <= x <= 1.0 for x in control[::2]):
        raise ProjectError(f"{called} would run backwards in time.", "Keep its first and third number within 0..1.")
    if not all(abs(y) <= OVERSHOOT_LIMIT for y in control[1::2]):
        limits = f"-{OVERSHOOT_LIMIT:g}..{OVERSHOOT_LIMIT:g}"
        raise ProjectError(f"{called} overshoots too far.", f"Keep its second and fourth number within {limits}.")
    return control


def _hold(_progress: float) -> float:
    return 0.0


def _linear(progress: float) -> float:
    return progress


_CURVES: Final[Mapping[str, Callable[[float], float]]] = MappingProxyType(
    {
        "hold": _hold,
        "linear": _linear,
        "ease-in": UnitBezier(0.42, 0.0, 1.0, 1.0),
        "ease-out": UnitBezier(0.0, 0.0, 0.58, 1.0),
        "ease-in-out": UnitBezier(0.42, 0.0, 0.58, 1.0),
    }
)
_CHOICES: Final = f'Use one of {", ".join(_CURVES)}, or {{"cubic-bezier": [x1, y1, x2, y2]}} with four numbers.'
HOLD: Final = Easing("hold")
LINEAR: Final = Easing("linear")
EASE_IN: Final = Easing("ease-in")
EASE_OUT: Final = Easing("ease-out")
EASE_IN_OUT: Final = Easing("ease-in-out")
EASINGS: Final[Mapping[str, Easing]] = MappingProxyType(
    {easing.name: easing for easing in (HOLD, LINEAR, EASE_IN, EASE_OUT, EASE_IN_OUT)}
)
"""The easings that have a name alone; the three eased ones are the curves that CSS gives those names."""
