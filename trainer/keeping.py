"""Which checkpoints of a training lie in its folder: the last, the best, and one every so many steps."""

import math
from pathlib import Path
from typing import Any, Final

from trainer.checkpoint import save_checkpoint

LAST: Final = "last.pt"
BEST: Final = "best.pt"
_KEPT: Final = "step_*.pt"


class Keeper:
    """Writes checkpoints; an earlier one stays until the one that takes its place is whole.

    Args:
        folder: of the training.
        best_score: of `best.pt`, from an earlier call.
    """

    def __init__(self, folder: Path, best_score: float | None) -> None:
        self._folder = folder
        self.best_score = math.inf if best_score is None else best_score

    def save_last(self, state: dict[str, Any]) -> Path:
        """Write the checkpoint from which the training goes on.

        Raises:
            ModelError: the disk is full.
        """
        path = self._folder / LAST
        save_checkpoint(path, state)
        return path

    def save_best(self, state: dict[str, Any], score: float) -> Path | None:
        """Write the weights where they are the best so far, without the optimisers, which no export needs.

        Args:
            state: of the training.
            score: of the averaged weights; lower is better.

        Raises:
            ModelError: the disk is full.
        """
        if not score < self.best_score:  # NaN, too
            return None
        path = self._folder / BEST
        weights = {name: value for name, value in state.items() if name != "optimisers"}
        save_checkpoint(path, {**weights, "score": score})
        self.best_score = score
        return path

    def save_step(self, state: dict[str, Any], count: int) -> Path:
        """Write a checkpoint that stays; the oldest beyond `count` are deleted.

        Raises:
            ModelError: the disk is full.
        """
        path = self._folder / f"step_{state['step']:07d}.pt"
        save_checkpoint(path, state)
        for old in sorted(self._folder.glob(_KEPT))[:-count]:
            old.unlink(missing_ok=True)
        return path
