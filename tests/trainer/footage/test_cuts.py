import numpy as np

from trainer.footage.cuts import CutDetector


def test_a_cut_is_where_another_picture_begins_and_not_where_something_moves() -> None:
    rng = np.random.default_rng(0)
    dark, bright = (rng.integers(low, low + 60, (90, 160, 3), np.uint8) for low in (10, 180))
    dark[20:60, 40:80] = 140
    moved = np.roll(dark, 12, axis=1)
    frames = [dark, moved, np.roll(dark, 24, axis=1), bright, bright, dark]
    detector = CutDetector()
    assert [detector.is_cut(frame) for frame in frames] == [False, False, False, True, False, True]
