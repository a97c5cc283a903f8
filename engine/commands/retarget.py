"""`retarget`: let the face of one clip drive the face of a photo or of another clip."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from engine.analysis import observe_source, read_expressions
from engine.commands.curve_options import (
    GainOption,
    ModeOption,
    NeutralOption,
    OnlyOption,
    SmoothingOption,
    frames_bar,
    parse_driven,
    parse_neutral,
    parse_seconds,
)
from engine.commands.options import ClipFlag, OverwriteFlag, parse_intensities
from engine.commands.output_options import (
    AiMarkFlag,
    AiTagFlag,
    CodecOption,
    QualityOption,
    SizeOption,
    disclosure,
    encoding,
)
from engine.commands.rendering import tell_unchanged, with_bar
from engine.commands.span_options import DriverFromOption, ToOption, parse_span
from engine.controls import Controls, DriverMode
from engine.curves import best_lag
from engine.edit_scope import LARGEST, FaceSelection
from engine.errors import MediaError
from engine.faces.expression import ExpressionEstimator
from engine.media import (
    Encoding,
    MediaKind,
    SizeLimit,
    VideoSource,
    conversion_for,
    open_source,
    sink_kind,
    source_kind,
)
from engine.pipeline import DEFAULT_MODEL, ProcessedFrame
from engine.rendering import STILL_RATE, RenderSettings, render_source
from engine.retargeting import CSV_SUFFIX, BesideVideo, Performance, PerformingStill, read_performance
from engine.terminal.json_output import JsonFlag, print_json
from engine.terminal.pipeline_options import (
    BackendOption,
    CalibrationFlag,
    CompositingOption,
    DeviceOption,
    FacesOption,
    ModelOption,
    RegionOption,
    face_settings,
    pipeline_settings,
    region_strengths,
)


def retarget(
    source: Annotated[
        Path, typer.Argument(metavar="SRC", help="A photo, a video, or a folder of numbered pictures to animate.")
    ],
    driver: Annotated[
        Path, typer.Option("--driver", "-d", help="A video of the performance, or its curves in a .csv file.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The video to write.")],
    start: DriverFromOption = None,
    end: ToOption = None,
    only: OnlyOption = None,
    gain: GainOption = None,
    au: Annotated[
        list[str] | None, typer.Option("--au", help="Hold an action unit at an intensity 0..5, as in 45=0; repeatable.")
    ] = None,
    clip: ClipFlag = False,
    mode: ModeOption = DriverMode.RELATIVE,
    strength: Annotated[
        float, typer.Option("--strength", help="α: 0 keeps the face's own expression, 1 follows fully.")
    ] = 1.0,
    delay: Annotated[
        str,
        typer.Option("--delay", help="Seconds to follow later; auto measures how much later SRC acts the same."),
    ] = "0",
    neutral: NeutralOption = None,
    smoothing: SmoothingOption = 1.0,
    beside: Annotated[
        Path | None, typer.Option("--beside", help="A second video to write: driver and result side by side.")
    ] = None,
    size: SizeOption = "original",
    codec: CodecOption = None,
    quality: QualityOption = None,
    audio: Annotated[
        bool, typer.Option("--audio/--no-audio", help="Carry over the sound: of SRC, or of the driver for a photo.")
    ] = True,
    model: ModelOption = DEFAULT_MODEL,
    backend: BackendOption = "auto",
    device: DeviceOption = "auto",
    compositing: CompositingOption = "detail",
    faces: FacesOption = None,
    region: RegionOption = None,
    calibrate: CalibrationFlag = True,
    ai_tag: AiTagFlag = True,
    ai_mark: AiMarkFlag = False,
    overwrite: OverwriteFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Let the face of one clip drive the face of a photo, of another clip, or of the same person in another take.

    The driver's expression is measured from its own neutral face and added to what SRC shows. A photo takes the
    driver's duration, frame rate and sound; a video keeps its own.
    """
    _refuse(source, driver, output, beside, overwrite=overwrite)
    controls = Controls(
        sliders=parse_intensities(au or [], clip=clip),
        strength=strength,
        driven=parse_driven(only, gain or []),
        driver_mode=mode,
    )
    span = parse_span(driver, start, end)
    later = None if delay == "auto" else parse_seconds(delay, "--delay")
    at_rest = parse_neutral(neutral)
    chosen = LARGEST if faces is None else FaceSelection.parse(faces)
    coding = encoding(codec, quality)
    told = disclosure(ai_tag=ai_tag, ai_mark=ai_mark)
    settings = RenderSettings(
        pipeline_settings(
            model,
            backend,
            device,
            compositing,
            face_settings(chosen, smoothing, calibrates=calibrate),
            region_strengths(region or []),
        ),
        coding,
        keep_audio=audio,
        overwrite=overwrite,
        limit=SizeLimit.parse(size),
        disclosure=told,
    )
    with frames_bar(driver.name) as report:
        performance = read_performance(driver, "auto" if at_rest is None else at_rest, report, smoothing, span)
    if later is None:
        later = _measured_delay(performance, source)
    plan = performance.delayed(later).plan(controls)
    with _opened(source, performance, output, coding) as target:
        if beside is None:
            result = render_source(target, source.name, output, plan, settings, with_bar())
        else:
            with BesideVideo(
                beside,
                driver,
                target.info,
                later,
                coding,
                keep_audio=audio,
                overwrite=overwrite,
                disclosure=told,
                span=span,
            ) as both:

                def show(processed: ProcessedFrame) -> None:
                    both.write(processed.frame)

                result = render_source(target, source.name, output, plan, settings, with_bar(show))
    outputs = [output] if beside is None else [output, beside]
    if as_json:
        print_json(
            {
                "outputs": [str(path) for path in outputs],
                "frames": result.frames,
                "frames_with_face": result.frames_with_face,
                "delay_s": float(later),
                "seconds": result.seconds,
            }
        )
        return
    print(*outputs, sep="\n")
    tell_unchanged(result)


def _refuse(source: Path, driver: Path, output: Path, beside: Path | None, *, overwrite: bool) -> None:
    """Refuse what cannot come to anything before the driver is read."""
    for path in filter(None, (output, beside)):
        if sink_kind(path) is MediaKind.PHOTO:
            raise MediaError(f"{path.name} is a photo, and a performance makes a video.", "End it with .mp4.")
        if path.is_file() and not overwrite:
            raise MediaError(f"{path} exists already.", "Add --overwrite, or give the output another name.")
        if any(path.exists() and other.exists() and path.samefile(other) for other in (source, driver)):
            raise MediaError(f"{path} is what it would be made from.", "Give the output another name.")
    if beside is not None and driver.suffix.lower() == CSV_SUFFIX:
        raise MediaError(f"{driver.name} holds curves, which cannot be shown beside the result.", "Leave out --beside.")
    source_kind(source)  # says if it does not exist


def _measured_delay(performance: Performance, source: Path) -> Fraction:
    """How much later the source acts the same, as another take of the same scene does."""
    if source_kind(source) is MediaKind.PHOTO:
        raise MediaError(f"{source.name} is a photo, which does not act.", "Give --delay in seconds.")
    with frames_bar(source.name) as report:
        observations = observe_source(source, report)
    return best_lag(performance.curves, read_expressions(observations, ExpressionEstimator(), "auto"))


@contextmanager
def _opened(source: Path, performance: Performance, output: Path, encoding: Encoding) -> Iterator[VideoSource]:
    """The source; a photo is shown for as long as the performance lasts."""
    if source_kind(source) is MediaKind.PHOTO:
        yield PerformingStill(source, performance)
        return
    with open_source(source, rate=STILL_RATE, conversion=conversion_for(output, encoding)) as opened:
        yield opened
