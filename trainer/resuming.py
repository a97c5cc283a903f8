"""Going on from a checkpoint: the training's own, or the weights of another."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from engine.errors import ModelError
from trainer.checkpoint import load_checkpoint
from trainer.config import TrainingConfig
from trainer.config_files import changed_settings
from trainer.errors import TrainingError
from trainer.hardware import Hardware
from trainer.training import Training


def take_up(training: Training, hardware: Hardware, last: Path, initial: Path | None) -> dict[str, Any]:
    """Go on from the checkpoint `last` where there is one, otherwise start from the weights of `initial`, if any.

    The first process reads the file for all: other machines may not see it.

    Returns:
        What the training's `Watch` has put into the checkpoint; nothing where it starts anew.

    Raises:
        ModelError: the checkpoint cannot be read, or is of other networks.
        TrainingError: it belongs to a training with other settings.
    """
    path = last if last.is_file() else initial
    path = hardware.from_first(path)
    if path is None:
        return {}
    content = hardware.from_first(load_checkpoint(path) if hardware.is_first else {})
    try:
        if path == last:
            require_same_settings(training.config, content["config"], last)
            training.load_state(content)
            return dict(content.get("watch", {}))
        training.networks.load_state_dict(content["networks"])
    except (KeyError, RuntimeError, ValueError) as error:
        raise ModelError(
            f"The checkpoint {path} does not fit: {str(error).splitlines()[0]}",
            "Give the [model] section the sizes that it was made with.",
        ) from error
    return {}


def require_same_settings(config: TrainingConfig, saved: Mapping[str, Any], last: Path) -> None:
    """Refuse to go on from the checkpoint `last` with other settings than those `saved` in it.

    Raises:
        ModelError: the settings are another version's.
        TrainingError: they are another training's.
    """
    try:
        changes = changed_settings(TrainingConfig.model_validate(saved), config)
    except ValidationError as error:
        raise ModelError(f"The settings in {last} are another version's.", "Choose another --out.") from error
    if changes:
        raise TrainingError(
            f"{last} belongs to a training with other settings: {', '.join(changes)}.",
            f"Choose another --out; --initial {last} starts it from these weights.",
        )
