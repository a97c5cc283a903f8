from pathlib import Path

import numpy as np
import pytest

from engine.faces.landmarker import FaceLandmarker
from engine.faces.pose import fit_head
from engine.types import FaceTrack, RGBImage
from tests.engine.faces.heads import read_photo


@pytest.fixture(scope="session")
def astronaut(root: Path) -> RGBImage:
    """The demo photo, one smiling face."""
    return read_photo(root / "assets" / "demo" / "astronaut.jpg")


@pytest.fixture(scope="session")
def astronaut_track(astronaut: RGBImage) -> FaceTrack:
    with FaceLandmarker("image") as landmarker:
        (track,) = landmarker.detect(astronaut)
    return track


@pytest.fixture(scope="session")
def astronaut_in_head_frame(astronaut_track: FaceTrack) -> np.ndarray:
    return fit_head(astronaut_track.landmarks_px).to_head(astronaut_track.landmarks_px)
