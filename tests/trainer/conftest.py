"""What the trainer's tests share."""

import pytest

from trainer.config import RunConfig
from trainer.hardware import Hardware


@pytest.fixture(scope="session")
def hardware() -> Hardware:
    """The processor, in float32."""
    return Hardware(RunConfig(accelerator="cpu", precision="32-true"))
