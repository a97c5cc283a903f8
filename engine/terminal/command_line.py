"""A command line of several commands, each of which is imported only when it is called.

So the overview appears at once however heavy the commands are, and a command's module may import what it likes at its
top. A command is a function whose parameters are `Annotated[..., typer.Option(...)]` and whose docstring is its help.
"""

import importlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

_HELP_OPTIONS: Final = {"help_option_names": ["-h", "--help"]}


class CommandPlace(NamedTuple):
    """Where a command is and what it does.

    Attributes:
        name: what the user types.
        module: the module that defines it.
        function: the function's name in that module.
        summary: for the overview, which cuts what does not fit into a terminal's 80 columns.
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


class _LazyCommand(TyperCommand):
    """Stands for a command in the overview and becomes the real one when it is called."""

    def __init__(self, place: CommandPlace) -> None:
        super().__init__(place.name, help=place.summary, rich_markup_mode=None)
        self._place = place

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        return self._place.load().make_context(info_name, args, parent, **extra)


def run_command_line(
    program: str, description: str, commands: Sequence[CommandPlace], arguments: Sequence[str]
) -> None:
    """Run the command that `arguments` name, or print the overview; always leaves with `SystemExit` or an error.

    Args:
        program: as the user calls it, for the usage lines.
        description: what the program does, above the list of commands.
        commands: in the order of the overview.
        arguments: without the program's name.
    """
    group = TyperGroup(
        name=program,
        commands=[_LazyCommand(place) for place in commands],
        help=description,
        rich_markup_mode=None,  # plain help: importing rich would double the time of the overview
        context_settings=_HELP_OPTIONS,
    )
    group.main(list(arguments) or ["--help"], prog_name=program)
