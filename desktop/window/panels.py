"""Which panels the window has, where they stand and on which pages. A room adds its panels and pages here.

Each is imported when it is made, so that the window appears before the rooms that it does not show yet are loaded.
"""

import importlib
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, Qt
from PySide6.QtWidgets import QWidget

from desktop.studio import Studio

CONTEXT: Final = "Panel"
"""The translation context of titles."""
_Area = Qt.DockWidgetArea


@dataclass(frozen=True, slots=True)
class Place:
    """Where a widget comes from: a class, or a function, that takes the `Studio`."""

    module: str
    name: str

    def make(self, studio: Studio) -> QWidget:
        """Import the module and make the widget."""
        widget = getattr(importlib.import_module(self.module), self.name)(studio)
        assert isinstance(widget, QWidget)
        return widget


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A dock.

    Attributes:
        id: as layouts and the View menu's action "panel.<id>" call it.
        title: on its title bar.
        area: where it stands at first; panels of one area are tabs in the order of this list, or lie below one another
            where `below` names the one above.
        place: what makes it.
        pages: on which pages it shows at first.
        beside: names the panel on whose right it stands.
        share: of the window's width, or at the bottom of its height, that it takes at first.
    """

    id: str
    title: str
    area: Qt.DockWidgetArea
    place: Place
    pages: frozenset[str]
    below: str = ""
    beside: str = ""
    share: float = 0.25


@dataclass(frozen=True, slots=True)
class PageSpec:
    """An arrangement of the window for one kind of work.

    Attributes:
        id: as layouts call it.
        title: on its button.
        icon: name of a drawing.
        center: what stands between the docks; pages with the same place share the widget.
    """

    id: str
    title: str
    icon: str
    center: Place


def _t(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Panel", text))


_PREVIEW: Final = Place("desktop.preview.panel", "PreviewPanel")
PAGES: Final = (
    PageSpec("home", _t("Start"), "home", Place("desktop.welcome.page", "WelcomePage")),
    PageSpec("edit", _t("Edit"), "edit", _PREVIEW),
    PageSpec("live", _t("Live"), "live", Place("desktop.live.panel", "LivePanel")),
    PageSpec("training", _t("Train"), "train", Place("desktop.training.page", "TrainingPage")),
)
PANELS: Final = (
    PanelSpec(
        "expression",
        _t("Expression"),
        _Area.RightDockWidgetArea,
        Place("desktop.expression.panel", "ExpressionPanel"),
        frozenset({"edit"}),
        share=0.29,
    ),
    PanelSpec(
        "exports",
        _t("Exports"),
        _Area.RightDockWidgetArea,
        Place("desktop.export.panel", "ExportPanel"),
        frozenset({"edit"}),
        share=0.29,
    ),
    PanelSpec(
        "models",
        _t("Model"),
        _Area.RightDockWidgetArea,
        Place("desktop.models.panel", "ModelsPanel"),
        frozenset({"edit"}),
        share=0.29,
    ),
    PanelSpec(
        "statistics",
        _t("Statistics"),
        _Area.RightDockWidgetArea,
        Place("desktop.statistics.panel", "StatisticsPanel"),
        frozenset({"edit"}),
        share=0.29,
    ),
    PanelSpec(
        "presets",
        _t("Presets"),
        _Area.LeftDockWidgetArea,
        Place("desktop.presets.panel", "PresetsPanel"),
        frozenset({"edit"}),
        share=0.17,
    ),
    PanelSpec(
        "sources",
        _t("Sources"),
        _Area.LeftDockWidgetArea,
        Place("desktop.sources.panel", "SourcesPanel"),
        frozenset({"edit"}),
        share=0.17,
    ),
    PanelSpec(
        "faces",
        _t("Faces"),
        _Area.LeftDockWidgetArea,
        Place("desktop.faces.panel", "FacesPanel"),
        frozenset({"edit"}),
        share=0.17,
    ),
    PanelSpec(
        "timeline",
        _t("Timeline"),
        _Area.BottomDockWidgetArea,
        Place("desktop.timeline.panel", "TimelinePanel"),
        frozenset({"edit"}),
        share=0.4,
    ),
    PanelSpec(
        "live-setup",
        _t("Live Setup"),
        _Area.LeftDockWidgetArea,
        Place("desktop.live.setup_panel", "SetupPanel"),
        frozenset({"live"}),
        share=0.21,
    ),
    PanelSpec(
        "live-expression",
        _t("Live Expression"),
        _Area.RightDockWidgetArea,
        Place("desktop.live.docks", "expression_panel"),
        frozenset({"live"}),
        share=0.29,
    ),
    PanelSpec(
        "live-presets",
        _t("Live Presets"),
        _Area.BottomDockWidgetArea,
        Place("desktop.live.docks", "presets_panel"),
        frozenset({"live"}),
        share=0.28,
    ),
    PanelSpec(
        "live-statistics",
        _t("Live Statistics"),
        _Area.BottomDockWidgetArea,
        Place("desktop.live.statistics_panel", "StatisticsPanel"),
        frozenset({"live"}),
        beside="live-presets",
        share=0.28,
    ),
)
