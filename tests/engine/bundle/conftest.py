from pathlib import Path

import pytest

from engine.bundle import Bundle, write_bundle
from tests.engine.bundle.cards import FILES, make_card


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    return write_bundle(tmp_path / "tiny", make_card(), FILES)
