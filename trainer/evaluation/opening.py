"""The model to be measured: a bundle, or a training's checkpoint, which is exported for the time being."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from engine.bundle import Bundle, TrainingRecord, find_bundle

_CHECKPOINT: Final = ".pt"


@contextmanager
def measured_bundle(model: str) -> Iterator[Bundle]:
    """Open the bundle called `model`, or make one of a checkpoint's averaged networks while the `with` block runs.

    Raises:
        ModelError: there is no such model, or it cannot be used.
    """
    if not model.endswith(_CHECKPOINT):
        yield Bundle.load(find_bundle(model))
        return
    from trainer.export import ModelDescription, export_checkpoint

    record = TrainingRecord(steps=0, hours=0.0, hardware="-", recipe="-", data="-", attribution=())
    with tempfile.TemporaryDirectory(prefix="eggan-evaluate-") as folder:
        path = Path(model)
        yield export_checkpoint(path, Path(folder) / path.stem, ModelDescription(path.stem, record, "-"), "fp32")
