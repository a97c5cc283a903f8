"""The menu bar."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu

from desktop.studio import Studio
from desktop.window.recent_menu import RecentMenu

_LINE = ""


def fill_menu_bar(window: QMainWindow, studio: Studio) -> None:
    """Make all menus; "View" lists the docks."""
    translate = QCoreApplication.translate
    bar = window.menuBar()
    file = bar.addMenu(translate("Menu", "&File"))
    _add(file, studio, "file.new", "file.open")
    file.addMenu(RecentMenu(studio, file))
    _add(file, studio, "file.replace_media", "file.find_media", _LINE)
    _add(file, studio, "file.save", "file.save_as", "file.export", _LINE)
    _add(file, studio, "timeline.import_curves", "timeline.export_curves", _LINE, "file.quit")
    edit = bar.addMenu(translate("Menu", "&Edit"))
    _add(edit, studio, "edit.undo", "edit.redo", _LINE, "edit.cut", "edit.copy", "edit.copy_expression", "edit.paste")
    _add(edit, studio, "edit.delete", _LINE, "edit.select_all", "edit.select_none", _LINE)
    _add(edit, studio, "presets.save", _LINE, "app.settings")
    timeline = bar.addMenu(translate("Menu", "&Timeline"))
    _add(timeline, studio, "key.add", "key.earlier", "key.later", "key.raise", "key.lower", _LINE)
    _add(timeline, studio, "key.ease_linear", "key.ease_in", "key.ease_out", "key.ease_in_out")
    _add(timeline, studio, "key.ease_hold", "key.ease_bezier", _LINE)
    _add(timeline, studio, "timeline.measure", "timeline.bake", "timeline.record", _LINE)
    _add(timeline, studio, "range.set_in", "range.set_out", "range.clear")
    faces = bar.addMenu(translate("Menu", "Fa&ces"))
    _add(faces, studio, "faces.largest", "faces.all", _LINE, "faces.neutral", "faces.forget_neutral")
    play = bar.addMenu(translate("Menu", "&Playback"))
    _add(play, studio, "play.toggle", "play.backward", "play.stop", "play.forward", "play.loop", "play.mute", _LINE)
    _add(play, studio, "go.previous_frame", "go.next_frame", "go.back_second", "go.ahead_second", _LINE)
    _add(play, studio, "go.previous_keyframe", "go.next_keyframe", "go.start", "go.end")
    live = bar.addMenu(translate("Menu", "&Live"))
    _add(live, studio, "live.toggle", "live.pause", _LINE, "live.record", "live.virtual_camera", _LINE)
    _add(live, studio, "live.neutral", "live.forget_neutral")
    view = bar.addMenu(translate("Menu", "&View"))
    _add(view, studio, "preview.wipe", "preview.side_by_side", "preview.faces", _LINE)
    _add(view, studio, "preview.fit", "preview.actual_size", "preview.zoom_in", "preview.zoom_out", _LINE)
    _add(view, studio, "timeline.snap", "timeline.curves", _LINE)
    _add(view, studio, "timeline.zoom_in", "timeline.zoom_out", "timeline.zoom_fit", _LINE)
    view.addActions([dock.toggleViewAction() for dock in _docks(window)])
    _add(view, studio, _LINE, "view.reset_layout", "view.full_screen")
    help_ = bar.addMenu(translate("Menu", "&Help"))
    _add(help_, studio, "help.welcome", "help.demo", _LINE, "help.guide", "help.shortcuts", _LINE)
    _add(help_, studio, "help.consent", "help.about")


def _add(menu: QMenu, studio: Studio, *ids: str) -> None:
    for action_id in ids:
        if action_id == _LINE:
            menu.addSeparator()
        else:
            menu.addAction(studio.actions.action(action_id))


def _docks(window: QMainWindow) -> list[QDockWidget]:
    return window.findChildren(QDockWidget)
