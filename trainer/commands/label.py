"""`label`: give the pictures of a dataset their intensities."""

from pathlib import Path
from typing import Annotated

import typer

from engine.terminal.json_output import JsonFlag, print_json
from trainer.footage.labelling import label
from trainer.messages import say


def label_dataset(
    data: Annotated[
        Path, typer.Argument(metavar="DATASET", help="Folder with train and test tables.", show_default=False)
    ],
    labels_from: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE|FOLDER",
            help="CSV with AU columns, or a folder of OpenFace's; by default, intensities are estimated.",
        ),
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Label pictures that have labels, too.")] = False,
    clip: Annotated[bool, typer.Option("--clip", help="Bring intensities outside 0..5 to the nearest end.")] = False,
    workers: Annotated[int, typer.Option("--workers", min=0, help="Processes; 0 takes one a core.")] = 0,
    as_json: JsonFlag = False,
) -> None:
    """Give the pictures of a dataset their intensities: estimated, OpenFace 2's, or your own.

    The estimator is calibrated on each person's neutral face, which is measured on pictures whose `kind` is
    neutral_real or guessed from all others. OpenFace's files are found by the name of the photo or video and the frame.
    Draws the distribution of each action unit, and warns of those that hardly vary.
    """
    labelled = label(data, labels_from, anew=anew, clip=clip, workers=workers)
    if as_json:
        document = {"new": labelled.new, "earlier": labelled.earlier, "remarks": list(labelled.remarks)}
        print_json({**document, "hardly_varying": list(labelled.weak), "plot": str(labelled.plot)})
        return
    kept = f" {labelled.earlier:,} keep the labels they had." if labelled.earlier else ""
    say(f"{labelled.new:,} pictures are labelled.{kept}")
    for remark in labelled.remarks:
        say(remark)
    if labelled.weak:
        say(
            f"Hardly varying in the training split: {', '.join(f'AU{number}' for number in labelled.weak)}. A model "
            "learns little of them; add footage that shows them."
        )
    print(labelled.plot)
