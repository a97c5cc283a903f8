import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import torch

from engine.errors import ModelError
from trainer.checkpoint import load_checkpoint, save_checkpoint

CONTENT = {"step": 7, "networks": {"weight": torch.arange(6.0).reshape(2, 3)}}


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow beyond a kilobyte; a full disk fails in the same call, with another number.

    For a moment only: what pytest itself prints may go to a file.
    """
    resource = pytest.importorskip("resource", reason="needs a limit on the size of files")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    save_checkpoint(tmp_path / "last.pt", CONTENT)
    loaded = load_checkpoint(tmp_path / "last.pt")
    assert loaded["step"] == 7
    assert torch.equal(loaded["networks"]["weight"], CONTENT["networks"]["weight"])  # type: ignore[index]
    assert [path.name for path in tmp_path.iterdir()] == ["last.pt"]


def test_on_a_full_disk_the_older_one_survives(tmp_path: Path) -> None:
    save_checkpoint(tmp_path / "last.pt", CONTENT)
    before = (tmp_path / "last.pt").read_bytes()
    with pytest.raises(ModelError, match="cannot be written") as caught, full_disk():
        save_checkpoint(tmp_path / "last.pt", {"step": 8, "networks": {"weight": torch.zeros(100_000)}})
    assert "the older one is intact" in caught.value.remedy
    assert (tmp_path / "last.pt").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["last.pt"]


def test_a_folder_that_does_not_exist_is_an_error_that_promises_no_older_one(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be written") as caught:
        save_checkpoint(tmp_path / "missing" / "last.pt", CONTENT)
    assert "intact" not in caught.value.remedy


def whole_file() -> bytes:
    file = io.BytesIO()
    torch.save({"format": 1, **CONTENT}, file)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"not a checkpoint", whole_file()[:-200], whole_file()[:100], bytes(range(256)) * 8],
    ids=["empty", "text", "cut off", "cut short", "noise"],
)
def test_a_damaged_file_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "last.pt").write_bytes(content)
    with pytest.raises(ModelError, match=r"last\.pt is damaged, or is none") as caught:
        load_checkpoint(tmp_path / "last.pt")
    assert "\n" not in caught.value.message


def test_a_file_that_is_absent_or_something_else_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="does not exist"):
        load_checkpoint(tmp_path / "last.pt")
    torch.save(torch.zeros(2), tmp_path / "tensor.pt")
    with pytest.raises(ModelError, match="not a checkpoint of this version"):
        load_checkpoint(tmp_path / "tensor.pt")
    torch.save({"format": 0}, tmp_path / "old.pt")
    with pytest.raises(ModelError, match="not a checkpoint of this version"):
        load_checkpoint(tmp_path / "old.pt")


class Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return Path.touch, (Path("sprung"),)  # type: ignore[return-value]


def test_code_in_a_file_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    torch.save({"format": 1, "trap": Trap()}, tmp_path / "last.pt")
    with pytest.raises(ModelError, match="is damaged"):
        load_checkpoint(tmp_path / "last.pt")
    assert not (tmp_path / "sprung").exists()
