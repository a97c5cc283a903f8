"""`analyze`: measure the action units of a face."""

import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from engine.action_units import au_index
from engine.analysis import Observations, observe_source, read_expressions
from engine.analysis.plot import plot_curves, plot_photos, require_plot_suffix, write_plot
from engine.commands.curve_options import NeutralOption, SmoothingOption, frames_bar, parse_neutral
from engine.commands.options import OverwriteFlag
from engine.commands.span_options import FromOption, ToOption, parse_span
from engine.curves import AUCurves, write_csv
from engine.errors import MediaError
from engine.faces.expression import ExpressionEstimator
from engine.terminal.json_output import JsonFlag, print_json


def analyze(
    source: Annotated[
        Path, typer.Argument(metavar="SRC", help="A photo, a video, numbered pictures, or a folder of photos.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The CSV file to write, in OpenFace's columns.")],
    plot: Annotated[Path | None, typer.Option("--plot", help="A picture of the curves to write: .png or .svg.")] = None,
    neutral: NeutralOption = None,
    smoothing: SmoothingOption = 0.0,
    start: FromOption = None,
    end: ToOption = None,
    overwrite: OverwriteFlag = False,
    as_json: JsonFlag = False,
) -> None:
    """Measure how strongly each action unit shows, in every picture of a photo, a folder or a video.

    The file has OpenFace's columns: frame, timestamp, confidence, success and an intensity AUxx_r of 0..5 for each of
    the 17 action units; for photos also their file_name. Where several faces show, the largest is measured.
    """
    outputs = [output] if plot is None else [output, plot]
    _refuse(outputs, source, overwrite=overwrite)
    if plot is not None:
        require_plot_suffix(plot)
    at_rest = parse_neutral(neutral)
    span = parse_span(source, start, end)
    with frames_bar(source.name) as report:
        observations = observe_source(source, report, span)
    if at_rest is None:
        at_rest = "auto" if observations.follow else "none"
    curves = read_expressions(observations, ExpressionEstimator(), at_rest, smoothing)
    write_csv(curves, output, names=observations.names or None, overwrite=overwrite)
    if plot is not None:
        _draw(curves, observations, source.name, plot, overwrite=overwrite)
    if as_json:
        print_json(_document(curves, outputs))
        return
    print(*outputs, sep="\n")
    missing = int((~curves.success).sum())
    if missing:
        print(f"No face was found in {missing} of {len(curves)} pictures.", file=sys.stderr)


def _refuse(outputs: list[Path], source: Path, *, overwrite: bool) -> None:
    """Refuse outputs before any work: those that exist, that are the source, or that are one and the same."""
    for path in outputs:
        if path.exists() and source.exists() and path.samefile(source):
            raise MediaError(f"{path} is the source itself.", "Give the output another name.")
        if path.exists() and not overwrite:
            raise MediaError(f"{path} exists already.", "Add --overwrite, or give the output another name.")
        if not path.parent.is_dir():
            raise MediaError(f"The folder {path.parent} does not exist.", "Create it, or choose another folder.")
    if len({path.resolve() for path in outputs}) < len(outputs):
        raise MediaError("The curves and their picture cannot share one file.", "Give --plot another name.")


def _draw(curves: AUCurves, observations: Observations, name: str, path: Path, *, overwrite: bool) -> None:
    figure = plot_photos(curves, observations.names, name) if observations.names else plot_curves({name: curves}, name)
    write_plot(figure, path, overwrite=overwrite)


def _document(curves: AUCurves, outputs: list[Path]) -> dict[str, object]:
    seen = curves.seen()
    intensities = {
        f"AU{number:02d}": {
            "mean": round(float(seen.values[:, au_index(number)].mean(dtype=np.float64)), 4),
            "max": round(float(seen.values[:, au_index(number)].max()), 4),
        }
        for number in curves.aus
    }
    return {
        "outputs": [str(path) for path in outputs],
        "frames": len(curves),
        "frames_with_face": len(seen),
        "intensities": intensities,
    }
