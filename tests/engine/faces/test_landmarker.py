import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.errors import ModelError
from engine.faces.landmarker import FaceLandmarker
from engine.types import FaceTrack, RGBImage


def test_track_of_a_photo(astronaut: RGBImage, astronaut_track: FaceTrack) -> None:
    height, width = astronaut.shape[:2]
    left, top, right, bottom = astronaut_track.box_px
    assert 0 < left < right < width
    assert 0 < top < bottom < height
    assert astronaut_track.landmarks_px.shape == (478, 3)
    assert astronaut_track.landmarks_px.dtype == np.float32
    assert not astronaut_track.landmarks_px.flags.writeable
    eyes, mouth = astronaut_track.landmarks_px[[33, 263]], astronaut_track.landmarks_px[14]
    assert eyes[0, 0] < mouth[0] < eyes[1, 0]
    assert eyes[:, 1].max() < mouth[1]


def test_no_face_is_a_result() -> None:
    with FaceLandmarker("image") as landmarker:
        assert landmarker.detect(np.full((240, 320, 3), 90, np.uint8)) == ()


def test_several_faces_come_largest_first(astronaut: RGBImage) -> None:
    face = astronaut[:210, 100:360]
    small = cv2.resize(astronaut[:300, 100:360], (182, 210), interpolation=cv2.INTER_AREA)
    both = np.concatenate([small, face], axis=1)
    with FaceLandmarker("image", max_faces=2) as landmarker:
        tracks = landmarker.detect(both)
    assert [track.id for track in tracks] == [0, 1]
    widths = [track.box_px[2] - track.box_px[0] for track in tracks]
    assert widths[0] > 1.3 * widths[1]


def test_video_mode_takes_frames_closer_than_a_millisecond(astronaut: RGBImage, astronaut_track: FaceTrack) -> None:
    with FaceLandmarker("video") as landmarker:
        for index in range(3):
            (track,) = landmarker.detect(astronaut, Fraction(index, 4000))
    assert np.abs(track.landmarks_px - astronaut_track.landmarks_px)[:, :2].max() < 8


def test_missing_model_names_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="missing") as raised:
        FaceLandmarker("image", model=tmp_path / "none.task")
    assert "build_face_landmarker" in raised.value.remedy


def test_damaged_model_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.task").write_bytes(b"not a bundle")
    with pytest.raises(ModelError, match="damaged"):
        FaceLandmarker("image", model=tmp_path / "bad.task")


def test_terminal_stays_clean(root: Path) -> None:
    program = (
        "import numpy\n"
        "from engine.faces.landmarker import FaceLandmarker\n"
        "with FaceLandmarker('image') as landmarker:\n"
        "    landmarker.detect(numpy.zeros((64, 64, 3), numpy.uint8))\n"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert result.stdout == ""
    assert result.stderr == ""
