import numpy as np

from engine.faces.scene_cuts import SceneCuts
from engine.types import RGBImage


def picture(seed: int, size: tuple[int, int] = (90, 160)) -> RGBImage:
    """Large patches of colour."""
    patches = np.random.default_rng(seed).integers(0, 255, (3, 4, 3), dtype=np.uint8)
    return np.ascontiguousarray(patches.repeat(size[0] // 3, axis=0).repeat(size[1] // 4, axis=1))


def cuts(*pictures: RGBImage) -> list[int]:
    scenes = SceneCuts()
    return [index for index, pixels in enumerate(pictures) if scenes.is_cut(pixels)]


def test_the_first_frame_begins_a_shot_and_like_frames_go_on() -> None:
    assert cuts(*[picture(1)] * 4) == [0]


def test_another_picture_begins_a_shot() -> None:
    assert cuts(*[picture(1)] * 3, *[picture(2)] * 3) == [0, 3]


def test_another_size_begins_a_shot() -> None:
    assert cuts(picture(1), picture(1, (180, 320)), picture(1, (180, 320))) == [0, 1]


def test_noise_and_a_slow_fade_go_on() -> None:
    rng = np.random.default_rng(0)
    noisy = [np.clip(picture(1) + rng.normal(0, 12, (90, 160, 3)), 0, 255).astype(np.uint8) for _ in range(5)]
    assert cuts(*noisy) == [0]
    faded = [np.rint(picture(1) * (1 - t) + picture(2) * t).astype(np.uint8) for t in np.linspace(0, 1, 12)]
    assert cuts(*faded) == [0]


def test_a_steady_pan_goes_on() -> None:
    assert cuts(*(np.roll(picture(1), 8 * step, axis=1) for step in range(20))) == [0]


def test_what_is_forgotten_does_not_go_on() -> None:
    scenes = SceneCuts()
    scenes.is_cut(picture(1))
    scenes.forget()
    assert scenes.is_cut(picture(1))
