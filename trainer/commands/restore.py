"""`restore` and `discard`: pictures of a prepared dataset out of the trash, and into it."""

from pathlib import Path
from typing import Annotated

import typer

from engine.terminal.json_output import JsonFlag, print_json
from trainer.commands.preparation_report import preparation_document, print_preparation
from trainer.footage import trash
from trainer.footage.limits import Reason
from trainer.footage.preparing import Prepared

Data = Annotated[Path, typer.Argument(metavar="DATASET", help="Folder that prepare has made.", show_default=False)]


def restore(
    data: Data,
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME...]", help="Pictures, as the contact sheet names them.")
    ] = None,
    reason: Annotated[
        list[Reason] | None, typer.Option("--reason", help="All that were left out for it; repeatable.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything in the trash.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Bring pictures back from the trash of a prepared dataset, whatever was measured."""
    reasons = list(Reason) if everything else reason or []
    if not names and not reasons:
        raise typer.BadParameter("name pictures, or give --reason or --all", param_hint="NAME")
    _show(trash.restore(data, names or [], reasons), as_json=as_json)


def discard(
    data: Data,
    names: Annotated[
        list[str],
        typer.Argument(metavar="NAME...", help="Pictures, as the contact sheet names them.", show_default=False),
    ],
    as_json: JsonFlag = False,
) -> None:
    """Put pictures of a prepared dataset into its trash."""
    _show(trash.discard(data, names), as_json=as_json)


def _show(prepared: Prepared, *, as_json: bool) -> None:
    if as_json:
        print_json(preparation_document(prepared))
    else:
        print_preparation(prepared)
