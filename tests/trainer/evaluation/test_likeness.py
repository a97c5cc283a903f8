import numpy as np
import pytest

from trainer.evaluation.likeness import face_likeness, face_mask, likeness

RANDOM = np.random.default_rng(1)
PICTURES = RANDOM.integers(40, 200, (3, 128, 128, 3), dtype=np.uint8)


def test_equal_pictures() -> None:
    found = likeness(PICTURES, PICTURES)
    assert found.l1 == 0
    assert found.ms_ssim == pytest.approx(1)
    assert np.isinf(found.psnr_db)


def test_a_constant_difference_by_hand() -> None:
    found = likeness(PICTURES + np.uint8(51), PICTURES)
    assert found.l1 == pytest.approx(0.2)
    assert found.psnr_db == pytest.approx(-20 * np.log10(0.2))
    assert found.ms_ssim < 1


def test_only_the_face_counts() -> None:
    changed = PICTURES.copy()
    changed[:, :10] += 51
    masks = np.zeros((3, 128, 128), bool)
    masks[:, 40:90, 40:90] = True
    assert face_likeness(changed, PICTURES, masks) == pytest.approx((0, 1))
    changed[:, 40:65, 40:90] += 51
    assert face_likeness(changed, PICTURES, masks)[0] == pytest.approx(0.1)


def test_the_mask_is_the_inside_of_the_outline() -> None:
    angles = np.linspace(0, 2 * np.pi, 478)
    landmarks = np.stack([64 + 30 * np.cos(angles), 64 + 40 * np.sin(angles)], axis=1).astype(np.float32)
    mask = face_mask(landmarks, 128)
    assert mask[64, 64]
    assert not mask[64, 100]
    assert mask.sum() < np.pi * 31 * 41
