"""The list of the program's commands. To add one, write a module beside this and name it here."""

from typing import Final

from engine.terminal.command_line import CommandPlace, run_command_line

COMMANDS: Final = (
    CommandPlace(
        "demo", "engine.commands.demo", "demo", "Animate the bundled portrait: videos and a strip of pictures."
    ),
    CommandPlace("animate", "engine.commands.animate", "animate", "Change the expression in a photo or a video."),
    CommandPlace("retarget", "engine.commands.retarget", "retarget", "Let one clip's face drive a photo or a video."),
    CommandPlace("analyze", "engine.commands.analyze", "analyze", "Measure a face's action units: CSV and plot."),
    CommandPlace("keyframes", "engine.commands.keyframes", "keyframes", "Turn a performance into keyframes."),
    CommandPlace("live", "engine.commands.live", "live", "Change expressions in real time, from a camera or a file."),
    CommandPlace("bench", "engine.commands.bench", "bench", "Measure how long each stage takes on this machine."),
    CommandPlace("doctor", "engine.commands.doctor", "doctor", "Report what is installed and what works."),
)


def run(arguments: list[str]) -> None:
    """Run the command that `arguments` name, or print the overview; always leaves with `SystemExit` or an error."""
    description = (
        "EGGAN Studio: change facial expressions in photos and videos by FACS action units. "
        "Without a command, or with the name of a file, the window opens."
    )
    run_command_line("main.py", description, COMMANDS, arguments)
