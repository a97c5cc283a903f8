import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.action_units import AU_COUNT
from engine.types import RGBImage
from trainer.footage.similarity import HASH_BITS, MAX_DISTANCE, DuplicateFinder, perceptual_hash

CALM = (0.0,) * AU_COUNT


def blobs(seed: int) -> RGBImage:
    noise = np.random.default_rng(seed).normal(256, 1600, (128, 128, 3))
    return (cv2.GaussianBlur(noise, (0, 0), 6) / 2).clip(0, 255).astype(np.uint8)


def distance(a: RGBImage, b: RGBImage) -> int:
    return (int(perceptual_hash(a), 16) ^ int(perceptual_hash(b), 16)).bit_count()


def test_a_hash_does_not_mind_brightness_and_noise_and_tells_pictures_apart() -> None:
    picture = blobs(0)
    changed = np.clip(picture * 0.9 + 5 + np.random.default_rng(1).normal(0, 2, picture.shape), 0, 255).astype(np.uint8)
    assert len(perceptual_hash(picture)) == HASH_BITS // 4
    assert distance(picture, changed) <= 8
    assert distance(picture, blobs(2)) > 80


@given(
    st.integers(0, 2**HASH_BITS - 1),
    st.lists(st.integers(0, HASH_BITS - 1), max_size=30),
    st.integers(-1, MAX_DISTANCE),
)
def test_exactly_the_hashes_within_the_distance_are_known(number: int, flipped: list[int], most: int) -> None:
    other = number
    for bit in flipped:
        other ^= 1 << bit
    finder = DuplicateFinder(most)
    finder.add(f"{number:064x}", CALM)
    assert finder.knows(f"{other:064x}", CALM) == ((number ^ other).bit_count() <= most)


@pytest.mark.parametrize(("blink", "known"), [(0.5, True), (2.0, False)])
def test_another_expression_is_no_duplicate(blink: float, known: bool) -> None:
    finder = DuplicateFinder(6)
    finder.add("0" * 64, CALM)
    assert finder.knows("0" * 64, (*CALM[:-1], blink)) is known
