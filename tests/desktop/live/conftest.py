"""A live session of stand-ins in the studio, let go of after each test."""

from collections.abc import Iterator

import pytest

from desktop.studio import Studio
from tests.desktop.live.stage import Stage, put_on_stage


@pytest.fixture
def stage(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Sessions of stand-ins."""
    made = put_on_stage(studio.live, monkeypatch)
    yield made
    made.camera.release()  # a reader that waits for a picture ends
