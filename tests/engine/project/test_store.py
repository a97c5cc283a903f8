import copy
import dataclasses
import errno
import json
import os
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.edit_scope import FaceSelection
from engine.errors import ProjectError
from engine.project import (
    EASE_IN_OUT,
    HOLD,
    FaceOptions,
    IntensityRangeError,
    Keyframe,
    OutputSettings,
    Project,
    Timeline,
    Track,
    cubic_bezier,
    load_project,
    save_project,
)
from engine.project.store import format_project, parse_project
from tests.engine.project.strategies import FOLDER, projects

STORED = """{
  "faces": {
    "neutral_at": null,
    "regions": {
      "brows": 1.0,
      "cheeks": 1.0,
      "eyes": 1.0,
      "mouth": 1.0
    },
    "selection": "largest"
  },
  "media": {
    "path": "media/clip.mp4"
  },
  "model": "eggan-128",
  "output": {
    "codec": null,
    "compositing": "detail",
    "keep_audio": true,
    "path": null,
    "quality": 70
  },
  "schema_version": 2,
  "timeline": {
    "strength": {
      "keyframes": []
    },
    "tracks": {
      "AU06": {
        "keyframes": [
          {
            "easing": "hold",
            "time": "1001/30000",
            "value": 2.5
          }
        ]
      },
      "AU12": {
        "keyframes": [
          {
            "easing": "ease-in-out",
            "time": "0/1",
            "value": 0.0
          },
          {
            "easing": {
              "cubic-bezier": [
                0.3,
                -0.5,
                0.3,
                1.5
              ]
            },
            "time": "3/2",
            "value": 4.0
          }
        ]
      }
    }
  }
}
"""
PROJECT = Project(
    model="eggan-128",
    media=FOLDER / "media" / "clip.mp4",
    timeline=Timeline(
        (
            Track(6, (Keyframe(Fraction(1001, 30000), 2.5, HOLD),)),
            Track(
                12,
                (
                    Keyframe(Fraction(0), 0.0, EASE_IN_OUT),
                    Keyframe(Fraction(3, 2), 4.0, cubic_bezier(0.3, -0.5, 0.3, 1.5)),
                ),
            ),
        )
    ),
)
SMILE = ("timeline", "tracks", "AU12", "keyframes")


def changed(*path: str | int, to: Any) -> bytes:
    """The stored project with the value at `path` set to `to`."""
    document = json.loads(STORED)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return json.dumps(document).encode()


def fault_of(data: bytes) -> ProjectError:
    with pytest.raises(ProjectError) as caught:
        parse_project(data, FOLDER)
    return caught.value


def test_the_stored_form() -> None:
    assert format_project(PROJECT, FOLDER).decode() == STORED
    assert parse_project(STORED.encode(), FOLDER) == PROJECT


def test_the_documented_example_is_as_it_would_be_saved(root: Path) -> None:
    page = (root / "docs" / "formats" / "project.md").read_text(encoding="utf-8")
    example = page.split("```json\n")[1].split("```")[0]
    assert format_project(parse_project(example.encode(), FOLDER), FOLDER).decode() == example


@settings(max_examples=60)
@given(projects)
def test_a_project_survives_bit_by_bit(project: Project) -> None:
    data = format_project(project, FOLDER)
    read = parse_project(data, FOLDER)
    assert read == project
    assert repr(read) == repr(project)
    assert format_project(read, FOLDER) == data


@settings(max_examples=30)
@given(projects)
def test_a_project_of_version_1_edits_the_largest_face(project: Project) -> None:
    document = json.loads(format_project(project, FOLDER))
    del document["faces"]
    older = json.dumps({**document, "schema_version": 1}).encode()
    assert parse_project(older, FOLDER) == dataclasses.replace(project, faces=FaceOptions())


def test_the_stored_forms_of_a_selection() -> None:
    forms = {
        "all": FaceSelection("all"),
        '{"nearest": [0.25, 1]}': FaceSelection.nearest(0.25, 1.0),
        '{"ids": [2, 0]}': FaceSelection.picked(0, 2),
    }
    for text, selection in forms.items():
        stored = changed("faces", "selection", to=json.loads(text) if text.startswith("{") else text)
        assert parse_project(stored, FOLDER).faces.selection == selection


def test_what_may_be_left_out() -> None:
    assert parse_project(b'{"schema_version": 1, "model": "m"}', FOLDER) == Project("m")
    keyframe = '{"time": "0/1", "value": 3}'
    stored = (
        f'{{"schema_version": 1, "model": "m", "timeline": {{"tracks": {{"AU12": {{"keyframes": [{keyframe}]}}}}}}}}'
    )
    assert parse_project(stored.encode(), FOLDER).timeline == Timeline((Track(12, (Keyframe(Fraction(0), 3.0),)),))


@pytest.mark.parametrize(
    ("data", "message", "remedy"),
    [
        (
            changed(*SMILE, 1, "value", to=5.5),
            "$.timeline.tracks.AU12.keyframes[1].value: Intensity 5.5 is outside 0..5.",
            "clip it to 5",
        ),
        (
            changed(*SMILE, 0, "value", to="1"),
            '$.timeline.tracks.AU12.keyframes[0].value must be a number, not "1".',
            "Correct",
        ),
        (
            changed(*SMILE, 0, "value", to=True),
            "$.timeline.tracks.AU12.keyframes[0].value must be a number, not true.",
            "",
        ),
        (
            changed(*SMILE, 0, "value", to=10**400),
            "$.timeline.tracks.AU12.keyframes[0].value must be a number, not 1000",
            "",
        ),
        (
            changed(*SMILE, 0, "value", to=float("nan")),
            "$.timeline.tracks.AU12.keyframes[0].value must be a finite number, not NaN.",
            "",
        ),
        (
            changed(*SMILE, 0, "value", to=float("-inf")),
            "$.timeline.tracks.AU12.keyframes[0].value must be a finite number, not -Infinity.",
            "",
        ),
        (
            changed(*SMILE, 0, "time", to=1.5),
            "$.timeline.tracks.AU12.keyframes[0].time: A time is a text and not a number.",
            '"3/2"',
        ),
        (
            changed(*SMILE, 0, "time", to="1.5"),
            "$.timeline.tracks.AU12.keyframes[0].time: '1.5' is not a time.",
            '"3/2"',
        ),
        (
            changed(*SMILE, 1, "time", to="0/7"),
            "$.timeline.tracks.AU12.keyframes[1].time: It repeats the time of keyframes[0].",
            "",
        ),
        (
            changed(*SMILE, 0, "easing", to="ease"),
            "$.timeline.tracks.AU12.keyframes[0].easing: 'ease' is not an easing.",
            "ease-in",
        ),
        (
            changed(*SMILE, 1, "easing", "cubic-bezier", 0, to=2),
            "$.timeline.tracks.AU12.keyframes[1].easing: Easing cubic-bezier(2.0, -0.5, 0.3, 1.5) would run backwards",
            "0..1",
        ),
        (
            changed(*SMILE, 0, "valeu", to=1),
            "$.timeline.tracks.AU12.keyframes[0].valeu: There is no such field.",
            '"value"?',
        ),
        (changed(*SMILE, 0, to=7), "$.timeline.tracks.AU12.keyframes[0] must be an object {...}, not 7.", ""),
        (changed(*SMILE, 0, to={"value": 1}), "$.timeline.tracks.AU12.keyframes[0].time is missing.", "Add it"),
        (changed(*SMILE, to={}), "$.timeline.tracks.AU12.keyframes must be a list [...], not an object.", ""),
        (changed("timeline", "tracks", to=[]), "$.timeline.tracks must be an object {...}, not a list.", ""),
        (
            changed("timeline", "tracks", "AU6", to={}),
            "$.timeline.tracks.AU6: There is no such AU track.",
            'mean "AU06"?',
        ),
        (changed("timeline", "tracks", "AU12_r", to={}), "$.timeline.tracks.AU12_r: There is no such", 'mean "AU12"?'),
        (
            changed("timeline", "tracks", "AU99", to={}),
            "$.timeline.tracks.AU99: There is no such AU track.",
            "Known: AU01",
        ),
        (
            changed("timeline", "strength", "keyframes", to=[{"time": "0/1", "value": 11}]),
            "$.timeline.strength.keyframes[0].value: Strength 11 is outside -10..10.",
            "1 reaches the target",
        ),
        (changed("media", to="clip.mp4"), '$.media must be an object {...}, not "clip.mp4".', ""),
        (changed("media", "path", to="a\\b.mp4"), "$.media.path: Path 'a\\\\b.mp4' has a backslash.", "/"),
        (changed("output", "path", to=""), "$.output.path: '' is not a path.", ""),
        (changed("output", "quality", to="high"), '$.output.quality must be a whole number, not "high".', ""),
        (changed("output", "quality", to=70.0), "$.output.quality must be a whole number, not 70.0.", ""),
        (changed("output", "quality", to=True), "$.output.quality must be a whole number, not true.", ""),
        (changed("output", "quality", to=101), "$.output.quality: The quality is outside 0..100.", "70"),
        (changed("output", "quality", to=-(10**400)), "$.output.quality: The quality is outside 0..100.", ""),
        (
            changed("output", "codec", to="h265"),
            "$.output.codec must be one of 'h264', 'hevc', 'vp9', 'av1', 'ffv1' or 'prores', not \"h265\".",
            "",
        ),
        (
            changed("output", "compositing", to="direct"),
            "$.output.compositing must be one of 'detail' or 'replace'",
            "",
        ),
        (changed("output", "keep_audio", to=1), "$.output.keep_audio must be true or false, not 1.", ""),
        (changed("faces", "selection", to="biggest"), "$.faces.selection: 'biggest' does not say which", "largest"),
        (changed("faces", "selection", to={"nearest": [0.5, 1.5]}), "$.faces.selection: ", "shares of the frame"),
        (changed("faces", "selection", to={"nearest": [0.5, 10**400]}), "$.faces.selection: ", "nearest"),
        (changed("faces", "selection", to={"ids": [-1]}), "$.faces.selection: ", "ids"),
        (changed("faces", "neutral_at", to=1.5), "$.faces.neutral_at: A time is a text and not a number.", '"3/2"'),
        (changed("faces", "regions", "eyes", to=1.2), "$.faces.regions.eyes: A strength of 1.2 is outside 0..1.", ""),
        (changed("faces", "regions", "nose", to=1), "$.faces.regions.nose: There is no such field.", "mouth"),
        (changed("model", to=None), "$.model must be a text, not null.", ""),
        (changed("model", to="x" * 99 + "/"), "$.model: '" + "x" * 99 + "/' is not the name of a model.", ""),
        (changed("modle", to="m"), "$.modle: There is no such field.", 'Did you mean "model"?'),
        (changed("schema_version", to=3), "The project has format version 3; this program reads up to 2.", "Update"),
        (b'{"schema_version": 1}', "$.model is missing.", "Add it"),
        (b'{"schema_version": 1, "model": "m", "model": "n"}', "$.model is given twice.", "Remove"),
    ],
)
def test_a_fault_is_named_with_its_path_and_remedy(data: bytes, message: str, remedy: str) -> None:
    error = fault_of(data)
    assert error.message.startswith(message)
    assert remedy in error.remedy


def test_a_long_value_is_not_shown_whole() -> None:
    assert len(fault_of(changed("output", "quality", to="x" * 10_000)).message) < 200


def test_further_faults_are_counted() -> None:
    document = json.loads(STORED)
    for keyframe in document["timeline"]["tracks"]["AU12"]["keyframes"]:
        keyframe["value"] = 7
    document["model"] = 3
    error = fault_of(json.dumps(document).encode())
    assert error.message.endswith("2 more of its values are not valid.")
    assert not isinstance(error, IntensityRangeError)


def test_intensities_can_be_clipped_on_request() -> None:
    data = changed(*SMILE, 1, "value", to=7.5)
    assert isinstance(fault_of(data), IntensityRangeError)
    clipped = parse_project(data, FOLDER, clip_intensities=True)
    assert clipped.timeline.track(12).keyframes[1].value == 5.0
    low = parse_project(changed(*SMILE, 1, "value", to=-1), FOLDER, clip_intensities=True)
    assert low.timeline.track(12).keyframes[1].value == 0.0


def test_clipping_mends_nothing_else() -> None:
    with pytest.raises(ProjectError, match="finite"):
        parse_project(changed(*SMILE, 1, "value", to=float("inf")), FOLDER, clip_intensities=True)


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, member in members for place in places(member, (*path, key)))]


junk = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)  # fmt: skip


@settings(max_examples=150)
@given(st.sampled_from(places(json.loads(STORED))[1:]), junk)
def test_a_damaged_file_is_a_project_or_a_project_error(path: tuple[str | int, ...], value: object) -> None:
    try:
        project = parse_project(changed(*path, to=copy.deepcopy(value)), FOLDER)
    except ProjectError:
        return
    assert parse_project(format_project(project, FOLDER), FOLDER) == project


@given(st.binary(max_size=60))
def test_random_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ProjectError):
        parse_project(data, FOLDER)


def test_save_and_load(tmp_path: Path) -> None:
    folder = tmp_path.resolve()
    project = dataclasses.replace(PROJECT, media=folder / "clip.mp4", output=OutputSettings(folder.parent / "out.mp4"))
    save_project(project, tmp_path / "smile.json")
    assert '"path": "clip.mp4"' in (tmp_path / "smile.json").read_text(encoding="utf-8")
    assert load_project(tmp_path / "smile.json") == project


def test_loading_names_the_file_and_can_clip(tmp_path: Path) -> None:
    path = tmp_path / "smile.json"
    path.write_bytes(changed(*SMILE, 1, "value", to=6))
    with pytest.raises(IntensityRangeError, match=re.escape(f"{path}: $.timeline.tracks.AU12.keyframes[1].value")):
        load_project(path)
    assert load_project(path, clip_intensities=True).timeline.track(12).keyframes[1].value == 5.0


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=re.escape(f"{tmp_path / 'none.json'} could not be opened: No such file")):
        load_project(tmp_path / "none.json")


def test_a_folder_that_is_not_there_is_answered_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="could not be saved") as caught:
        save_project(PROJECT, tmp_path / "none" / "smile.json")
    assert "Create its folder" in caught.value.remedy


def test_a_full_disk_is_answered_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "smile.json"
    save_project(PROJECT, path)
    before = path.read_bytes()

    def no_space(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(ProjectError, match=r"could not be saved: No space left on device\.") as caught:
        save_project(dataclasses.replace(PROJECT, model="other"), path)
    assert "Free some space" in caught.value.remedy
    assert path.read_bytes() == before


def test_media_with_a_name_that_cannot_travel_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="not valid Unicode"):
        save_project(Project("m", tmp_path / "a\udc80.mp4"), tmp_path / "smile.json")
    assert not (tmp_path / "smile.json").exists()
