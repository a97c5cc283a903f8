from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from PIL import ImageCms

from engine.errors import MediaError
from engine.media.photos import Photo, read_photo, write_photo
from engine.media.stills import ImageSource, PhotoSink
from engine.types import Frame
from tests.engine.media.clips import NTSC, frames_of, noise_pictures

PICTURE = noise_pictures(1, (37, 21))[0]
HALF = np.full(PICTURE.shape[:2], 128, np.uint8)


@pytest.fixture
def photo_path(tmp_path: Path) -> Path:
    path = tmp_path / "photo.png"
    write_photo(path, PICTURE)
    return path


def test_a_photo_is_one_frame(photo_path: Path) -> None:
    with ImageSource(photo_path) as source:
        frames = list(source)
        assert source.info.is_still
        assert (source.info.width, source.info.height) == (37, 21)
        assert source.info.frame_count == source.info.expected_frame_count == 1
        assert not source.info.has_audio
    assert [(frame.time, frame.index) for frame in frames] == [(Fraction(0), 0)]
    np.testing.assert_array_equal(frames[0].pixels, PICTURE)
    assert not frames[0].pixels.flags.writeable


def test_a_photo_can_be_shown_for_a_while(photo_path: Path) -> None:
    with ImageSource(photo_path, duration=Fraction(1), rate=NTSC) as source:
        frames = list(source)
        assert source.info.duration == 30 / NTSC
        assert [frame.time for frame in frames] == [index / NTSC for index in range(30)]
        assert len({id(frame.pixels) for frame in frames}) == 1
        assert [frame.index for frame in source.frames(Fraction(9, 10))] == [26, 27, 28, 29]
        assert [frame.index for frame in source.frames(Fraction(9))] == [29]


@pytest.mark.parametrize("changes", [{"rate": Fraction(0)}, {"duration": Fraction(-1)}])
def test_a_still_has_a_positive_rate_and_duration(photo_path: Path, changes: dict[str, Fraction]) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        ImageSource(photo_path, **changes)  # type: ignore[arg-type]  # one of the two Fractions


def test_a_video_shows_transparency_on_white(tmp_path: Path) -> None:
    write_photo(tmp_path / "a.png", Photo(PICTURE, HALF))
    source = ImageSource(tmp_path / "a.png")
    expected = PICTURE * (128 / 255) + 255 * (1 - 128 / 255)
    np.testing.assert_allclose(next(iter(source)).pixels, expected, atol=0.51)
    assert source.photo.alpha is None


def test_a_photo_keeps_its_transparency_and_profile(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    write_photo(tmp_path / "a.png", Photo(PICTURE, HALF, profile))
    source = ImageSource(tmp_path / "a.png", as_stored=True)
    with PhotoSink(tmp_path / "b.png", like=source.photo) as sink:
        for frame in source:
            sink.write(Frame(255 - frame.pixels, frame.time, frame.index))
    result = read_photo(tmp_path / "b.png")
    np.testing.assert_array_equal(result.pixels, 255 - PICTURE)
    assert result.alpha is not None
    np.testing.assert_array_equal(result.alpha, HALF)
    assert result.icc_profile == profile


def test_the_quality_counts(tmp_path: Path) -> None:
    sizes = []
    for quality in (10, 95):
        with PhotoSink(tmp_path / f"{quality}.jpg", quality=quality) as sink:
            sink.write(frames_of([PICTURE])[0])
        sizes.append((tmp_path / f"{quality}.jpg").stat().st_size)
    assert sizes[0] < sizes[1]


def test_the_photo_appears_at_the_end(tmp_path: Path) -> None:
    sink = PhotoSink(tmp_path / "a.png")
    sink.write(frames_of([PICTURE])[0])
    assert not (tmp_path / "a.png").exists()
    sink.finish()
    sink.finish()
    sink.abort()
    np.testing.assert_array_equal(read_photo(tmp_path / "a.png").pixels, PICTURE)
    with pytest.raises(ValueError, match="finished or aborted"):
        sink.write(frames_of([PICTURE])[0])


def test_a_photo_holds_one_frame(tmp_path: Path) -> None:
    frames = frames_of([PICTURE, PICTURE])
    sink = PhotoSink(tmp_path / "a.png")
    sink.write(frames[0])
    with pytest.raises(MediaError, match="holds one frame only") as caught:
        sink.write(frames[1])
    assert "video" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_a_photo_needs_a_frame(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no frame to write"):
        PhotoSink(tmp_path / "a.png").finish()
    assert list(tmp_path.iterdir()) == []


def test_an_interruption_leaves_nothing(tmp_path: Path) -> None:
    sink = PhotoSink(tmp_path / "a.png")
    with pytest.raises(KeyboardInterrupt):
        interrupt(sink)
    assert list(tmp_path.iterdir()) == []


def interrupt(sink: PhotoSink) -> None:
    with sink:
        sink.write(frames_of([PICTURE])[0])
        raise KeyboardInterrupt


def test_the_source_is_never_written_onto(photo_path: Path) -> None:
    with pytest.raises(MediaError, match="is the source itself"):
        PhotoSink(photo_path, overwrite=True, source=photo_path)


def test_an_unknown_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not end like a photo"):
        PhotoSink(tmp_path / "a.gif")
