"""The list of the trainer's commands. To add one, write a module beside this and name it here."""

from typing import Final

from engine.terminal.command_line import CommandPlace, run_command_line

COMMANDS: Final = (
    CommandPlace("prepare", "trainer.commands.prepare", "prepare_footage", "Make a dataset of photos and videos."),
    CommandPlace("restore", "trainer.commands.restore", "restore", "Bring pictures back from a dataset's trash."),
    CommandPlace("discard", "trainer.commands.restore", "discard", "Put pictures into a dataset's trash."),
    CommandPlace(
        "label", "trainer.commands.label", "label_dataset", "Give the pictures of a dataset their intensities."
    ),
    CommandPlace("train", "trainer.commands.train", "train", "Train EGGAN on a labelled dataset."),
    CommandPlace(
        "personalize", "trainer.commands.personalize", "personalize_model", "Make a model of one person from a clip."
    ),
    CommandPlace("bench", "trainer.commands.bench", "bench", "Measure how fast this machine trains."),
    CommandPlace("evaluate", "trainer.commands.evaluate", "evaluate", "Measure a model on people it has never seen."),
    CommandPlace("ablate", "trainer.commands.ablate", "ablate", "Train and compare the paper's ablations."),
    CommandPlace("export", "trainer.commands.export", "export", "Make a model bundle of a checkpoint."),
    CommandPlace("card", "trainer.commands.card", "card", "Print what a model bundle says of itself."),
    CommandPlace("estimator", "trainer.estimator.command", "estimator", "Train the estimator of action units."),
)


def run(arguments: list[str]) -> None:
    """Run the command that `arguments` name, or print the overview; always leaves with `SystemExit` or an error."""
    description = "EGGAN Studio's trainer: from labelled faces to a measured model bundle."
    run_command_line("python -m trainer", description, COMMANDS, arguments)
