import itertools

import numpy as np
import pytest

from engine.faces import topology
from engine.faces.topology import mirror_images

CONTOURS = {
    name: getattr(topology, name)
    for name in ("LEFT_EYE", "RIGHT_EYE", "LEFT_BROW", "RIGHT_BROW", "OUTER_LIPS", "INNER_LIPS", "FACE_OVAL")
}


def test_mirror_images_of_mirror_images_are_the_landmarks() -> None:
    every = sorted({*itertools.chain(*CONTOURS.values()), *topology.MIDLINE, *topology.LEFT_CHEEK, *topology.LEFT_NOSE})
    assert mirror_images(mirror_images(every)) == tuple(every)


def test_parts_mirror_each_other() -> None:
    assert mirror_images(topology.LEFT_EYE) == topology.RIGHT_EYE
    assert mirror_images(topology.MIDLINE) == topology.MIDLINE
    assert set(mirror_images(topology.OUTER_LIPS)) == set(topology.OUTER_LIPS)


def test_unknown_landmark_has_no_mirror_image() -> None:
    with pytest.raises(KeyError):
        mirror_images([478])


def test_mirror_images_lie_mirrored_in_a_face(astronaut_in_head_frame: np.ndarray) -> None:
    points = astronaut_in_head_frame
    for landmarks in (*CONTOURS.values(), topology.LEFT_CHEEK, topology.LEFT_LOWER_LID, topology.LEFT_NOSE):
        flipped = points[list(landmarks)] * [-1, 1, 1]
        assert np.linalg.norm(points[list(mirror_images(landmarks))] - flipped, axis=1).max() < 0.25


@pytest.mark.parametrize("name", CONTOURS)
def test_contours_do_not_cross_themselves(name: str, astronaut_in_head_frame: np.ndarray) -> None:
    ring = astronaut_in_head_frame[list(CONTOURS[name]), :2]
    edges = list(zip(ring, np.roll(ring, -1, axis=0), strict=True))
    for (i, first), (j, second) in itertools.combinations(enumerate(edges), 2):
        if j - i > 1 and (i, j) != (0, len(edges) - 1):
            assert not _cross(*first, *second), f"edges {i} and {j}"


def _cross(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> bool:
    def side(p: np.ndarray, q: np.ndarray, r: np.ndarray) -> float:
        return float((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]))

    return side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0


@pytest.mark.parametrize(("iris", "eye"), [("LEFT_IRIS", "LEFT_EYE"), ("RIGHT_IRIS", "RIGHT_EYE")])
def test_pupils_lie_in_their_eyes(iris: str, eye: str, astronaut_in_head_frame: np.ndarray) -> None:
    ring = astronaut_in_head_frame[list(getattr(topology, eye)), 0]
    pupil = astronaut_in_head_frame[getattr(topology, iris)[0], 0]
    assert ring.min() < pupil < ring.max()
