"""The style sheet of a theme, made of its tokens."""

from string import Template
from typing import Final

from desktop.theme.tokens import (
    CONTROL_HEIGHT,
    GRID,
    RADIUS,
    ROW_HEIGHT,
    SMALL_FONT_SIZE_PX,
    TITLE_FONT_SIZE_PX,
    Tokens,
)

MARKS: Final = "marks"
"""Qt search path of the small drawings that a style sheet can only name as files."""

_RULES: Final = Template(
    """
* { outline: none; }
QMainWindow, QDialog { background: $window; }
QMainWindow::separator { background: $divider; width: ${gap}px; height: ${gap}px; }
QMainWindow::separator:hover { background: $accent; }
QWidget[surface="window"] { background: $window; }
QWidget[surface="panel"] { background: $panel; }
QWidget[surface="canvas"] { background: $canvas; }
QWidget[surface="raised"] { background: $raised; border: 1px solid $border; border-radius: ${radius}px; }
QWidget[surface="drop"] { background: $field; border: 1px dashed $border; border-radius: ${radius}px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: ${title}px; font-weight: 600; }
QLabel[role="heading"] { font-weight: 600; }
QLabel[role="section"] { color: $text_dim; font-size: ${small}px; font-weight: 600; }
QLabel[role="dim"] { color: $text_dim; }
QLabel[role="danger"] { color: $danger; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="success"] { color: $success; }
QToolTip { background: $raised; color: $text; border: 1px solid $border; padding: 4px 8px; }

QMenuBar { background: $window; padding: 2px 4px; }
QMenuBar::item { padding: 6px 8px; border-radius: ${radius}px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $border; padding: 4px 0; }
QMenu::item { padding: 4px 28px 4px 12px; min-height: 20px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QMenu::indicator { width: 16px; height: 16px; margin-left: 6px; }
QMenu::indicator:checked { image: url($marks:check.svg); }

QDockWidget { titlebar-close-icon: url($marks:close.svg); titlebar-normal-icon: url($marks:layout.svg); }
QDockWidget::title { background: $panel; padding: 6px 8px; border-bottom: 1px solid $divider; text-align: left; }
QDockWidget > QWidget { background: $panel; }
QTabBar { background: $window; }
QTabBar::tab { background: transparent; color: $text_dim; padding: 6px 12px; border: none;
  border-bottom: 2px solid transparent; }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom: 2px solid $accent; background: $panel; }
QTabBar::tab:focus { border-bottom: 2px solid $focus; }
QTabWidget::pane { border: none; border-top: 1px solid $divider; }

QPushButton { background: $raised; border: 1px solid $border; border-radius: ${radius}px; padding: 0 12px;
  min-height: ${control}px; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 1px solid $focus; }
QPushButton:disabled { color: $text_disabled; background: $panel; }
QPushButton:default, QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent;
  font-weight: 600; }
QPushButton:default:hover, QPushButton[role="primary"]:hover { background: $accent_hover; }
QPushButton:default:focus, QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton:default:disabled, QPushButton[role="primary"]:disabled { background: $panel; color: $text_disabled;
  border: 1px solid $border; }
QPushButton[role="tile"] { background: $panel; border: 1px solid $border;
  border-radius: 6px; padding: 0; min-height: 64px; }
QPushButton[role="tile"]:hover { background: $hover; }
QPushButton[role="tile"]:pressed { background: $pressed; }
QPushButton[role="tile"]:focus { border: 2px solid $focus; }
QPushButton[role="tile"]:checked { background: $selection; border: 1px solid $accent; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: ${radius}px; padding: 3px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $selection; }
QToolButton:focus { border: 1px solid $focus; }
QToolButton[popupMode="1"] { padding-right: 14px; }
QToolButton::menu-button { border: none; width: 12px; }
QToolButton::menu-arrow, QToolButton::menu-indicator { image: url($marks:chevron-down.svg); width: 10px; height: 10px; }
QToolButton[popupMode="2"] { padding-right: 14px; }
QToolButton[popupMode="2"]::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right; }
QToolButton[role="legend"] { font-size: ${small}px; padding: 1px 3px; color: $text_dim; }
QToolButton[role="legend"]:checked { color: $text; background: transparent; }
QToolButton[role="legend"]:hover { background: $hover; }
QToolButton[role="page"] { padding: 4px 12px; color: $text_dim; border-bottom: 2px solid transparent;
  border-radius: 0; }
QToolButton[role="page"]:hover { color: $text; }
QToolButton[role="page"]:checked { color: $text; background: transparent; border-bottom: 2px solid $accent; }
QToolButton[role="page"]:focus { color: $text; background: $hover; border: none; border-bottom: 2px solid $focus; }

QLineEdit, QSpinBox, QDoubleSpinBox, QPlainTextEdit, QTextEdit, QComboBox, QKeySequenceEdit > QLineEdit {
  background: $field; border: 1px solid $border; border-radius: ${radius}px; padding: 0 6px;
  selection-background-color: $selection; selection-color: $text; }
QLineEdit, QSpinBox, QDoubleSpinBox, QComboBox { min-height: 22px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {
  border: 1px solid $focus; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QComboBox:disabled { color: $text_disabled;
  background: $panel; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::down-button {
  width: 16px; border: none; background: transparent; }
QSpinBox::up-button:hover, QDoubleSpinBox::up-button:hover, QSpinBox::down-button:hover,
QDoubleSpinBox::down-button:hover { background: $hover; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow { image: url($marks:chevron-up.svg); width: 8px; height: 8px; }
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow { image: url($marks:chevron-down.svg); width: 8px; height: 8px; }
QComboBox { padding: 0 8px; }
QComboBox:hover { background: $hover; }
QComboBox::drop-down { border: none; width: 20px; }
QComboBox::down-arrow { image: url($marks:chevron-down.svg); width: 12px; height: 12px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $border; selection-background-color: $selection;
  selection-color: $text; padding: 4px 0; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; min-height: ${row}px; }
QCheckBox::indicator, QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $border;
  background: $field; }
QCheckBox::indicator { border-radius: 3px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border: 1px solid $accent; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 1px solid $focus; }
QCheckBox::indicator:checked { background: $accent; border: 1px solid $accent; image: url($marks:check-on.svg); }
QCheckBox::indicator:indeterminate { background: $accent; border: 1px solid $accent; image: url($marks:dash-on.svg); }
QRadioButton::indicator:checked { background: $accent; border: 1px solid $accent; image: url($marks:dot-on.svg); }
QCheckBox::indicator:checked:focus, QRadioButton::indicator:checked:focus { border: 2px solid $text; }

QSlider { background: transparent; }
QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 12px; height: 12px; margin: -4px 0; border-radius: 6px; background: $text; }
QSlider::handle:horizontal:hover { background: $accent_hover; }
QSlider::handle:horizontal:focus { background: $focus; border: 2px solid $text; width: 10px; height: 10px;
  margin: -5px 0; }
QSlider::sub-page:horizontal:disabled { background: $border; }
QSlider::handle:horizontal:disabled { background: $text_disabled; }

QProgressBar { background: $field; border: 1px solid $border; border-radius: ${radius}px; text-align: center;
  min-height: 16px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 24px; }
QScrollBar::handle:horizontal { min-width: 24px; }
QScrollBar::handle:hover { background: $text_disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QAbstractItemView { background: $field; border: 1px solid $border; border-radius: ${radius}px;
  selection-background-color: $selection; selection-color: $text; alternate-background-color: $panel; }
QAbstractItemView:focus { border: 1px solid $focus; }
QAbstractItemView::item { min-height: ${row}px; padding: 0 4px; }
QAbstractItemView::item:hover { background: $hover; }
QAbstractItemView::item:selected { background: $selection; color: $text; }
QListWidget[role="pages"] { background: $window; border: none; border-right: 1px solid $divider; border-radius: 0;
  padding: 8px; }
QListWidget[role="pages"]::item { border-radius: ${radius}px; padding: 4px 8px; }
QListWidget[role="pages"]:focus { border: none; border-right: 1px solid $divider; }
QListWidget[role="pages"]::item:selected:focus { border: 1px solid $focus; }
QListWidget[role="gallery"] { background: transparent; border: 1px solid transparent; }
QListWidget[role="gallery"]:focus { border: 1px solid $focus; }
QListWidget[role="gallery"]::item { border-radius: ${radius}px; padding: 4px; }
QTextBrowser[role="reading"] { border: none; border-radius: 0; border-top: 1px solid $divider; background: $panel; }
QListWidget[role="trainings"] { background: transparent; border: 1px solid transparent; }
QListWidget[role="trainings"]:focus { border: 1px solid $focus; }
QListWidget[role="trainings"]::item { border-radius: ${radius}px; padding: 4px 8px; min-height: 36px; }
QHeaderView::section { background: $panel; color: $text_dim; border: none; border-right: 1px solid $divider;
  border-bottom: 1px solid $divider; padding: 4px 8px; }
QTreeView::branch:has-children:closed { image: url($marks:chevron-right.svg); }
QTreeView::branch:has-children:open { image: url($marks:chevron-down.svg); }
QGroupBox { border: none; border-top: 1px solid $border; margin-top: 20px; padding-top: 8px; font-weight: 600; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 0; color: $text_dim; }
QSplitter::handle { background: $divider; }
QSplitter::handle:horizontal { width: ${gap}px; }
QSplitter::handle:vertical { height: ${gap}px; }
QStatusBar { background: $window; color: $text_dim; font-size: ${small}px; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_dim; font-size: ${small}px; padding: 0 4px; }
QFrame[role="line"] { background: $border; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="banner"] { background: $raised; border: none; border-left: 4px solid $accent; }
QFrame[role="banner"][severity="warning"] { border-left: 4px solid $warning; }
QFrame[role="banner"][severity="danger"] { border-left: 4px solid $danger; }
QFrame[role="banner"][severity="success"] { border-left: 4px solid $success; }
"""
)


def style_sheet_of(tokens: Tokens) -> str:
    """Return the style sheet of a theme."""
    colors = {name: getattr(tokens, name) for name in Tokens.__dataclass_fields__ if name != "is_dark"}
    return _RULES.substitute(
        colors,
        marks=MARKS,
        gap=GRID // 2,
        radius=RADIUS,
        control=CONTROL_HEIGHT - 2,
        row=ROW_HEIGHT - 4,
        small=SMALL_FONT_SIZE_PX,
        title=TITLE_FONT_SIZE_PX,
    )
