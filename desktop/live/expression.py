"""The expression that sliders and presets ask of the live face."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.expression.locks import Locks
from desktop.expression.steered import SteeredExpression
from engine.action_units import AU_NUMBERS, AUVector

if TYPE_CHECKING:
    from collections.abc import Callable


class LiveExpression(SteeredExpression):
    """Belongs to no project and has no history: what is set holds until it is changed.

    Attributes:
        asked: another expression is asked for: (whether to move there smoothly).
    """

    asked = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("", Locks(), parent)
        self.locks.setParent(self)
        self.title = self.tr("On the live face")
        self._values: dict[int | None, float] = {}
        self._only: frozenset[int] | None = None
        self._source: AUVector | None = None

    @property
    def intensities(self) -> Mapping[int, float]:
        """AU number to intensity, 0..5, of what is set and is not left out by a solo."""
        return MappingProxyType(
            {
                au: value
                for au, value in self._values.items()
                if au is not None and (self._only is None or au in self._only)
            }
        )

    @property
    def strength(self) -> float:
        """α of the whole."""
        return self._values.get(None, 1.0)

    def value(self, au: int | None) -> float | None:
        """Return what is set, None where the face or its driver is followed."""
        return self._values.get(au)

    def source(self, au: int) -> float | None:
        """Return what the face showed lately."""
        return None if self._source is None else self._source[au]

    def note_source(self, source: AUVector | None) -> None:
        """Take what the face shows, None where none is seen."""
        if source != self._source:
            self._source = source
            self.changed.emit()

    def grab(self, au: int | None) -> None:
        """Begin nothing: there is no history."""

    def set_value(self, au: int | None, value: float) -> None:
        """Ask for it at once."""
        self._change(lambda values: {**values, au: value}, eased=False)

    def follow(self, au: int | None) -> None:
        """Leave an AU to the face or its driver again, smoothly."""
        self._change(lambda values: {key: value for key, value in values.items() if key != au}, eased=True)

    def follow_all(self) -> None:
        """Leave all AUs that are not locked to the face or its driver again, smoothly."""
        self._change(
            lambda values: {key: value for key, value in values.items() if key in self.locks.locked}, eased=True
        )

    def show_only(self, aus: frozenset[int] | None) -> None:
        """Ask for what is set of these AUs alone."""
        self._only = aus
        self.asked.emit(True)

    def apply(self, name: str, expression: AUVector) -> None:
        """Set all AUs that are not locked, smoothly."""
        free = [number for number in AU_NUMBERS if number not in self.locks.locked]
        self._change(lambda values: {**values, **{number: expression[number] for number in free}}, eased=True)

    def as_preset(self) -> AUVector:
        """Return what is set."""
        return AUVector.of({au: value for au, value in self._values.items() if au is not None})

    def _change(self, change: "Callable[[dict[int | None, float]], dict[int | None, float]]", *, eased: bool) -> None:
        changed = change(self._values)
        if changed != self._values:
            self._values = changed
            self.changed.emit()
            self.asked.emit(eased)
