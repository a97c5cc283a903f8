"""The list of the program's commands. To add one, write a module beside this and name it here."""

from typing import Final

from engine.terminal.command_line import CommandPlace, run_command_line

COMMANDS: Final = (
    CommandPlace("doctor", "engine.commands.doctor", "doctor", "Report what is installed and what works."),
)


def run(arguments: list[str]) -> None:
    """Run the command that `arguments` name, or print the overview; always leaves with `SystemExit` or an error."""
    description = "EGGAN Studio: change facial expressions in photos and videos by FACS action units."
    run_command_line("main.py", description, COMMANDS, arguments)
