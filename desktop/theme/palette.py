"""The theme's colours in the roles of Qt's palette, for whatever the style sheet does not name."""

from typing import Final

from PySide6.QtGui import QColor, QPalette

from desktop.theme.tokens import Tokens

_Role = QPalette.ColorRole
_ROLES: Final = (
    (_Role.Window, "panel"),
    (_Role.WindowText, "text"),
    (_Role.Base, "field"),
    (_Role.AlternateBase, "panel"),
    (_Role.ToolTipBase, "raised"),
    (_Role.ToolTipText, "text"),
    (_Role.PlaceholderText, "text_dim"),
    (_Role.Text, "text"),
    (_Role.Button, "raised"),
    (_Role.ButtonText, "text"),
    (_Role.BrightText, "on_accent"),
    (_Role.Link, "accent"),
    (_Role.LinkVisited, "accent"),
    (_Role.Highlight, "selection"),
    (_Role.HighlightedText, "text"),
    (_Role.Light, "hover"),
    (_Role.Midlight, "raised"),
    (_Role.Mid, "border"),
    (_Role.Dark, "divider"),
    (_Role.Shadow, "divider"),
    (_Role.Accent, "accent"),
)


def palette_of(tokens: Tokens) -> QPalette:
    """Return the palette of a theme."""
    palette = QPalette()
    for role, name in _ROLES:
        palette.setColor(role, QColor(getattr(tokens, name)))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text_disabled))
    return palette
