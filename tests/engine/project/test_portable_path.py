import os
from pathlib import Path

import pytest

from engine.errors import ProjectError
from engine.project.portable_path import check_portable, from_portable, to_portable

posix_only = pytest.mark.skipif(os.name == "nt", reason="POSIX file names")


@pytest.mark.parametrize(
    ("parts", "stored"),
    [
        (["clip.mp4"], "clip.mp4"),
        (["media", "a b.mp4"], "media/a b.mp4"),
        (["..", "footage", "ü.mov"], "../footage/ü.mov"),
    ],
)
def test_paths_are_stored_relative_to_the_project(tmp_path: Path, parts: list[str], stored: str) -> None:
    folder = tmp_path / "project"
    path = Path(os.path.normpath(folder.resolve().joinpath(*parts)))
    assert to_portable(path, folder) == stored
    assert from_portable(stored, folder) == path


def test_a_project_and_its_media_can_move_together(tmp_path: Path) -> None:
    stored = to_portable(tmp_path / "here" / "media" / "clip.mp4", tmp_path / "here")
    assert from_portable(stored, tmp_path / "there") == tmp_path.resolve() / "there" / "media" / "clip.mp4"


def test_an_absolute_path_stays_absolute(tmp_path: Path) -> None:
    path = tmp_path.resolve() / "clip.mp4"
    assert from_portable(path.as_posix(), tmp_path / "elsewhere") == path


def test_media_on_another_drive_is_stored_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between Windows drives there is no relative path, which `relpath` answers with a ValueError."""

    def refuse(*_: object) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    path = tmp_path.resolve() / "clip.mp4"
    monkeypatch.setattr(os.path, "relpath", refuse)
    assert to_portable(path, tmp_path / "project") == path.as_posix()


@posix_only
def test_a_linked_folder_leads_to_the_same_media(tmp_path: Path) -> None:
    (tmp_path / "disk" / "project").mkdir(parents=True)
    (tmp_path / "shortcut").symlink_to(tmp_path / "disk" / "project")
    media = tmp_path / "disk" / "clip.mp4"
    media.touch()
    stored = to_portable(media, tmp_path / "shortcut")
    assert stored == "../clip.mp4"
    assert from_portable(stored, tmp_path / "shortcut").samefile(media)


@posix_only
def test_a_linked_file_keeps_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "take 7.mp4").touch()
    (tmp_path / "best.mp4").symlink_to(tmp_path / "take 7.mp4")
    assert to_portable(tmp_path / "best.mp4", tmp_path) == "best.mp4"


@pytest.mark.parametrize("text", ["clip.mp4", "../a/b.mp4", "take:7.mp4", "/footage/clip.mp4", " .mp4"])
def test_portable_paths_pass(text: str) -> None:
    check_portable(text)


@pytest.mark.parametrize(
    ("text", "fault"), [("", "not a path"), ("a\0b", "not a path"), ("a\\b", "backslash"), ("a\udc80", "Unicode")]
)
def test_paths_that_do_not_travel_are_refused(text: str, fault: str) -> None:
    with pytest.raises(ProjectError, match=fault):
        check_portable(text)


@posix_only
@pytest.mark.parametrize("text", ["D:/footage/clip.mp4", "D:clip.mp4", "//server/share/clip.mp4"])
def test_a_windows_drive_is_refused_elsewhere(text: str) -> None:
    with pytest.raises(ProjectError, match="Windows drive"):
        check_portable(text)
