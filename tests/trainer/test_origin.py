import json
from pathlib import Path
from typing import Any

import pytest

from engine.errors import ModelError
from trainer.origin import NOT_STATED, logged_origin, read_origin

START = {"pictures": 1200, "people": 3, "processes": 2, "device": "cuda:0", "precision": "bf16-mixed"}
CALL: dict[str, Any] = {"event": "start", "variant": "eggan", "batch_size": 8, **START}


def test_the_log_tells_what_was_trained_on_and_how_long_all_calls_together(tmp_path: Path) -> None:
    records = [
        {"event": "preparing", "time": 0.0},
        CALL | {"time": 1000.0},
        {"event": "losses", "time": 2800.0},
        {"event": "end", "time": 2800.0},
        {"event": "preparing", "time": 90_000.0},
        CALL | {"time": 90_100.0},
        {"event": "end", "time": 91_900.0},
    ]
    (tmp_path / "log.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    origin = logged_origin(tmp_path / "last.pt")
    assert origin.training.hours == 1.0
    assert origin.training.steps == 0
    assert origin.training.data == "1,200 pictures of 3 people"
    assert origin.training.hardware == "2 x cuda:0, bf16-mixed"
    assert origin.licence == NOT_STATED


@pytest.mark.parametrize("log", [None, "not JSON\n"])
def test_without_a_log_nothing_is_stated(tmp_path: Path, log: str | None) -> None:
    if log:
        (tmp_path / "log.jsonl").write_text(log)
    training = logged_origin(tmp_path / "last.pt").training
    assert (training.hours, training.data, training.hardware) == (0, NOT_STATED, NOT_STATED)


def test_a_description_that_is_absent_or_says_something_else_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_origin(tmp_path / "gone.toml")
    (tmp_path / "a.toml").write_text('license = "CC0"\n')
    with pytest.raises(ModelError, match=r"a\.toml cannot be used"):
        read_origin(tmp_path / "a.toml")
