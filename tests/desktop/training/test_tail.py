from pathlib import Path

from desktop.training.tail import Tail


def test_only_whole_lines_and_each_once(tmp_path: Path) -> None:
    path = tmp_path / "log"
    tail = Tail(path)
    assert tail.read().lines == []
    path.write_bytes("one\ntwö".encode())
    assert tail.read().lines == ["one"]
    with path.open("ab") as file:
        file.write(b"!\r\nthree\n")
    assert tail.read().lines == ["twö!", "three"]
    assert tail.read().lines == []


def test_a_file_that_was_replaced_or_cut_off_is_read_anew(tmp_path: Path) -> None:
    path, other = tmp_path / "log", tmp_path / "other"
    path.write_text("one\ntwo\n")
    tail = Tail(path)
    tail.read()
    other.write_text("one\nthree\nfour\n")
    other.replace(path)
    assert (tail.read().lines, tail.read().is_anew) == (["one", "three", "four"], False)
    path.write_text("x\n")
    added = tail.read()
    assert (added.lines, added.is_anew) == (["x"], True)
