"""Photos as RGB arrays, in and out.

Reading applies the EXIF orientation, brings 16 bits to 8 and grey, palette and CMYK to RGB. Transparency and the colour
profile are kept beside the pixels, so that an edited photo can be written with both: the pixels are never converted.
"""

import io
import struct
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError
from PIL.PngImagePlugin import PngInfo
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from engine.errors import MediaError
from engine.media.atomic import AtomicFile
from engine.media.disclosure import COMMENT, XMP
from engine.media.faults import reading_fault, writing_fault
from engine.types import RGBImage

AlphaImage: TypeAlias = NDArray[np.uint8]
"""uint8 [H, W]: 0 transparent, 255 opaque."""

DEFAULT_QUALITY: Final = 95
PHOTO_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp"})
"""File name endings that photos are written with, in lower case."""

_READ_FORMATS: Final = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
_DECODER_FAULTS: Final = (OSError, SyntaxError, ValueError, EOFError, struct.error)
"""What Pillow's decoders raise on damaged files."""
_LOSSLESS_QUALITY: Final = 100
_FULL_CHROMA_QUALITY: Final = 90
_WHITE: Final = 255
_TIFF_DESCRIPTION: Final = 270
_TIFF_XMP: Final = 700
_TIFF_BYTES: Final = 1


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """A still picture.

    Attributes:
        pixels: uint8 [H, W, 3] RGB, read-only, upright.
        alpha: uint8 [H, W], or None for an opaque photo. The colours in `pixels` are not multiplied by it.
        icc_profile: the profile that says which colours the numbers stand for, or None for sRGB.
    """

    pixels: RGBImage
    alpha: AlphaImage | None = None
    icc_profile: bytes | None = None

    def shown(self) -> RGBImage:
        """Return the picture as a viewer shows it: uint8 [H, W, 3] sRGB on white, read-only."""
        flat = self.on_white()
        if self.icc_profile is None:
            return flat
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(self.icc_profile))
            shown = ImageCms.profileToProfile(Image.fromarray(flat), profile, ImageCms.createProfile("sRGB"))
        except (ImageCms.PyCMSError, OSError, ValueError):  # a broken profile is ignored, as viewers do
            return flat
        return flat if shown is None else _read_only(np.array(shown))

    def on_white(self) -> RGBImage:
        """Return the picture without transparency: uint8 [H, W, 3] RGB in the photo's own profile, read-only."""
        if self.alpha is None:
            return self.pixels
        opacity = self.alpha[..., None].astype(np.float32) / 255
        flat = np.rint(self.pixels * opacity + _WHITE * (1 - opacity)).astype(np.uint8)
        return _read_only(flat)


def read_photo(path: Path) -> Photo:
    """Read a JPEG, PNG, WebP, TIFF or BMP file, whatever its name ends with.

    Raises:
        MediaError: the file is missing, a folder, empty, damaged, cut short, too large or in another format.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise reading_fault(path, error) from error
    if not data:
        raise MediaError(f"{path} is empty.", "Copy the photo again.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata and of photos of over 90 megapixels
            with Image.open(io.BytesIO(data), formats=_READ_FORMATS) as image:
                return _to_photo(image)
    except UnidentifiedImageError as error:
        raise MediaError(
            f"{path} is not a photo in a supported format, or its beginning is damaged.",
            "Convert it to JPEG, PNG, WebP, TIFF or BMP.",
        ) from error
    except Image.DecompressionBombError as error:
        raise MediaError(f"{path} has over 178 megapixels, which is too many.", "Scale it down first.") from error
    except _DECODER_FAULTS as error:
        raise MediaError(f"{path} is damaged or cut short.", "Copy or export the photo again.") from error


def encode_photo(photo: Photo, suffix: str, quality: int = DEFAULT_QUALITY, *, ai_tag: bool = False) -> bytes:
    """Return the file for `photo` in the format that `suffix` names.

    Args:
        photo: JPEG and BMP, which know no transparency, get it on white.
        suffix: one of `PHOTO_SUFFIXES`.
        quality: 0..100, for JPEG and WebP; 100 makes WebP lossless. The other formats always are.
        ai_tag: True says in the metadata that a model edited it; BMP has none.
    """
    if not 0 <= quality <= 100:
        raise ValueError(f"Quality {quality} is not in 0..100.")
    buffer = io.BytesIO()
    profile = photo.icc_profile or b""
    xmp = XMP if ai_tag else b""
    match suffix.lower():
        case ".jpg" | ".jpeg":
            sampling = 0 if quality >= _FULL_CHROMA_QUALITY else 2
            image = Image.fromarray(photo.on_white())
            comment = COMMENT if ai_tag else ""
            image.save(
                buffer,
                "JPEG",
                quality=quality,
                subsampling=sampling,
                optimize=True,
                icc_profile=profile,
                xmp=xmp,
                comment=comment,
            )
        case ".png":
            _with_alpha(photo).save(
                buffer, "PNG", compress_level=2, icc_profile=profile, pnginfo=_png_texts() if ai_tag else None
            )
        case ".webp":
            lossless = quality == _LOSSLESS_QUALITY
            _with_alpha(photo).save(
                buffer, "WEBP", quality=quality, lossless=lossless, exact=lossless, icc_profile=profile, xmp=xmp
            )
        case ".tif" | ".tiff":
            tags = _tiff_tags() if ai_tag else ImageFileDirectory_v2()
            _with_alpha(photo).save(
                buffer, "TIFF", compression="tiff_adobe_deflate", icc_profile=profile, tiffinfo=tags
            )
        case ".bmp":
            Image.fromarray(photo.on_white()).save(buffer, "BMP")
        case _:
            raise ValueError(f"{suffix!r} is not one of {sorted(PHOTO_SUFFIXES)}.")
    return buffer.getvalue()


def write_photo(
    path: Path,
    photo: Photo | RGBImage,
    *,
    quality: int = DEFAULT_QUALITY,
    overwrite: bool = False,
    source: Path | None = None,
    ai_tag: bool = False,
) -> None:
    """Write `photo` in the format that the ending of `path` names; the file appears whole or not at all.

    Args:
        path: ends with one of `PHOTO_SUFFIXES`.
        photo: what to write; uint8 [H, W, 3] sRGB stands for an opaque one.
        quality: 0..100, as for `encode_photo`.
        overwrite: True replaces an existing file.
        source: the photo it was made from, which is never written onto.
        ai_tag: as for `encode_photo`.

    Raises:
        MediaError: the ending is unknown, the file exists, its folder is missing or the disk is full.
    """
    require_photo_suffix(path)
    photo = photo if isinstance(photo, Photo) else Photo(photo)
    with AtomicFile(path, overwrite=overwrite, source=source) as output:
        try:
            output.part.write_bytes(encode_photo(photo, path.suffix, quality, ai_tag=ai_tag))
        except OSError as error:
            raise writing_fault(output.target, error) from error


def require_photo_suffix(path: Path) -> None:
    """Raise MediaError unless `path` ends as a photo does."""
    if path.suffix.lower() not in PHOTO_SUFFIXES:
        raise MediaError(
            f"{path} does not end like a photo.", f"End the name with one of {', '.join(sorted(PHOTO_SUFFIXES))}."
        )


def _to_photo(image: Image.Image) -> Photo:
    """Decode, turn upright and bring to 8-bit RGB."""
    image.load()
    profile = _rgb_profile(image.info.get("icc_profile"))
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith(("I", "F")):
        return Photo(_read_only(_grey_to_rgb(np.asarray(upright))))
    if upright.has_transparency_data:
        rgba = np.asarray(upright.convert("RGBA"))
        pixels, alpha = np.ascontiguousarray(rgba[..., :3]), np.ascontiguousarray(rgba[..., 3])
        is_opaque = bool((alpha == _WHITE).all())
        return Photo(_read_only(pixels), None if is_opaque else _read_only(alpha), profile)
    return Photo(_read_only(np.array(upright.convert("RGB"))), None, profile)


def _rgb_profile(profile: bytes | None) -> bytes | None:
    """Drop a profile for grey or CMYK, which says nothing of the RGB made from them."""
    return profile if profile is not None and profile[16:20] == b"RGB " else None


def _grey_to_rgb(values: NDArray[np.generic]) -> RGBImage:
    """Bring grey of 16 bits to 8; integers 0..65535 [H, W] to uint8 [H, W, 3]."""
    if not np.issubdtype(values.dtype, np.integer) or values.min() < 0 or values.max() > 65535:
        raise ValueError("Grey values of more than 16 bits have no agreed white.")
    grey = ((values.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=2)


def _png_texts() -> PngInfo:
    """The places where PNG keeps a comment and an XMP packet (PNG specification and XMP specification, part 3)."""
    texts = PngInfo()
    texts.add_text("Comment", COMMENT)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return texts


def _tiff_tags() -> ImageFileDirectory_v2:
    """The tags of TIFF for a description and an XMP packet."""
    tags = ImageFileDirectory_v2()
    tags[_TIFF_DESCRIPTION] = COMMENT
    tags.tagtype[_TIFF_XMP] = _TIFF_BYTES
    tags[_TIFF_XMP] = XMP
    return tags


def _with_alpha(photo: Photo) -> Image.Image:
    if photo.alpha is None:
        return Image.fromarray(photo.pixels)
    return Image.fromarray(np.dstack([photo.pixels, photo.alpha]))


def _read_only(array: NDArray[np.uint8]) -> NDArray[np.uint8]:
    array.setflags(write=False)
    return array
