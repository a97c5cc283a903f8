import json
from pathlib import Path

from trainer.journal import Journal


def steps(path: Path) -> list[int]:
    return [json.loads(line)["step"] for line in path.read_text().splitlines()]


def test_lines_are_json_with_their_step(tmp_path: Path) -> None:
    Journal(tmp_path / "log.jsonl", 0).append(3, {"total": 0.5})
    assert json.loads((tmp_path / "log.jsonl").read_text()) == {"step": 3, "total": 0.5}


def test_going_on_deletes_what_will_be_written_again_and_what_was_not_finished(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    journal = Journal(path, 0)
    for step in (10, 20, 30):
        journal.append(step, {})
    with path.open("a") as file:
        file.write('not JSON\n{"no": "step"}\n{"step": 5, "total": 0.')
    Journal(path, 20).append(25, {})
    assert steps(path) == [10, 20, 25]
