import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.errors import MediaError
from engine.media.atomic import AtomicFile, AtomicFolder, AtomicOutput


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_half(output: AtomicOutput, interruption: type[BaseException]) -> None:
    with output:
        if output.part.is_file():
            output.part.write_bytes(b"half")
        raise interruption


def folder_output(target: Path, *, overwrite: bool = False) -> AtomicFolder:
    return AtomicFolder(target, overwrite=overwrite, is_replaceable=lambda name: name.endswith(".png"))


def test_a_file_appears_whole_when_the_block_ends(tmp_path: Path) -> None:
    target = tmp_path / "größe 写真.bin"
    with AtomicFile(target) as output:
        output.part.write_bytes(b"whole")
        assert not target.exists()
        assert output.part.parent == tmp_path
        assert output.part.suffix == ".part"
    assert target.read_bytes() == b"whole"
    assert names(tmp_path) == [target.name]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, ValueError])
def test_an_exception_leaves_nothing(tmp_path: Path, interruption: type[BaseException]) -> None:
    with pytest.raises(interruption):
        write_half(AtomicFile(tmp_path / "a.bin"), interruption)
    assert names(tmp_path) == []


def test_an_exception_keeps_the_earlier_file(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_half(AtomicFile(target, overwrite=True), KeyboardInterrupt)
    assert target.read_bytes() == b"old"
    assert names(tmp_path) == ["a.bin"]


def test_an_existing_file_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    with pytest.raises(MediaError, match=r"a\.bin exists already") as caught:
        AtomicFile(target)
    assert "overwriting" in caught.value.remedy
    assert names(tmp_path) == ["a.bin"]


def test_overwriting_replaces_the_content_and_keeps_the_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with AtomicFile(target, overwrite=True) as output:
        output.part.write_bytes(b"new")
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    with AtomicFile(tmp_path / "a.bin"):
        pass
    assert (tmp_path / "a.bin").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_file_that_another_program_made_meanwhile_survives(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    output = AtomicFile(target)
    target.write_bytes(b"theirs")
    with pytest.raises(MediaError, match="exists already"):
        output.commit()
    assert target.read_bytes() == b"theirs"
    assert names(tmp_path) == ["a.bin"]


def test_the_source_is_never_written_onto(tmp_path: Path) -> None:
    source = tmp_path / "source.bin"
    source.write_bytes(b"precious")
    link, twin = tmp_path / "link.bin", tmp_path / "twin.bin"
    link.symlink_to(source)
    twin.hardlink_to(source)
    for target in (source, link, twin, tmp_path / "." / "source.bin"):
        with pytest.raises(MediaError, match="is the source itself"):
            AtomicFile(target, overwrite=True, source=source)
    assert source.read_bytes() == b"precious"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    target, link = tmp_path / "real" / "a.bin", tmp_path / "link.bin"
    target.write_bytes(b"old")
    link.symlink_to(target)
    with AtomicFile(link, overwrite=True) as output:
        output.part.write_bytes(b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing/a.bin", "folder .*missing does not exist"),
        ("folder", "is a folder"),
        ("x" * 300, "is too long"),
        ("plain/a.bin", "folder .*plain does not exist"),
    ],
)
def test_an_impossible_target_is_refused(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "plain").touch()
    with pytest.raises(MediaError, match=message) as caught:
        AtomicFile(tmp_path / name)
    assert caught.value.remedy


def test_a_device_is_not_replaced() -> None:
    with pytest.raises(MediaError, match="not an ordinary file"):
        AtomicFile(Path("/dev/null"), overwrite=True)


def test_a_name_as_long_as_the_file_system_allows_will_do(tmp_path: Path) -> None:
    target = tmp_path / ("写" * 84 + ".bi")  # 255 bytes
    with AtomicFile(target) as output:
        output.part.write_bytes(b"whole")
    assert target.read_bytes() == b"whole"


@pytest.mark.parametrize(
    ("number", "message"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "only be read"), (errno.EIO, "cannot be written")],
)
def test_a_disk_that_fails_at_the_end_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, message: str
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    output = AtomicFile(tmp_path / "a.bin")
    output.part.write_bytes(b"whole")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(MediaError, match=message) as caught:
        output.commit()
    assert caught.value.remedy
    assert names(tmp_path) == []


def test_committing_twice_is_a_mistake_and_discarding_afterwards_is_not(tmp_path: Path) -> None:
    output = AtomicFile(tmp_path / "a.bin")
    output.commit()
    output.discard()
    with pytest.raises(ValueError, match="before"):
        output.commit()
    assert names(tmp_path) == ["a.bin"]


def test_a_discarded_part_that_came_back_is_deleted_by_discarding_again(tmp_path: Path) -> None:
    output = AtomicFile(tmp_path / "a.bin")
    output.discard()
    output.part.touch()
    output.discard()
    assert names(tmp_path) == []


def existing_nothing(_target: Path) -> None: ...


def existing_empty(target: Path) -> None:
    target.mkdir()


def existing_earlier_output(target: Path) -> None:
    target.mkdir()
    (target / "1.png").touch()
    (target / "2.png").touch()


@pytest.mark.parametrize("prepare", [existing_nothing, existing_empty, existing_earlier_output])
def test_a_folder_appears_whole(tmp_path: Path, prepare: Callable[[Path], None]) -> None:
    target = tmp_path / "pictures"
    prepare(target)
    with folder_output(target, overwrite=True) as output:
        (output.part / "9.png").write_bytes(b"new")
    assert names(tmp_path) == ["pictures"]
    assert names(target) == ["9.png"]


def test_an_exception_leaves_the_earlier_folder(tmp_path: Path) -> None:
    target = tmp_path / "pictures"
    existing_earlier_output(target)
    output = folder_output(target, overwrite=True)
    (output.part / "9.png").touch()
    with pytest.raises(KeyboardInterrupt):
        write_half(output, KeyboardInterrupt)
    assert names(tmp_path) == ["pictures"]
    assert names(target) == ["1.png", "2.png"]


def test_a_folder_with_files_is_refused_without_overwriting(tmp_path: Path) -> None:
    target = tmp_path / "pictures"
    existing_earlier_output(target)
    with pytest.raises(MediaError, match="exists already"):
        folder_output(target)


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "pictures"
    existing_earlier_output(target)
    (target / "thesis.doc").write_bytes(b"precious")
    with pytest.raises(MediaError, match=r"holds other files, for instance thesis\.doc"):
        folder_output(target, overwrite=True)
    assert (target / "thesis.doc").read_bytes() == b"precious"


def test_a_file_that_came_into_the_folder_meanwhile_survives(tmp_path: Path) -> None:
    target = tmp_path / "pictures"
    existing_earlier_output(target)
    output = folder_output(target, overwrite=True)
    (output.part / "9.png").touch()
    (target / "thesis.doc").write_bytes(b"precious")
    with pytest.raises(MediaError, match="holds other files"):
        output.commit()
    assert names(target) == ["1.png", "2.png", "thesis.doc"]
    assert names(tmp_path) == ["pictures"]


def test_a_folder_that_cannot_take_its_name_gives_it_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "pictures"
    existing_earlier_output(target)
    output = folder_output(target, overwrite=True)
    rename = Path.rename

    def fail_for_the_part(self: Path, to: Path) -> Path:
        if self == output.part:
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fail_for_the_part)
    with pytest.raises(MediaError, match="cannot be written"):
        output.commit()
    assert names(target) == ["1.png", "2.png"]
    assert names(tmp_path) == ["pictures"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(MediaError, match="is a file, not a folder"):
        folder_output(tmp_path / "a", overwrite=True)
