"""`demo`: animate the bundled photo with the bundled timeline."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Annotated, Final

import cv2
import numpy as np
import typer

from engine.commands.options import OverwriteFlag
from engine.commands.output_options import AiMarkFlag, AiTagFlag, disclosure
from engine.commands.rendering import with_bar
from engine.errors import MediaError
from engine.media import Photo, VisibleMark, write_photo
from engine.pipeline import DEFAULT_MODEL, ProcessedFrame
from engine.project import load_project
from engine.rendering import RenderSettings, render
from engine.terminal.json_output import JsonFlag, print_json
from engine.terminal.pipeline_options import BackendOption, DeviceOption, ModelOption, pipeline_settings
from engine.types import FaceTrack, RGBImage

_ASSETS: Final = Path(__file__).resolve().parents[2] / "assets" / "demo"
PHOTO: Final = _ASSETS / "astronaut.jpg"
PROJECT: Final = _ASSETS / "expressions.json"
DEFAULT_FOLDER: Final = Path("out/demo")
_RESULTS: Final = ("expressions.mp4", "before_after.mp4", "strip.png")
_STRIP_TIMES: Final = tuple(Fraction(time) for time in ("0", "0.7", "1.5", "2.3", "3.1"))
"""When the strip shows the face: as in the photo, then each expression at its height."""
_PORTRAIT_PX: Final = 384


def demo(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help=f"Folder for the results; by default {DEFAULT_FOLDER}, or {DEFAULT_FOLDER}-2 and so on if that is "
            "taken.",
        ),
    ] = None,
    ai_tag: AiTagFlag = True,
    ai_mark: AiMarkFlag = False,
    overwrite: OverwriteFlag = False,
    model: ModelOption = DEFAULT_MODEL,
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    as_json: JsonFlag = False,
) -> None:
    """Animate the bundled photo: a video, the same beside the photo, and a strip of its expressions.

    Prints the paths of what it wrote.
    """
    folder = output or (DEFAULT_FOLDER if overwrite else _free_folder(DEFAULT_FOLDER))
    video, before_after, strip = paths = [folder / name for name in _RESULTS]
    if not overwrite:
        _refuse_existing(paths)
    timeline = load_project(PROJECT).timeline
    told = disclosure(ai_tag=ai_tag, ai_mark=ai_mark)
    settings = RenderSettings(
        pipeline=pipeline_settings(model, backend, device),
        overwrite=overwrite,
        still_duration=timeline.end,
        beside=before_after,
        disclosure=told,
    )
    portraits: list[RGBImage] = []
    with _made(folder):

        def collect(result: ProcessedFrame) -> None:
            frame = result.frame
            if frame.time in _STRIP_TIMES and result.face is not None:
                portraits.append(_portrait(frame.pixels, result.face.track))

        report = render(PHOTO, video, timeline, settings, with_bar(collect))
        pictures = np.hstack(portraits)
        if told.mark:
            pictures = VisibleMark(pictures.shape[1], pictures.shape[0]).on(pictures)
        write_photo(strip, Photo(pictures), overwrite=overwrite, ai_tag=told.tag)
    if as_json:
        print_json({"outputs": [str(path) for path in paths], "frames": report.frames, "seconds": report.seconds})
    else:
        print(*paths, sep="\n")


def _free_folder(folder: Path) -> Path:
    """Return `folder`, or the first of `folder`-2, `folder`-3 and so on that does not exist or is empty."""
    names = (folder if number == 1 else folder.with_name(f"{folder.name}-{number}") for number in count(1))
    return next(path for path in names if not path.exists() or (path.is_dir() and not any(path.iterdir())))


def _refuse_existing(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.exists():
            raise MediaError(f"{path} exists already.", "Add --overwrite, or choose another folder with --output.")


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; what is still empty after an exception goes again."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediaError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose another with --output."
        ) from error
    try:
        yield
    except BaseException:
        with suppress(OSError):
            for path in missing:
                path.rmdir()
        raise


def _portrait(pixels: RGBImage, face: FaceTrack) -> RGBImage:
    """The face with some air around it, a square of `_PORTRAIT_PX`."""
    left, top, right, bottom = face.box_px
    scale = _PORTRAIT_PX / (1.5 * max(right - left, bottom - top))
    middle = (_PORTRAIT_PX - 1) / 2
    to_portrait = np.array(
        [[scale, 0, middle - scale * (left + right) / 2], [0, scale, middle - scale * (top + bottom) / 2]]
    )
    side = (_PORTRAIT_PX, _PORTRAIT_PX)
    portrait = cv2.warpAffine(pixels, to_portrait, side, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(portrait, dtype=np.uint8)
