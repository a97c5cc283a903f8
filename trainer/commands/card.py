"""`card`: what a model bundle says of itself."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Final

import typer
from pydantic import JsonValue
from rich.console import Console
from rich.table import Table

from engine.bundle import Bundle, BundleCard, find_bundle
from engine.terminal.json_output import JsonFlag, print_json

_MEGABYTE: Final = 1e6


def card(
    bundle: Annotated[
        str, typer.Argument(metavar="BUNDLE", help="A model's name, or the folder of a bundle.", show_default=False)
    ],
    as_json: JsonFlag = False,
) -> None:
    """Print what a model bundle says of itself: architecture, training, licence, figures, files.

    All hashes are checked before anything is printed.
    """
    loaded = Bundle.load(find_bundle(bundle))
    if as_json:
        print_json(loaded.card.model_dump(mode="json"))
        return
    console = Console(highlight=False)
    console.print(f"[bold]{loaded.card.name}[/bold]  {loaded.folder}")
    for title, lines in _sections(loaded.card):
        table = Table.grid(padding=(0, 2, 0, 2))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        for name, value in lines:
            table.add_row(name, value)
        console.print(f"\n[bold]{title}[/bold]")
        console.print(table)


def _sections(card: BundleCard) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Titles, and under each the names and values of its lines."""
    crop = card.crop
    yield (
        "Model",
        [
            *_lines("", card.architecture.model_dump(mode="json")),
            ("crop", f"{crop.size_px} px, eyes {crop.eye_distance_px:g} px apart around {crop.eye_centre_px} px"),
            ("weights", f"stored as {card.precision}"),
            (
                "action units",
                f"{len(card.action_units.names)}, {card.action_units.range[0]:g}..{card.action_units.range[1]:g}",
            ),
        ],
    )
    yield "Training", list(_lines("", card.training.model_dump(mode="json")))
    yield "Licence", [("", card.licence)]
    if card.metrics:
        yield "Measured", list(_lines("", card.metrics))
    if card.export is not None:
        yield "Fidelity of the files", list(_lines("", card.export.model_dump(mode="json")))
    yield (
        "Files",
        [(name, f"{record.bytes / _MEGABYTE:.1f} MB  {record.sha256[:12]}…") for name, record in card.files.items()],
    )


def _lines(prefix: str, values: Mapping[str, JsonValue]) -> Iterator[tuple[str, str]]:
    """Nested values as lines with names of words."""
    for key, value in values.items():
        name = f"{prefix} {key}".strip().replace("_", " ")
        if isinstance(value, dict):
            yield from _lines(name, value)
        elif isinstance(value, list):
            separator = "\n" if any(isinstance(item, str) for item in value) else "-"
            yield name, separator.join(map(_text, value))
        else:
            yield name, _text(value)


def _text(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:.4g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)
