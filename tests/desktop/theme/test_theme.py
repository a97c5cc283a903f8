"""Colours that can be read, also by those who see fewer of them."""

from itertools import combinations

import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from desktop.places import ASSETS
from desktop.preferences import THEME
from desktop.studio import Studio
from desktop.theme.style_sheet import style_sheet_of
from desktop.theme.tokens import DARK, LIGHT, Tokens

THEMES = pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
SURFACES = ("window", "panel", "raised", "field", "hover")


def channels(color: str) -> tuple[float, float, float]:
    """Red, green and blue, 0..1."""
    made = QColor(color)
    return made.redF(), made.greenF(), made.blueF()


def luminance(color: str) -> float:
    """Relative luminance, WCAG 2.2."""
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio, WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@THEMES
@pytest.mark.parametrize("surface", SURFACES)
def test_text_is_readable(tokens: Tokens, surface: str) -> None:
    assert contrast(tokens.text, getattr(tokens, surface)) >= 7.0
    assert contrast(tokens.text_dim, getattr(tokens, surface)) >= 4.5


@THEMES
def test_text_on_coloured_ground_is_readable(tokens: Tokens) -> None:
    assert contrast(tokens.on_accent, tokens.accent) >= 4.5
    assert contrast(tokens.text, tokens.selection) >= 4.5


@THEMES
@pytest.mark.parametrize("role", ["danger", "warning", "success"])
def test_messages_are_readable(tokens: Tokens, role: str) -> None:
    assert contrast(getattr(tokens, role), tokens.panel) >= 4.5


@THEMES
def test_marks_stand_out(tokens: Tokens) -> None:
    for role in ("focus", "accent", "keyframe", "playhead", "upper_face", "lower_face", "strength"):
        assert contrast(getattr(tokens, role), tokens.field) >= 3.0, role


@THEMES
def test_the_families_of_tracks_differ_for_every_colour_vision(tokens: Tokens) -> None:
    families = [channels(color) for color in (tokens.upper_face, tokens.lower_face, tokens.strength)]
    for matrix in _DEFICIENCIES.values():
        for one, other in combinations(families, 2):
            seen = [sum(weight * (a - b) for weight, a, b in zip(row, one, other, strict=True)) for row in matrix]
            assert sum(difference**2 for difference in seen) ** 0.5 > 0.15


_DEFICIENCIES = {
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
"""Machado, Oliveira & Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009."""


@THEMES
def test_the_style_sheet_uses_every_placeholder(tokens: Tokens) -> None:
    assert "$" not in style_sheet_of(tokens)


def test_changing_the_theme_recolours_icons(studio: Studio, qtbot: QtBot) -> None:
    def color_of(action_id: str) -> QColor:
        image = studio.actions.action(action_id).icon().pixmap(16, 16).toImage()
        return image.pixelColor(9, 8)

    assert color_of("play.toggle") == QColor(DARK.text)
    with qtbot.waitSignal(studio.theme.changed):
        studio.preferences.set(THEME, "light")
    assert color_of("play.toggle") == QColor(LIGHT.text)


def test_every_icon_of_the_catalogue_exists(studio: Studio) -> None:
    names = [spec.icon for spec in studio.actions.specs() if spec.icon]
    assert [name for name in names if not (ASSETS / "icons" / f"{name}.svg").is_file()] == []
