"""What has to be in order before a training starts; all that is not is told together."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from engine.errors import EngineError
from trainer.checkpoint import load_checkpoint
from trainer.config import TrainingConfig
from trainer.data.crops import CropSet, check_split
from trainer.errors import TrainingError
from trainer.keeping import LAST
from trainer.networks.vgg19 import Vgg19Features
from trainer.resuming import require_same_settings

_NAMES_SHOWN: Final = 5


def check_readiness(config: TrainingConfig, data: Path, out: Path, initial: Path | None) -> None:
    """Check tables, checkpoints, VGG19's weights and the output folder.

    Raises:
        EngineError: what is wrong; where it is more than one thing, all of them.
    """

    def checkpoints() -> None:
        if (out / LAST).is_file():
            require_same_settings(config, load_checkpoint(out / LAST)["config"], out / LAST)
        elif initial is not None:
            load_checkpoint(initial)

    def features() -> None:
        if config.losses.perceptual:
            Vgg19Features(config.losses.perceptual_layer)

    run_checks(
        lambda: check_split(data, "train", config.model.template),
        lambda: check_split(data, "test", config.model.template),
        lambda: make_folder(out),
        checkpoints,
        features,
    )


def run_checks(*checks: Callable[[], object]) -> None:
    """Run every check, also after one has failed.

    Raises:
        EngineError: the error of the one that failed, or what all that failed say.
    """
    errors: list[EngineError] = []
    for check in checks:
        try:
            check()
        except EngineError as error:
            errors.append(error)
    if len(errors) == 1:
        raise errors[0]
    if errors:
        told = "\n".join(f"- {error}" for error in errors)
        raise TrainingError(f"{len(errors)} things are in the way of the training:\n{told}", "Nothing was started.")


def make_folder(out: Path) -> None:
    """Make the folder of a training.

    Raises:
        TrainingError: it cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise TrainingError(f"{out} cannot be made: {error.strerror}.", "Choose another --out.") from error


def require_enough_pictures(config: TrainingConfig, train: CropSet) -> None:
    """Refuse a training that its pictures leave nothing to learn from.

    Raises:
        TrainingError: there is one person only and C_id is to tell people apart; processes would have no pictures; or
            pairs are needed and there are none.
    """
    people, pictures = len(train.identity_names), len(train.crops)
    processes = config.run.devices * config.run.nodes
    if config.losses.identity and people < 2:
        raise TrainingError(
            f"The training split has one person only, {train.identity_names[0]!r}: there is no identity to tell.",
            "Use --config personal, or --set losses.identity=0.",
        )
    if processes > 1 and pictures < config.schedule.batch_size:
        raise TrainingError(
            f"The training split has {pictures} pictures, fewer than schedule.batch_size for {processes} processes.",
            f"Use one process, or --set schedule.batch_size={processes}.",
        )
    if config.losses.uses_pairs and not _has_pairs(train):
        raise TrainingError(
            "losses.paired and losses.change need true pairs, and no two pictures of the training split share a group.",
            "Fill the table's column `group`, or set both weights to 0.",
        )


def remarks(train: CropSet, test: CropSet, config: TrainingConfig) -> Iterator[str]:
    """What a user should know of the data, though the training goes on: a sentence each."""
    for what, names in (
        ("Pictures without a face", train.without_face + test.without_face),
        ("Damaged pictures", train.unreadable + test.unreadable),
    ):
        if names:
            yield f"{what} are left out, {len(names)}: {_some(names)}"
    counts = np.bincount(train.identities, minlength=len(train.identity_names))
    single = [name for name, count in zip(train.identity_names, counts, strict=True) if count == 1]
    if single and config.losses.identity:
        yield f"People with one picture only, whom C_id can hardly learn, {len(single)}: {_some(single)}"
    both = sorted({*train.identity_names} & {*test.identity_names})
    if both and len(train.identity_names) > 1:
        yield f"People in both splits, on whom figures look better than they are, {len(both)}: {_some(both)}"


def _has_pairs(crops: CropSet) -> bool:
    _, counts = np.unique(crops.groups[crops.groups >= 0], return_counts=True)
    return bool((counts > 1).any())


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMES_SHOWN]) + (", …" if len(names) > _NAMES_SHOWN else "")
