"""The command line: names each command and imports its module only when it is called.

To add a command, write a module with a function whose parameters are `Annotated[..., typer.Option(...)]` and whose
docstring is its help, and add a line to `COMMANDS`. The module may import what it likes at its top: the overview does
not load it.
"""

import importlib
from typing import Any, Final, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup


class CommandPlace(NamedTuple):
    """Where a command is and what it does.

    Attributes:
        name: what the user types.
        module: the module that defines it.
        function: the function's name in that module.
        summary: the first line of the function's docstring, short enough for the overview.
    """

    name: str
    module: str
    function: str
    summary: str

    def load(self) -> Any:
        """Import the module and return the command."""
        app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
        function = getattr(importlib.import_module(self.module), self.function)
        app.command(name=self.name, context_settings=_HELP_OPTIONS)(function)
        return typer.main.get_command(app)


_HELP_OPTIONS: Final = {"help_option_names": ["-h", "--help"]}

COMMANDS: Final = (
    CommandPlace("doctor", "engine.commands.doctor", "doctor", "Report what is installed and what works."),
)


class _LazyCommand(TyperCommand):
    """Stands for a command in the overview and becomes the real one when it is called."""

    def __init__(self, place: CommandPlace) -> None:
        super().__init__(place.name, help=place.summary, rich_markup_mode=None)
        self._place = place

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        return self._place.load().make_context(info_name, args, parent, **extra)


def run(arguments: list[str]) -> None:
    """Run the command that `arguments` name, or print the overview; always leaves with `SystemExit` or an error."""
    group = TyperGroup(
        name="main.py",
        commands=[_LazyCommand(place) for place in COMMANDS],
        help="EGGAN Studio: change facial expressions in photos and videos by FACS action units.",
        rich_markup_mode=None,  # plain help: importing rich would double the time of `--help`
        context_settings=_HELP_OPTIONS,
    )
    group.main(arguments or ["--help"], prog_name="main.py")
