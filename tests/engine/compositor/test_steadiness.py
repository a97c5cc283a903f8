import numpy as np

from engine.compositor import FaceMemory, PredictedCompositor, PredictedEdit
from engine.compositor.rendering import CropEdit
from engine.types import FloatArray
from tests.engine.compositor.drawn_face import DrawnFace

SIZE = 128
NOISE = np.random.default_rng(4)


def edit(motion_px: float, share: float) -> CropEdit:
    motion = np.zeros((SIZE, SIZE, 2), np.float32)
    motion[32:96, 32:96] = motion_px
    field = np.zeros((SIZE, SIZE), np.float32)
    field[32:96, 32:96] = share
    return CropEdit(motion, motion, np.zeros_like(field), field, np.repeat(field[..., None], 3, axis=2))


def noisy(motion_px: float, share: float) -> CropEdit:
    plain = edit(motion_px, share)

    def shaken(field: FloatArray, deviation: float) -> FloatArray:
        return np.asarray(field + (field != 0) * NOISE.normal(0, deviation, field.shape), np.float32)

    return CropEdit(
        shaken(plain.motion, 0.05),
        plain.layer_motion,
        plain.layer_cover,
        shaken(plain.share, 0.008),
        shaken(plain.addend, 0.008),
    )


def test_the_first_edit_passes_as_it_is() -> None:
    first = edit(2.0, 0.5)
    assert FaceMemory().steadied(first) is first


def test_tremor_is_averaged() -> None:
    memory = FaceMemory()
    steadied = [memory.steadied(noisy(2.0, 0.5)) for _ in range(30)][10:]
    inside = np.s_[40:90, 40:90]
    for field, deviation in (("motion", 0.05), ("share", 0.008), ("addend", 0.008)):
        left = np.std([getattr(each, field)[inside] for each in steadied], axis=0).mean()
        assert left < 0.5 * deviation, field


def test_an_expression_passes_without_lag() -> None:
    memory = FaceMemory()
    for step in range(12):
        wanted = edit(0.9 * step, min(0.1 * step, 1.0))
        given = memory.steadied(wanted)
        assert np.abs(given.motion - wanted.motion).max() < 1 / 6
        assert np.abs(given.share - wanted.share).max() < 0.02


def test_the_place_of_the_generated_face_is_averaged_and_followed() -> None:
    memory = FaceMemory()
    shifts = [np.full((SIZE, SIZE, 2), 1, np.float32) + NOISE.normal(0, 0.1, (1, 1, 2)) for _ in range(30)]
    given = [memory.steadied_shift(shift.astype(np.float32)).mean() for shift in shifts]
    assert np.std(given[10:]) < 0.6 * np.std([shift.mean() for shift in shifts[10:]])
    far = np.full((SIZE, SIZE, 2), 9, np.float32)
    assert np.abs(memory.steadied_shift(far) - far).max() < 0.1


def test_where_nothing_may_change_nothing_is_remembered() -> None:
    memory = FaceMemory()
    memory.steadied(edit(0.2, 0.04))
    still = memory.steadied(edit(0.0, 0.0))
    assert not still.motion.any()
    assert not still.share.any()
    assert not still.addend.any()


def test_another_size_of_crop_begins_anew() -> None:
    memory = FaceMemory()
    memory.steadied(edit(2.0, 0.5))
    small = np.zeros((64, 64), np.float32)
    motion = np.zeros((64, 64, 2), np.float32)
    other = CropEdit(motion, motion, small, small, np.zeros((64, 64, 3), np.float32))
    assert memory.steadied(other) is other


def test_a_memory_makes_a_trembling_prediction_s_frames_steadier() -> None:
    drawn = DrawnFace(texture=12.0)
    frame, face = drawn.frame(), drawn.face()
    memory = FaceMemory()
    alone, remembered = [], []
    for _ in range(12):
        flow = np.full((SIZE, SIZE, 2), 2, np.float32) + NOISE.normal(0, 0.06, (1, 1, 2)).astype(np.float32)
        prediction = PredictedEdit(flow, np.zeros((SIZE, SIZE), np.float32), np.zeros((SIZE, SIZE, 3), np.float32))
        alone.append(PredictedCompositor().composite(frame, face, prediction))
        remembered.append(PredictedCompositor().composite(frame, face, prediction, memory))
    tremor = [np.std(results[4:], axis=0).mean() for results in (alone, remembered)]
    assert tremor[1] < 0.6 * tremor[0]
