from pathlib import Path

import numpy as np
import pytest

from trainer.board import open_board


def test_numbers_and_pictures_can_be_read_back_and_later_steps_are_forgotten_on_going_on(tmp_path: Path) -> None:
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    with open_board(tmp_path, 0) as board:
        for step in (1, 2, 3):
            board.numbers("losses", step, {"total": step / 2})
        board.picture("expressions", 3, np.zeros((4, 5, 3), np.uint8))
        board.flush()
    with open_board(tmp_path, 2) as board:
        board.numbers("losses", 3, {"total": 9.0})
    events = accumulator.EventAccumulator(str(tmp_path / "tensorboard"))
    events.Reload()
    assert [(event.step, event.value) for event in events.Scalars("losses/total")] == [(1, 0.5), (2, 1.0), (3, 9.0)]
