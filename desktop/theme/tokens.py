"""Design tokens: every colour and measure of the application has a name here and is used by that name.

The data colours are those of Okabe and Ito's palette ("Color Universal Design", 2008), which people with any colour
vision can tell apart; whatever they mean is also said by position, shape or text.
"""

from dataclasses import dataclass
from typing import Final

GRID: Final = 4
"""Pixels. Every margin, gap and height is a multiple of it."""
CONTROL_HEIGHT: Final = 28
ROW_HEIGHT: Final = 24
RADIUS: Final = 4
ICON_SIZE: Final = 16
FONT_FAMILIES: Final = (
    "Inter",
    "Segoe UI Variable",
    "Segoe UI",
    "SF Pro Text",
    "Cantarell",
    "Noto Sans",
    "DejaVu Sans",
)
MONOSPACE_FAMILIES: Final = ("JetBrains Mono", "Cascadia Mono", "SF Mono", "Noto Sans Mono", "DejaVu Sans Mono")
FONT_SIZE_PX: Final = 12
SMALL_FONT_SIZE_PX: Final = 11
TITLE_FONT_SIZE_PX: Final = 20


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of a theme, "#rrggbb" or "#aarrggbb".

    Attributes:
        is_dark: whether text is light on dark.
        window, panel, raised, field: surfaces, from the back to the front; fields are what one types into.
        hover, pressed: of buttons and rows.
        border, divider: around fields, and between areas.
        text, text_dim, text_disabled: on any surface.
        accent, accent_hover, on_accent: what is chosen or can be chosen, and text on it.
        selection: behind selected text and rows.
        focus: the ring around what the keyboard talks to.
        danger, warning, success: of messages, always with an icon or words.
        upper_face, lower_face, strength: the three families of tracks.
        keyframe, keyframe_selected, playhead, in_out, measured, waveform, grid: of the timeline and the sliders.
        canvas: behind the picture.
    """

    is_dark: bool
    window: str
    panel: str
    raised: str
    field: str
    hover: str
    pressed: str
    border: str
    divider: str
    text: str
    text_dim: str
    text_disabled: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    focus: str
    danger: str
    warning: str
    success: str
    upper_face: str
    lower_face: str
    strength: str
    keyframe: str
    keyframe_selected: str
    playhead: str
    in_out: str
    measured: str
    waveform: str
    grid: str
    canvas: str


DARK: Final = Tokens(
    is_dark=True,
    window="#17191c",
    panel="#1f2226",
    raised="#2b2f35",
    field="#15171a",
    hover="#343940",
    pressed="#3d434b",
    border="#3a4048",
    divider="#101214",
    text="#e6e8eb",
    text_dim="#a3abb5",
    text_disabled="#626a74",
    accent="#3d9be9",
    accent_hover="#5cb0f5",
    on_accent="#07131d",
    selection="#25496a",
    focus="#7cc4ff",
    danger="#ff8a65",
    warning="#f0b429",
    success="#3fc79a",
    upper_face="#56b4e9",
    lower_face="#e69f00",
    strength="#cc79a7",
    keyframe="#d5d9de",
    keyframe_selected="#ffd166",
    playhead="#ff7043",
    in_out="#3d9be9",
    measured="#8b95a1",
    waveform="#3f7f6c",
    grid="#2a2e33",
    canvas="#0e0f11",
)
LIGHT: Final = Tokens(
    is_dark=False,
    window="#e3e6ea",
    panel="#f4f5f7",
    raised="#ffffff",
    field="#ffffff",
    hover="#e4e9ef",
    pressed="#d3dbe4",
    border="#bcc4ce",
    divider="#cfd5dc",
    text="#1b1f24",
    text_dim="#555f6b",
    text_disabled="#9aa3ad",
    accent="#0b6bb8",
    accent_hover="#0a5b9c",
    on_accent="#ffffff",
    selection="#bfdcf5",
    focus="#0b6bb8",
    danger="#b93815",
    warning="#8a5a00",
    success="#00724f",
    upper_face="#0072b2",
    lower_face="#b36b00",
    strength="#a34b7d",
    keyframe="#3b434d",
    keyframe_selected="#d55e00",
    playhead="#d5430f",
    in_out="#0b6bb8",
    measured="#7c8692",
    waveform="#5fa68f",
    grid="#e2e6ea",
    canvas="#cdd2d8",
)
