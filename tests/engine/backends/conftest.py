import pytest

from engine.bundle import Bundle
from tests.trainer.exported import exported_once


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return exported_once(tmp_path_factory.getbasetemp())
