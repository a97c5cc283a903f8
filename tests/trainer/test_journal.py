import json
import time
from pathlib import Path

import pytest

from trainer.journal import Journal


def steps(path: Path) -> list[int]:
    return [json.loads(line)["step"] for line in path.read_text().splitlines()]


def test_lines_are_json_with_their_step(tmp_path: Path) -> None:
    before = time.time()
    Journal(tmp_path / "log.jsonl", 0).append("losses", 3, {"total": 0.5})
    record = json.loads((tmp_path / "log.jsonl").read_text())
    assert before - 1 <= record.pop("time") <= time.time() + 1
    assert record == {"event": "losses", "step": 3, "total": 0.5}


def test_going_on_deletes_what_will_be_written_again_and_what_was_not_finished(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    journal = Journal(path, 0)
    for step in (10, 20, 30):
        journal.append("losses", step, {})
    with path.open("a") as file:
        file.write('not JSON\n{"no": "step"}\n{"step": 5, "total": 0.')
    Journal(path, 20).append("losses", 25, {})
    assert steps(path) == [10, 20, 25]


def test_a_log_without_anything_to_delete_is_not_written_anew(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    Journal(path, 0).append("losses", 3, {})
    inode = path.stat().st_ino
    Journal(path, 3)
    assert path.stat().st_ino == inode


def test_what_comes_before_the_first_step_is_told_now_and_then_and_when_it_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 0.0, 0.5, 1.2, 1.2, 1.3, 1.3])
    monkeypatch.setattr("trainer.journal.time.monotonic", lambda: next(clock))
    with Journal(tmp_path / "log.jsonl", 7).show_progress("Aligning faces", 4) as report:
        for done in range(1, 5):
            report(done)
    records = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [(record["event"], record["step"], record["what"]) for record in records] == [
        ("preparing", 7, "Aligning faces")
    ] * 3
    assert [(record["done"], record["total"]) for record in records] == [(1, 4), (3, 4), (4, 4)]
