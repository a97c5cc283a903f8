import dataclasses
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from engine.analysis import observe, observe_source
from engine.errors import MediaError
from engine.media import Photo, write_photo
from engine.types import FaceTrack, Frame, HeadPose, RGBImage
from tests.engine.media.clips import Clip, make_video
from tests.engine.pipeline.stand_ins import StandInLandmarker, grey_frames, track_in

LARGE = np.ones((480, 480, 3), np.uint8)


class OneFace:
    """Finds the same face in every picture."""

    def __init__(self, track: FaceTrack) -> None:
        self.track = track

    def detect(self, pixels: RGBImage, time: Fraction) -> tuple[FaceTrack, ...]:
        return (self.track,)

    def close(self) -> None:
        pass


def confidence_of(track: FaceTrack) -> float:
    observed = observe([Frame(LARGE, Fraction(0), 0)], OneFace(track), lambda done: None)
    return observed.confidence[0]


def grey_photo(path: Path, grey: int, size: tuple[int, int] = (48, 64)) -> Path:
    write_photo(path, Photo(np.full((*size, 3), grey, np.uint8)))
    return path


def test_every_frame_is_looked_at_once_in_order() -> None:
    landmarker, reported = StandInLandmarker(), list[int]()
    observed = observe(grey_frames(9, 0, 9), landmarker, reported.append)
    assert [track is not None for track in observed.tracks] == [True, False, True]
    assert observed.times == tuple(landmarker.times) == (Fraction(0), Fraction(1, 25), Fraction(2, 25))
    assert len(observed.faces) == 2
    assert reported == [1, 2, 3]
    assert observed.confidence[1] == 0.0


def test_a_large_face_from_the_front_is_fully_trusted() -> None:
    assert confidence_of(track_in(LARGE)) == 1.0


@pytest.mark.parametrize(
    ("pose", "share"), [(HeadPose(20, -10, 40), 1.0), (HeadPose(47.5, 0, 0), 0.5), (HeadPose(0, -80, 0), 0.0)]
)
def test_a_face_turned_away_is_trusted_less(pose: HeadPose, share: float) -> None:
    assert confidence_of(dataclasses.replace(track_in(LARGE), pose=pose)) == pytest.approx(share)


def test_a_face_that_leaves_the_picture_is_trusted_less() -> None:
    track = track_in(LARGE)
    half_out = track.landmarks_px.copy()
    half_out[::2, 0] = -5
    assert confidence_of(dataclasses.replace(track, landmarks_px=half_out)) == pytest.approx(0.5, abs=0.01)


def test_a_small_face_is_trusted_less() -> None:
    assert confidence_of(dataclasses.replace(track_in(LARGE), box_px=(200, 200, 230, 230))) == pytest.approx(0.5)


def test_what_the_landmarker_says_counts_too() -> None:
    assert confidence_of(dataclasses.replace(track_in(LARGE), confidence=0.25)) == pytest.approx(0.25)


@pytest.mark.usefixtures("grey_faces")
class TestSources:
    def test_a_video_keeps_its_times(self, tmp_path: Path) -> None:
        path = make_video(tmp_path / "clip.mp4", Clip())
        reported: list[tuple[int, int | None]] = []
        observed = observe_source(path, lambda done, total: reported.append((done, total)))
        assert observed.times == tuple(Fraction(frame * 1001, 30000) for frame in range(12))
        assert observed.follow
        assert observed.names == ()
        assert reported[-1] == (12, 12)

    def test_a_photo_is_one_picture(self, tmp_path: Path) -> None:
        observed = observe_source(grey_photo(tmp_path / "face.png", 100))
        assert observed.names == ("face.png",)
        assert not observed.follow

    def test_a_numbered_series_is_a_take(self, tmp_path: Path) -> None:
        for number in range(3):
            grey_photo(tmp_path / f"frame_{number + 1:03d}.png", 100)
        observed = observe_source(tmp_path)
        assert observed.follow
        assert observed.times == (Fraction(0), Fraction(1, 30), Fraction(2, 30))

    def test_other_photos_are_looked_at_one_by_one(self, tmp_path: Path) -> None:
        grey_photo(tmp_path / "berta.png", 100, (30, 40))
        grey_photo(tmp_path / "anna.jpg", 100)
        grey_photo(tmp_path / "nobody.png", 0)
        (tmp_path / "notes.txt").write_text("no photo")
        observed = observe_source(tmp_path)
        assert observed.names == ("anna.jpg", "berta.png", "nobody.png")
        assert [track is not None for track in observed.tracks] == [True, True, False]
        assert not observed.follow

    def test_a_source_without_a_face_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(MediaError, match=r"No face was found in black\.png"):
            observe_source(grey_photo(tmp_path / "black.png", 0))

    def test_a_folder_without_photos_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(MediaError, match="no photos"):
            observe_source(tmp_path)

    def test_a_source_that_is_absent_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(MediaError, match=r"absent\.mp4"):
            observe_source(tmp_path / "absent.mp4")
