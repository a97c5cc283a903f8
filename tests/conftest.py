"""What every test may use, and what holds for all of them."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

# The networks of the tests are tiny: on them, a second thread costs more than it brings. Read when torch is imported.
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A busy machine must not fail a property test.
settings.register_profile("eggan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("eggan")

ROOT: Final = Path(__file__).resolve().parents[1]
_THREAD_END_S: Final = 5.0


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data and models that are not part of the repository."""
    folder = Path(os.environ.get("EGGAN_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip(f"needs data outside the repository, and {folder} is absent (EGGAN_SHARED names another place)")
    return folder


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test that leaves threads running; daemons end with the process and are let be."""
    before = set(threading.enumerate())
    yield
    started = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in started:
        thread.join(_THREAD_END_S)
    leaked = [thread.name for thread in started if thread.is_alive()]
    assert not leaked, f"threads left running: {', '.join(leaked)}"


def pytest_configure() -> None:
    """Let Ctrl-C work in the tests that send it, also where a background shell has told its children to ignore it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
