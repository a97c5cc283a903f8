import io
import sys

import pytest

from engine.terminal.progress import progress_bar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_file_or_pipe_gets_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("Exporting", 2) as report:
        report(1)
        report(2)
    assert capsys.readouterr() == ("", "")


def test_a_person_sees_how_much_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress_bar("Exporting") as report:
        report(3, 3)
    assert "Exporting" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()
