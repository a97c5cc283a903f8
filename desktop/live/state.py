"""How far a live session is."""

from enum import Enum


class LiveState(Enum):
    """From the moment somebody starts it until its camera is given back."""

    OFF = "off"
    OPENING = "opening"
    """No frame has come yet."""
    ON = "on"
    PAUSED = "paused"
    CLOSING = "closing"
