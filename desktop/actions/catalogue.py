"""The catalogue of actions: what each is called, its keys, its icon. Menus, buttons and settings are made from it.

A room adds its actions here as a group of its own and binds them in the registry. Names are marked for translation and
translated when the registry makes the action.
"""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP

CONTEXT: Final = "Action"
"""The translation context of names and hints."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One thing that can be done.

    Attributes:
        id: "group.verb", as code and the preferences call it.
        text: as menus call it; "…" where a dialog follows.
        keys: default shortcuts, portable text; the first one shows in menus and tooltips.
        icon: name of a drawing in assets/icons, or none.
        hint: the tooltip's sentence; the text where empty.
        is_checkable: it is on or off.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    hint: str = ""
    is_checkable: bool = False


def _t(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Action", text))


FILE: Final = (
    ActionSpec("file.new", _t("New Project"), ("Ctrl+N",), "new"),
    ActionSpec("file.open", _t("Open…"), ("Ctrl+O",), "open", _t("Open a project, a photo or a video")),
    ActionSpec(
        "file.replace_media",
        _t("Replace Medium…"),
        ("Ctrl+Shift+O",),
        "image",
        _t("Take another photo or video, and keep all edits"),
    ),
    ActionSpec(
        "file.find_media", _t("Find Medium…"), (), "search", _t("Say where a photo or video that has moved is now")
    ),
    ActionSpec("file.save", _t("Save"), ("Ctrl+S",), "save"),
    ActionSpec("file.save_as", _t("Save As…"), ("Ctrl+Shift+S",)),
    ActionSpec("file.export", _t("Export…"), ("Ctrl+E",), "export", _t("Write the edited photo or video to a file")),
    ActionSpec("file.clear_recent", _t("Clear List")),
    ActionSpec("file.quit", _t("Quit"), ("Ctrl+Q",)),
)
EDIT: Final = (
    ActionSpec("edit.undo", _t("Undo"), ("Ctrl+Z",), "undo"),
    ActionSpec("edit.redo", _t("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec("edit.cut", _t("Cut Keyframes"), ("Ctrl+X",), "cut"),
    ActionSpec("edit.copy", _t("Copy Keyframes"), ("Ctrl+C",), "copy"),
    ActionSpec("edit.paste", _t("Paste at Playhead"), ("Ctrl+V",), "paste"),
    ActionSpec("edit.delete", _t("Delete Keyframes"), ("Del", "Backspace"), "delete"),
    ActionSpec("edit.select_all", _t("Select All Keyframes"), ("Ctrl+A",)),
    ActionSpec("edit.select_none", _t("Select None"), ("Ctrl+Shift+A", "Esc")),
    ActionSpec(
        "edit.copy_expression",
        _t("Copy Expression"),
        ("Ctrl+Shift+C",),
        "expression",
        _t("Copy what every track shows at the playhead, to paste it elsewhere"),
    ),
)
PLAYBACK: Final = (
    ActionSpec("play.toggle", _t("Play / Pause"), ("Space",), "play"),
    ActionSpec("play.backward", _t("Play Backwards, Faster"), ("J",), "play-reverse"),
    ActionSpec("play.stop", _t("Pause"), ("K",), "pause"),
    ActionSpec("play.forward", _t("Play Forwards, Faster"), ("L",), "play"),
    ActionSpec("play.loop", _t("Loop"), ("Ctrl+L",), "loop", _t("Start again at the in point"), is_checkable=True),
    ActionSpec("play.mute", _t("Mute"), ("M",), "volume", _t("Play without sound"), is_checkable=True),
    ActionSpec("go.previous_frame", _t("Previous Frame"), ("Left",), "step-back"),
    ActionSpec("go.next_frame", _t("Next Frame"), ("Right",), "step-forward"),
    ActionSpec("go.back_second", _t("One Second Back"), ("Shift+Left",)),
    ActionSpec("go.ahead_second", _t("One Second Ahead"), ("Shift+Right",)),
    ActionSpec("go.start", _t("Go to Start"), ("Home",), "go-start"),
    ActionSpec("go.end", _t("Go to End"), ("End",), "go-end"),
    ActionSpec("go.previous_keyframe", _t("Previous Keyframe"), ("Ctrl+Left", "PgUp"), "previous-keyframe"),
    ActionSpec("go.next_keyframe", _t("Next Keyframe"), ("Ctrl+Right", "PgDown"), "next-keyframe"),
    ActionSpec("range.set_in", _t("Set In Point"), ("I",), "in-point"),
    ActionSpec("range.set_out", _t("Set Out Point"), ("O",), "out-point"),
    ActionSpec("range.clear", _t("Clear In and Out"), ("Alt+X",), "clear-range"),
)
TIMELINE: Final = (
    ActionSpec(
        "key.add", _t("Add Keyframe"), ("Ctrl+K",), "keyframe-add", _t("Add a keyframe at the playhead to the track")
    ),
    ActionSpec("key.earlier", _t("Move One Frame Earlier"), ("Alt+Left",), "", _t("Move the selected keyframes")),
    ActionSpec("key.later", _t("Move One Frame Later"), ("Alt+Right",), "", _t("Move the selected keyframes")),
    ActionSpec("key.raise", _t("Raise Value"), ("Alt+Up",), "", _t("Raise the selected keyframes by a tenth")),
    ActionSpec("key.lower", _t("Lower Value"), ("Alt+Down",), "", _t("Lower the selected keyframes by a tenth")),
    ActionSpec("key.ease_linear", _t("Linear"), ("Alt+1",), "ease-linear", _t("Travel evenly to the next keyframe")),
    ActionSpec("key.ease_in", _t("Ease In"), ("Alt+2",), "ease-in", _t("Start slowly")),
    ActionSpec("key.ease_out", _t("Ease Out"), ("Alt+3",), "ease-out", _t("Arrive slowly")),
    ActionSpec("key.ease_in_out", _t("Ease In and Out"), ("Alt+4",), "ease-in-out", _t("Start and arrive slowly")),
    ActionSpec("key.ease_hold", _t("Hold"), ("Alt+5",), "ease-hold", _t("Keep the value up to the next keyframe")),
    ActionSpec(
        "key.ease_bezier", _t("Bézier"), ("Alt+6",), "ease-bezier", _t("Shape the curve with handles in the curve view")
    ),
    ActionSpec("timeline.snap", _t("Snap"), ("N",), "snap", _t("Snap to frames, keyframes and the playhead"), True),
    ActionSpec("timeline.curves", _t("Curve View"), ("G",), "curves", _t("Show the values as curves"), True),
    ActionSpec("timeline.zoom_in", _t("Zoom In"), ("Ctrl+=", "Ctrl++"), "zoom-in"),
    ActionSpec("timeline.zoom_out", _t("Zoom Out"), ("Ctrl+-",), "zoom-out"),
    ActionSpec("timeline.zoom_fit", _t("Fit Timeline"), ("Shift+Z",), "zoom-fit", _t("Show the whole length")),
    ActionSpec(
        "timeline.record",
        _t("Record Performance"),
        ("Ctrl+Alt+R",),
        "record",
        _t("Write what the sliders do while playing into keyframes"),
        True,
    ),
    ActionSpec(
        "timeline.measure",
        _t("Measure Expressions"),
        ("Ctrl+M",),
        "measure",
        _t("Measure the action units in every frame, and show them behind the tracks"),
        True,
    ),
    ActionSpec(
        "timeline.bake",
        _t("Keyframes from Measured Expressions"),
        ("Ctrl+B",),
        "bake",
        _t("Make keyframes of what was measured: in the active tracks, or in all"),
    ),
    ActionSpec("timeline.import_curves", _t("Import AU Curves…"), (), "import", _t("Read keyframes from a CSV file")),
    ActionSpec("timeline.export_curves", _t("Export AU Curves…"), (), "table", _t("Write every frame's values to CSV")),
)
PRESETS: Final = (
    ActionSpec(
        "presets.save", _t("Save Preset…"), ("Ctrl+Shift+P",), "save", _t("Keep what shows at the playhead as a preset")
    ),
)
FACES: Final = (
    ActionSpec("faces.largest", _t("Edit the Largest Face"), ("Shift+1",), "face"),
    ActionSpec("faces.all", _t("Edit All Faces"), ("Shift+A",), "face"),
    ActionSpec(
        "faces.neutral",
        _t("This Is My Neutral"),
        ("Ctrl+Shift+N",),
        "face-rest",
        _t("Measure expressions against the face at the playhead: the person is at rest there"),
    ),
    ActionSpec("faces.forget_neutral", _t("Forget Neutral"), (), "reset", _t("Learn the face at rest by itself again")),
)
LIVE: Final = (
    ActionSpec("live.toggle", _t("Start Live"), ("F5",), "live", _t("Start or stop what the live page shows")),
    ActionSpec("live.pause", _t("Pause Live"), ("P",), "pause", _t("Keep the frame; sliders still change it"), True),
    ActionSpec("live.record", _t("Record Live"), ("Ctrl+R",), "record", _t("Write the live result to a file"), True),
    ActionSpec(
        "live.virtual_camera",
        _t("Virtual Camera"),
        ("Ctrl+Alt+V",),
        "camera-out",
        _t("Let other programs see the live result as a camera"),
        True,
    ),
    ActionSpec(
        "live.neutral",
        _t("This Is My Neutral"),
        ("Ctrl+Alt+N",),
        "neutral",
        _t("Take the face as it is now for the person at rest"),
    ),
    ActionSpec("live.forget_neutral", _t("Forget Neutral"), (), "reset", _t("Learn anew how the person looks at rest")),
)
PREVIEW: Final = (
    ActionSpec("preview.fit", _t("Fit Picture"), ("Ctrl+0",), "zoom-fit", _t("Show the whole picture")),
    ActionSpec("preview.actual_size", _t("Actual Size"), ("Ctrl+1",), "image", _t("Show every pixel of the picture")),
    ActionSpec("preview.zoom_in", _t("Enlarge Picture"), ("Ctrl+Alt+=", "Ctrl+Alt++"), "zoom-in"),
    ActionSpec("preview.zoom_out", _t("Shrink Picture"), ("Ctrl+Alt+-",), "zoom-out"),
    ActionSpec("preview.wipe", _t("Before / After Wipe"), ("W",), "compare-wipe", _t("Compare under a line"), True),
    ActionSpec(
        "preview.side_by_side", _t("Side by Side"), ("Shift+W",), "compare-beside", _t("Original beside the edit"), True
    ),
    ActionSpec("preview.faces", _t("Faces and Landmarks"), ("F",), "face", _t("Show what was found"), True),
)
VIEW: Final = (
    ActionSpec("view.reset_layout", _t("Reset Layout"), (), "layout", _t("Put all panels where they stood at first")),
    ActionSpec("view.full_screen", _t("Full Screen"), ("F11",), "zoom-fit", is_checkable=True),
)
HELP: Final = (
    ActionSpec("app.settings", _t("Settings…"), ("Ctrl+,",), "settings", _t("Theme, language, shortcuts, folders")),
    ActionSpec("help.welcome", _t("Welcome"), (), "home", _t("Show the start page, with the note on consent")),
    ActionSpec("help.consent", _t("Note on Consent"), (), "shield", _t("Whose faces may be changed")),
    ActionSpec("help.demo", _t("Open the Demo Project"), (), "film", _t("A portrait with a finished animation")),
    ActionSpec("help.guide", _t("User Guide"), ("F1",), "help", _t("How to work with the program")),
    ActionSpec(
        "help.shortcuts", _t("Keyboard Shortcuts…"), ("Ctrl+F1",), "keyboard", _t("Look keys up, and change them")
    ),
    ActionSpec("help.about", _t("About EGGAN Studio"), (), "info", _t("Version, system, licences")),
)
ACTIONS: Final = (*FILE, *EDIT, *PLAYBACK, *TIMELINE, *PREVIEW, *FACES, *PRESETS, *LIVE, *VIEW, *HELP)
