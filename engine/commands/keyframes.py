"""`keyframes`: turn a recorded performance into a project's keyframes."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from engine.commands.curve_options import (
    NeutralOption,
    SmoothingOption,
    frames_bar,
    parse_au_list,
    parse_neutral,
    parse_seconds,
)
from engine.commands.options import OverwriteFlag
from engine.curves import KeyframeShape, simplified_tracks
from engine.curves.simplification import DEFAULT_TOLERANCE
from engine.errors import ProjectError
from engine.pipeline import DEFAULT_MODEL
from engine.project import Project, load_project, save_project
from engine.retargeting import read_performance
from engine.terminal.json_output import JsonFlag, print_json


def keyframes(
    source: Annotated[
        Path, typer.Argument(metavar="SRC", help="Curves in OpenFace's columns (.csv), or a video of a performance.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The project file to write.")],
    tolerance: Annotated[
        float,
        typer.Option("--tolerance", help="How far the keyframes' curves may be from the recorded ones, in 0..5."),
    ] = DEFAULT_TOLERANCE,
    shape: Annotated[
        KeyframeShape, typer.Option("--shape", help="bezier needs fewer keyframes, linear draws straight lines.")
    ] = KeyframeShape.BEZIER,
    au: Annotated[
        list[str] | None, typer.Option("--au", help="Take these action units alone, as in 12,6,25; repeatable.")
    ] = None,
    delay: Annotated[str, typer.Option("--delay", help="Seconds to start later; negative is earlier.")] = "0",
    neutral: NeutralOption = None,
    smoothing: SmoothingOption = 1.0,
    project: Annotated[
        Path | None, typer.Option("--project", help="A project whose other tracks, media and settings to keep.")
    ] = None,
    media: Annotated[Path | None, typer.Option("--media", help="The photo or video that the project is about.")] = None,
    overwrite: OverwriteFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Turn a recorded performance into keyframes that stay within a tolerance of it.

    At the time of every recorded frame, the keyframes give what was recorded, or at most --tolerance more or less.
    """
    if output.exists() and not overwrite:
        raise ProjectError(f"{output} exists already.", "Add --overwrite, or give the output another name.")
    base = Project(DEFAULT_MODEL) if project is None else load_project(project)
    aus = None if au is None else parse_au_list(au)
    later = parse_seconds(delay, "--delay")
    at_rest = parse_neutral(neutral)
    with frames_bar(source.name) as report:
        performance = read_performance(source, "auto" if at_rest is None else at_rest, report, smoothing)
    tracks = simplified_tracks(performance.curves.delayed(later), tolerance, shape, aus)
    if not tracks:
        raise ProjectError(f"{source.name} has none of the action units asked for.", "Choose others with --au.")
    timeline = base.timeline
    for track in tracks:
        timeline = timeline.with_track(track)
    save_project(replace(base, timeline=timeline, media=media or base.media), output)
    count = sum(len(track.keyframes) for track in tracks)
    samples = len(performance.curves.seen()) * len(tracks)
    if as_json:
        print_json({"output": str(output), "tracks": len(tracks), "keyframes": count, "samples": samples})
    else:
        print(output)
        print(f"{count} keyframes in {len(tracks)} tracks stand for {samples} samples.")
