import json
from pathlib import Path

import pytest

from engine.errors import MediaError
from engine.terminal.exit_codes import run_to_exit_code
from engine.terminal.progress import progress_bar
from engine.terminal.watcher import EVENTS_VARIABLE, tell_watcher


@pytest.fixture
def events(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "events.jsonl"
    monkeypatch.setenv(EVENTS_VARIABLE, str(path))
    return path


def told(events: Path) -> list[dict[str, object]]:
    records = [json.loads(line) for line in events.read_text().splitlines()]
    assert all(record.pop("time") > 1e9 for record in records)
    return records


def test_progress_is_told_now_and_then_and_at_the_end(events: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 0.0, 0.3, 0.6, 0.6, 0.7, 0.8])
    monkeypatch.setattr("engine.terminal.watcher.time.monotonic", lambda: next(clock))
    with progress_bar("Looking for faces", 4) as report:
        for done in range(1, 5):
            report(done)
    assert [record["done"] for record in told(events)] == [0, 2, 4]
    assert told(events)[-1] == {"event": "progress", "what": "Looking for faces", "done": 4, "total": 4}


def test_a_whole_that_is_known_later_is_told(events: Path) -> None:
    with progress_bar("Reading") as report:
        report(1)
        report(7, 7)
    assert [(record["done"], record["total"]) for record in told(events)] == [(0, None), (7, 7)]


def test_the_end_is_told_with_reason_and_remedy(events: Path) -> None:
    def fail() -> None:
        raise MediaError("The clip is damaged.", "Choose another.")

    run_to_exit_code(fail)
    end = {"event": "end", "code": 1, "message": "The clip is damaged.", "remedy": "Choose another."}
    assert told(events) == [end]


@pytest.mark.parametrize(("leaving", "code"), [(KeyboardInterrupt(), 130), (SystemExit(2), 2), (SystemExit(0), 0)])
def test_other_ends_are_told_by_their_code(events: Path, leaving: BaseException, code: int) -> None:
    def leave() -> None:
        raise leaving

    run_to_exit_code(leave)
    assert told(events) == [{"event": "end", "code": code}]


def test_a_mistake_of_the_program_is_no_end(events: Path) -> None:
    def mistake() -> None:
        raise KeyError("face")

    with pytest.raises(KeyError):
        run_to_exit_code(mistake)
    assert not events.exists()


def test_a_file_that_cannot_be_written_disturbs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EVENTS_VARIABLE, str(tmp_path / "none" / "events.jsonl"))
    tell_watcher("end", code=0)
