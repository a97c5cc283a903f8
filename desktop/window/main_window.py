"""The one window: pages in the corner of the menu bar, docks around the middle, messages where they are seen."""

import base64
from typing import Final

from PySide6.QtCore import QByteArray, QCoreApplication, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QTabWidget, QToolButton, QVBoxLayout, QWidget

from desktop.export.desk import ExportDesk
from desktop.live.desk import LiveDesk
from desktop.preferences import WINDOW_GEOMETRY, WINDOW_LAYOUTS
from desktop.sources.desk import MediaDesk
from desktop.studio import Studio
from desktop.theme.tokens import GRID
from desktop.training.desk import TrainingDesk
from desktop.widgets.banner import Banner
from desktop.window.dock import Dock
from desktop.window.files import FileDesk
from desktop.window.help_desk import HelpDesk
from desktop.window.menus import fill_menu_bar
from desktop.window.panels import CONTEXT, PAGES, PANELS, PageSpec, PanelSpec, Place
from desktop.window.shortcut_guard import ShortcutGuard
from desktop.window.status_bar import StatusBar
from engine.errors import EngineError

_PLAYED: Final = next(page.center for page in PAGES if page.id == "edit")
_MINIMUM: Final = QSize(1024, 640)
_FIRST_SIZE: Final = QSize(1440, 900)


class MainWindow(QMainWindow):
    """Shows a `Studio`. Closing it asks for unsaved work and leaves the studio to be closed.

    Args:
        studio: what it shows.
        page: the page that shows first.

    Attributes:
        studio: what it shows.
        files: opens and saves.
        media: replaces the medium.
        exports: asks what to export.
        live: steers the live session.
        trainings: asks whether trainings go on without the window.
        help: opens settings, the guide and what is about the program.
        banner: the latest fault.
        docks: by the ids of their panels.
    """

    def __init__(self, studio: Studio, page: str = "edit") -> None:
        super().__init__()
        self.studio = studio
        self._centers: dict[Place, QWidget] = {}
        self._page = PAGES[0]
        self.setObjectName("main-window")
        self.setMinimumSize(_MINIMUM)
        self.resize(_FIRST_SIZE.boundedTo(self.screen().availableSize()))
        self.setAcceptDrops(True)
        self.setDockOptions(
            QMainWindow.DockOption.AllowNestedDocks
            | QMainWindow.DockOption.AllowTabbedDocks
            | QMainWindow.DockOption.GroupedDragging
        )
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)  # sliders need height
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.banner = Banner(studio.theme, self)
        self._stack = QStackedWidget(self)
        center = QWidget(self)
        center.setProperty("surface", "canvas")
        layout = QVBoxLayout(center)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.banner)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(center)
        self.docks = {spec.id: Dock(spec, studio, self) for spec in PANELS}
        self.files = FileDesk(studio, self)
        self.files.opened.connect(lambda: self.show_page("edit"))
        self.media = MediaDesk(studio, self)
        self.exports = ExportDesk(studio, self)
        self.help = HelpDesk(studio, self)
        studio.page_requested.connect(self.show_page)
        self.exports.added.connect(self._show_exports)
        self.live = LiveDesk(studio, self)
        self.trainings = TrainingDesk(studio, self)
        studio.actions.bind("view.reset_layout", self.reset_layout)
        studio.actions.bind("view.full_screen", self._fill_screen)
        self.addActions(studio.actions.all())
        fill_menu_bar(self, studio)
        self._page_buttons = self._make_page_buttons()
        self.setStatusBar(StatusBar(studio, self))
        self._guard = ShortcutGuard(self)
        self._arrange()
        studio.fault.connect(self.tell_fault)
        studio.media.failed.connect(self.tell_fault)
        studio.media.info_changed.connect(self.banner.dismiss)
        studio.document.path_changed.connect(self._show_title)
        studio.document.saved_changed.connect(self._show_title)
        self._show_title()
        self.show_page(page)
        self._restore()

    @property
    def page(self) -> str:
        """The id of the page that shows."""
        return self._page.id

    def show_page(self, page_id: str) -> None:
        """Show another page, with its docks as they were left there."""
        if self._stack.count():
            self._remember_layout()
        self._page = next(page for page in PAGES if page.id == page_id)
        self._stack.setCurrentWidget(self._center(self._page))
        self._page_buttons[page_id].setChecked(True)
        self._let_play(self._page.center == _PLAYED)
        self.setFocus()
        self._show_layout()

    def tell_fault(self, error: EngineError) -> None:
        """Show what went wrong, and what to do; of a medium that cannot be read, with a button to find it."""
        lost = self.studio.media.error
        is_of_medium = lost is not None and lost.message == error.message
        offered = [self.studio.actions.action("file.find_media")] if is_of_medium else []
        self.banner.tell(error.message, error.remedy, "danger", *offered)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  Qt's name
        """Ask for unsaved work, then remember how the window looks."""
        desks = (self.exports, self.live, self.files, self.trainings)
        if not all(desk.may_leave() for desk in desks):
            event.ignore()
            return
        self._remember_layout()
        self.studio.preferences.set(WINDOW_GEOMETRY, _text(self.saveGeometry()))
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Take one file."""
        if self.files.dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Open the file."""
        path = self.files.dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.files.open(path)

    def reset_layout(self) -> None:
        """Put the docks of this page where they stood at first."""
        self._arrange()
        self._show_first_layout()

    def _let_play(self, allowed: bool) -> None:
        """Playback belongs to the pages that show the project's medium."""
        if not allowed:
            self.studio.transport.pause()
        for action in self.studio.actions.all():
            if action.objectName().startswith("play."):
                action.setEnabled(allowed)

    def _show_exports(self) -> None:
        self.docks["exports"].show()
        self.docks["exports"].raise_()

    def _fill_screen(self, full: bool) -> None:
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def _center(self, page: PageSpec) -> QWidget:
        if page.center not in self._centers:
            self._centers[page.center] = page.center.make(self.studio)
            self._stack.addWidget(self._centers[page.center])
        return self._centers[page.center]

    def _make_page_buttons(self) -> dict[str, QToolButton]:
        corner = QWidget(self)
        layout = QHBoxLayout(corner)
        layout.setContentsMargins(0, 0, 2 * GRID, 0)
        layout.setSpacing(GRID)
        buttons: dict[str, QToolButton] = {}
        for page in PAGES:
            button = QToolButton(corner)
            button.setText(QCoreApplication.translate(CONTEXT, page.title))
            button.setProperty("role", "page")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.studio.theme.give_icon(button, page.icon)
            button.clicked.connect(lambda _checked=False, page_id=page.id: self.show_page(page_id))
            layout.addWidget(button)
            buttons[page.id] = button
        self.menuBar().setCornerWidget(corner)
        return buttons

    def _arrange(self) -> None:
        """Put the docks of one page and area together as tabs; those of other pages lie beside them, unseen."""
        placed: list[PanelSpec] = []
        for spec in PANELS:
            dock = self.docks[spec.id]
            self.addDockWidget(spec.area, dock)
            near = next((other for other in placed if other.area == spec.area and other.pages & spec.pages), None)
            if spec.below:
                self.splitDockWidget(self.docks[spec.below], dock, Qt.Orientation.Vertical)
            elif spec.beside:
                self.splitDockWidget(self.docks[spec.beside], dock, Qt.Orientation.Horizontal)
            elif near is not None:
                self.tabifyDockWidget(self.docks[near.id], dock)
            placed.append(spec)

    def _show_first_layout(self) -> None:
        shown = [spec for spec in PANELS if self._page.id in spec.pages]
        for spec in PANELS:
            self.docks[spec.id].setVisible(spec in shown)
        for area in {spec.area for spec in shown}:
            first = next(spec for spec in shown if spec.area == area)
            self.docks[first.id].raise_()
        for area, direction, room in (
            (Qt.DockWidgetArea.BottomDockWidgetArea, Qt.Orientation.Vertical, self.height()),
            (Qt.DockWidgetArea.LeftDockWidgetArea, Qt.Orientation.Horizontal, self.width()),
            (Qt.DockWidgetArea.RightDockWidgetArea, Qt.Orientation.Horizontal, self.width()),
        ):
            there = [spec for spec in shown if spec.area == area]
            self.resizeDocks(
                [self.docks[spec.id] for spec in there], [round(spec.share * room) for spec in there], direction
            )
        for spec in shown:
            if spec.beside:
                self.resizeDocks([self.docks[spec.beside], self.docks[spec.id]], [1, 1], Qt.Orientation.Horizontal)

    def _show_layout(self) -> None:
        stored = self.studio.preferences.get(WINDOW_LAYOUTS).get(self._page.id)
        if stored is None or not self.restoreState(_bytes(stored)):
            self._show_first_layout()
        for dock in self.docks.values():
            dock.fit_titles()

    def _remember_layout(self) -> None:
        layouts = dict(self.studio.preferences.get(WINDOW_LAYOUTS))
        layouts[self._page.id] = _text(self.saveState())
        self.studio.preferences.set(WINDOW_LAYOUTS, layouts)

    def _restore(self) -> None:
        stored = self.studio.preferences.get(WINDOW_GEOMETRY)
        if stored:
            self.restoreGeometry(_bytes(stored))

    def _show_title(self) -> None:
        document = self.studio.document
        name = document.path.name if document.path is not None else self.tr("Untitled")
        self.setWindowTitle(f"{name}[*] — EGGAN Studio")
        self.setWindowModified(not document.is_saved)


def _text(state: QByteArray) -> str:
    return base64.b64encode(state.data()).decode()


def _bytes(text: str) -> QByteArray:
    return QByteArray.fromBase64(text.encode())
