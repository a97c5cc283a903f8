import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms

from engine.errors import MediaError
from engine.media.photos import PHOTO_SUFFIXES, Photo, encode_photo, read_photo, write_photo
from engine.types import RGBImage
from tests.engine.media.clips import noise_pictures, smooth_pictures

LOSSLESS = [".png", ".tif", ".tiff", ".bmp", ".webp"]
EXIF_ORIENTATION = 0x0112


@pytest.fixture
def picture() -> RGBImage:
    return noise_pictures(1, (37, 21))[0]


def save(image: Image.Image, path: Path, **options: Any) -> Path:
    image.save(path, **options)
    return path


@pytest.mark.parametrize("suffix", LOSSLESS)
def test_lossless_formats_return_the_same_pixels(tmp_path: Path, picture: RGBImage, suffix: str) -> None:
    path = tmp_path / f"größe 写真{suffix}"
    write_photo(path, Photo(picture), quality=100)
    photo = read_photo(path)
    np.testing.assert_array_equal(photo.pixels, picture)
    assert photo.alpha is None
    assert photo.icc_profile is None
    assert photo.pixels.dtype == np.uint8
    assert photo.pixels.flags.c_contiguous
    assert not photo.pixels.flags.writeable


@pytest.mark.parametrize("suffix", [".jpg", ".jpeg", ".webp", ".JPG"])
def test_lossy_formats_come_close_and_closer_with_quality(tmp_path: Path, suffix: str) -> None:
    smooth = smooth_pictures(1)[0]
    errors, sizes = [], []
    for quality in (20, 95):
        path = tmp_path / f"{quality}{suffix}"
        write_photo(path, Photo(smooth), quality=quality)
        errors.append(float(np.abs(read_photo(path).pixels.astype(int) - smooth).mean()))
        sizes.append(path.stat().st_size)
    assert errors[1] < errors[0] < 5
    assert errors[1] < 1
    assert sizes[0] < sizes[1]


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".tif", ".webp"])
def test_the_orientation_is_applied(tmp_path: Path, picture: RGBImage, orientation: int, suffix: str) -> None:
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = orientation
    options: dict[str, Any] = {"lossless": True} if suffix == ".webp" else {}
    path = save(Image.fromarray(picture), tmp_path / f"a{suffix}", exif=exif, **options)
    turns = {1: 0, 2: 0, 3: 2, 4: 2, 5: 3, 6: 3, 7: 1, 8: 1}[orientation]  # quarter turns to the left, then mirrored
    expected = np.rot90(picture, turns)
    if orientation in (2, 4, 5, 7):
        expected = expected[:, ::-1]
    np.testing.assert_array_equal(read_photo(path).pixels, expected)


def test_a_turned_jpeg_is_upright(tmp_path: Path) -> None:
    smooth = smooth_pictures(1)[0]
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = 6
    path = save(Image.fromarray(smooth), tmp_path / "a.jpg", exif=exif, quality=98, subsampling=0)
    np.testing.assert_allclose(read_photo(path).pixels, np.rot90(smooth, 3), atol=4)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_sixteen_bits_of_grey_become_eight(tmp_path: Path, suffix: str) -> None:
    values = np.array([[0, 1, 128, 129, 257, 65406, 65407, 65535]], np.uint16)
    path = save(Image.fromarray(values), tmp_path / f"a{suffix}")
    expected = np.rint(values / 257).astype(np.uint8)
    np.testing.assert_array_equal(read_photo(path).pixels, np.repeat(expected[..., None], 3, axis=2))


def test_sixteen_bits_of_colour_become_eight(tmp_path: Path, picture: RGBImage) -> None:
    cv2 = pytest.importorskip("cv2")
    assert cv2.imwrite(str(tmp_path / "a.png"), picture[..., ::-1].astype(np.uint16) * 257)
    np.testing.assert_array_equal(read_photo(tmp_path / "a.png").pixels, picture)


def test_grey_becomes_rgb(tmp_path: Path, picture: RGBImage) -> None:
    path = save(Image.fromarray(picture[..., 0]), tmp_path / "a.png")
    np.testing.assert_array_equal(read_photo(path).pixels, np.repeat(picture[..., :1], 3, axis=2))


def test_floating_point_has_no_agreed_white(tmp_path: Path) -> None:
    path = save(Image.fromarray(np.ones((4, 4), np.float32)), tmp_path / "a.tif")
    with pytest.raises(MediaError, match="damaged"):
        read_photo(path)


def test_cmyk_becomes_rgb_without_its_profile(tmp_path: Path) -> None:
    profile = b"\0" * 16 + b"CMYK" + b"\0" * 108
    path = save(Image.new("CMYK", (4, 4), (0, 255, 255, 0)), tmp_path / "a.jpg", icc_profile=profile)
    photo = read_photo(path)
    assert photo.icc_profile is None
    np.testing.assert_allclose(photo.pixels, np.broadcast_to([255, 0, 0], (4, 4, 3)), atol=3)


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif"])
def test_transparency_is_kept_beside_the_pixels(tmp_path: Path, picture: RGBImage, suffix: str) -> None:
    alpha = np.linspace(0, 255, picture[..., 0].size).astype(np.uint8).reshape(picture.shape[:2])
    path = tmp_path / f"a{suffix}"
    write_photo(path, Photo(picture, alpha), quality=100)
    photo = read_photo(path)
    np.testing.assert_array_equal(photo.pixels, picture)
    assert photo.alpha is not None
    np.testing.assert_array_equal(photo.alpha, alpha)


def test_a_palette_with_a_transparent_colour_is_understood(tmp_path: Path) -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.putpixel((1, 0), 1)
    photo = read_photo(save(image, tmp_path / "a.png", transparency=1))
    np.testing.assert_array_equal(photo.pixels, [[[255, 0, 0], [0, 0, 255]]])
    assert photo.alpha is not None
    np.testing.assert_array_equal(photo.alpha, [[255, 0]])


def test_an_opaque_alpha_channel_is_dropped(tmp_path: Path, picture: RGBImage) -> None:
    path = save(Image.fromarray(picture).convert("RGBA"), tmp_path / "a.png")
    assert read_photo(path).alpha is None


@pytest.mark.parametrize("suffix", [".jpg", ".bmp"])
def test_formats_without_transparency_show_white_through(tmp_path: Path, suffix: str) -> None:
    red = np.broadcast_to(np.array([255, 0, 0], np.uint8), (16, 16, 3))
    alpha = np.full((16, 16), 102, np.uint8)  # 0.4: red over white leaves 153 of green and blue
    path = tmp_path / f"a{suffix}"
    write_photo(path, Photo(red, alpha), quality=100)
    np.testing.assert_allclose(read_photo(path).pixels, np.broadcast_to([255, 153, 153], (16, 16, 3)), atol=2)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".webp", ".tif"])
def test_the_colour_profile_is_kept(tmp_path: Path, picture: RGBImage, suffix: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = tmp_path / f"a{suffix}"
    write_photo(path, Photo(picture, None, profile))
    assert read_photo(path).icc_profile == profile


def test_an_srgb_profile_changes_nothing_that_is_shown(picture: RGBImage) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    np.testing.assert_allclose(Photo(picture, None, profile).shown(), picture, atol=1)


def test_another_profile_changes_what_is_shown(picture: RGBImage) -> None:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = (_tag_offset(profile, tag) for tag in (b"rXYZ", b"gXYZ"))
    profile[red : red + 20], profile[green : green + 20] = profile[green : green + 20], profile[red : red + 20]
    pure = np.full((2, 2, 3), (200, 0, 0), np.uint8)
    shown = Photo(pure, None, bytes(profile)).shown()
    assert (shown[..., 1] > 150).all()
    assert (shown[..., 0] < 50).all()


def _tag_offset(profile: bytearray, tag: bytes) -> int:
    entry = profile.index(tag, 128)
    return int.from_bytes(profile[entry + 4 : entry + 8], "big")


def test_a_broken_profile_is_ignored(picture: RGBImage) -> None:
    np.testing.assert_array_equal(Photo(picture, None, b"\0" * 16 + b"RGB " + b"junk").shown(), picture)


def test_a_missing_photo_is_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match=r"none\.png does not exist") as caught:
        read_photo(tmp_path / "none.png")
    assert caught.value.remedy


def test_a_folder_is_no_photo(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="is a folder"):
        read_photo(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"not a photo", "not a photo in a supported format"),
        (b"GIF89a" + bytes(40), "not a photo in a supported format"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "not a photo in a supported format"),
    ],
)
def test_other_content_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    with pytest.raises(MediaError, match=message) as caught:
        read_photo(path)
    assert caught.value.remedy


@pytest.mark.parametrize("suffix", sorted(PHOTO_SUFFIXES))
def test_a_photo_that_is_cut_short_is_refused(tmp_path: Path, picture: RGBImage, suffix: str) -> None:
    data = encode_photo(Photo(picture), suffix)
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(MediaError, match="damaged"):
        read_photo(path)


def test_a_photo_that_claims_to_be_huge_is_refused(tmp_path: Path) -> None:
    data = bytearray(encode_photo(Photo(noise_pictures(1)[0]), ".bmp"))
    data[18:26] = (60_000).to_bytes(4, "little") * 2
    path = tmp_path / "a.bmp"
    path.write_bytes(data)
    with pytest.raises(MediaError, match="megapixels"):
        read_photo(path)


SAMPLES = [encode_photo(Photo(noise_pictures(1, (9, 7))[0]), suffix) for suffix in (".png", ".jpg", ".webp", ".bmp")]


@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6))
def test_damage_gives_a_photo_or_a_media_error(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, changes: list[tuple[int, int]]
) -> None:
    damaged = bytearray(data)
    for position, value in changes:
        damaged[position % len(damaged)] = value
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(damaged)
    with suppress(MediaError):
        assert read_photo(path).pixels.ndim == 3


def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path: Path, picture: RGBImage) -> None:
    with pytest.raises(MediaError, match="does not end like a photo") as caught:
        write_photo(tmp_path / "a.gif", Photo(picture))
    assert ".png" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_an_existing_photo_is_kept_unless_overwriting(tmp_path: Path, picture: RGBImage) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"old")
    with pytest.raises(MediaError, match="exists already"):
        write_photo(path, Photo(picture))
    assert path.read_bytes() == b"old"
    write_photo(path, Photo(picture), overwrite=True)
    np.testing.assert_array_equal(read_photo(path).pixels, picture)


def test_a_full_disk_leaves_nothing(tmp_path: Path, picture: RGBImage, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_path: Path, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(MediaError, match="disk is full") as caught:
        write_photo(tmp_path / "a.png", Photo(picture))
    assert "space" in caught.value.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("quality", [-1, 101])
def test_the_quality_has_a_scale(picture: RGBImage, quality: int) -> None:
    with pytest.raises(ValueError, match=r"0\.\.100"):
        encode_photo(Photo(picture), ".jpg", quality)
