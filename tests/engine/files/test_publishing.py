from pathlib import Path

import pytest

from engine.files import part_beside, publish_file


def made_part(target: Path) -> Path:
    part = part_beside(target)
    part.write_bytes(b"new")
    return part


def test_parts_lie_beside_their_target_and_never_meet(tmp_path: Path) -> None:
    target = tmp_path / "clip.mp4"
    parts = {part_beside(target) for _ in range(100)}
    assert len(parts) == 100
    assert all(part.parent == tmp_path and part.name.startswith("clip.mp4.") for part in parts)


@pytest.mark.parametrize("replace", [False, True])
def test_a_free_name_is_taken(tmp_path: Path, *, replace: bool) -> None:
    target = tmp_path / "a"
    publish_file(made_part(target), target, replace=replace)
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("has_hard_links", [False, True])
def test_a_name_that_is_taken_can_be_spared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_hard_links: bool
) -> None:
    if not has_hard_links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    target = tmp_path / "a"
    target.write_bytes(b"another program's")
    part = made_part(target)
    with pytest.raises(FileExistsError):
        publish_file(part, target, replace=False)
    assert target.read_bytes() == b"another program's"
    assert part.exists()


def test_a_disk_without_hard_links_takes_new_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "hardlink_to", refuse)
    target = tmp_path / "a"
    publish_file(made_part(target), target, replace=False)
    assert list(tmp_path.iterdir()) == [target]


def refuse(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")
