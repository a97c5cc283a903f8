from pathlib import Path

import numpy as np

from trainer.data.crops import CropSet
from trainer.personal.comparison import SHOWN, Likeness, Sitting, Subject
from trainer.personal.report import Side, write_report


def test_the_page_shows_figures_and_pictures_of_both_and_needs_nothing_else(tmp_path: Path) -> None:
    picture = np.zeros((40, 60, 3), np.uint8)
    crops = CropSet(picture[None], np.zeros((1, 17), np.float32), np.zeros(1, np.int64), ("me",), np.zeros(1, np.int64))

    def side(name: str, l1: float, measured: float) -> Side:
        sitting = Sitting(picture, dict.fromkeys(SHOWN, picture), dict.fromkeys(SHOWN, measured))
        return Side(name, Likeness(l1, 0.9), [sitting])

    subject = Subject((picture,), crops, (0,))
    sides = side("before", 0.1, float("nan")), side("after", 0.05, 3.5)
    write_report(tmp_path / "r.html", "<me>", "400 steps", subject, *sides)
    page = (tmp_path / "r.html").read_text()
    assert "&lt;me&gt;" in page
    assert "25.5" in page
    assert "12.8" in page
    assert page.count("<img") == 2 * (2 + len(SHOWN))
    assert "nan" in page
    assert "http" not in page


def test_a_model_that_moves_the_pictures_own_pixels_draws_nothing_again(tmp_path: Path) -> None:
    picture = np.zeros((40, 60, 3), np.uint8)
    crops = CropSet(picture[None], np.zeros((1, 17), np.float32), np.zeros(1, np.int64), ("me",), np.zeros(1, np.int64))
    sitting = Sitting(None, dict.fromkeys(SHOWN, picture), dict.fromkeys(SHOWN, 1.0))
    sides = [Side(name, Likeness(None, change), [sitting]) for name, change in (("before", 0.91), ("after", 0.87))]
    write_report(tmp_path / "r.html", "me", "400 steps", Subject((picture,), crops, (0,)), *sides)
    page = (tmp_path / "r.html").read_text()
    assert "0.910" in page
    assert "0.870" in page
    assert "drawn" not in page
    assert page.count("<img") == 2 * (1 + len(SHOWN))
