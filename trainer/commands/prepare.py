"""`prepare`: make a dataset of footage."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from engine.terminal.json_output import JsonFlag, print_json
from trainer.commands.preparation_report import preparation_document, print_preparation
from trainer.footage.layouts import Layout, recognise
from trainer.footage.limits import Limits
from trainer.footage.placing import require_splits
from trainer.footage.preparing import Preparation, prepare
from trainer.footage.splits import SplitPlan
from trainer.messages import say

_LIMITS = Limits()
_DEFAULT = Preparation()


def prepare_footage(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SRC...", help="Photos, videos, or folders of them.", show_default=False)
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", help="Folder of the dataset; what is there is added to.", show_default=False),
    ],
    layout: Annotated[
        Layout | None, typer.Option("--layout", help="How the footage is arranged; recognised by default.")
    ] = None,
    identity: Annotated[
        str, typer.Option("--identity", help="The person's name, where all files show one person.")
    ] = "",
    all_views: Annotated[bool, typer.Option("--all-views", help="RaFD and MMI: also views from the side.")] = False,
    every: Annotated[
        int, typer.Option("--every", min=1, help="Of a video, take each n-th frame, and the first after a cut.")
    ] = _DEFAULT.every,
    size: Annotated[
        int, typer.Option("--size", min=128, help="Longest side of a picture in the dataset, in pixels.")
    ] = _DEFAULT.max_side_px,
    min_face: Annotated[float, typer.Option("--min-face", help="Width of a face, in pixels.")] = _LIMITS.min_width_px,
    min_sharpness: Annotated[
        float, typer.Option("--min-sharpness", help="Sharp faces have 60 and more; 0 takes all.")
    ] = _LIMITS.min_sharpness,
    max_yaw: Annotated[float, typer.Option("--max-yaw", help="Degrees to the side.")] = _LIMITS.max_yaw,
    max_pitch: Annotated[float, typer.Option("--max-pitch", help="Degrees up or down.")] = _LIMITS.max_pitch,
    max_roll: Annotated[float, typer.Option("--max-roll", help="Degrees of tilt.")] = _LIMITS.max_roll,
    max_covered: Annotated[
        float, typer.Option("--max-covered", help="How much the colour of a place may differ from the skin's.")
    ] = _LIMITS.max_covered,
    duplicates: Annotated[
        int, typer.Option("--duplicates", min=-1, max=15, help="Bits of 256 that differ in duplicates; -1 keeps them.")
    ] = _LIMITS.max_hash_distance,
    test_fraction: Annotated[
        float, typer.Option("--test-fraction", min=0.01, max=0.9, help="Share of the people, or of one person's time.")
    ] = _DEFAULT.split.test_fraction,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Of the splits.")] = _DEFAULT.split.seed,
    workers: Annotated[int, typer.Option("--workers", min=0, help="Processes; 0 takes one a core.")] = 0,
    as_json: JsonFlag = False,
) -> None:
    """Make a dataset of footage: find the faces, leave out what is of no use, and split it.

    Recognises RaFD and MMI, a folder for each person, a folder or file of one person, and datasets with metadata.csv.
    The footage is only read. The same command goes on after an end of any kind, and adds nothing twice; with other
    limits, it moves pictures between dataset and trash. `restore` brings pictures back from the trash.
    """
    footage = [recognise(source, layout, identity=identity, all_views=all_views, without=output) for source in sources]
    for part in footage:
        say(part.describe())
    limits = dataclasses.replace(
        _LIMITS,
        min_width_px=min_face,
        min_sharpness=min_sharpness,
        max_yaw=max_yaw,
        max_pitch=max_pitch,
        max_roll=max_roll,
        max_covered=max_covered,
        max_hash_distance=duplicates,
    )
    preparation = Preparation(every, size, limits, SplitPlan(seed, test_fraction), workers)
    prepared = prepare(footage, output, preparation)
    if as_json:
        print_json(preparation_document(prepared))
    else:
        print_preparation(prepared)
    require_splits(prepared.sorting)
