import threading
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_thread_of_a_session_survives() -> Iterator[None]:
    """Daemons too: a reader that nobody holds up must end."""
    yield
    left = [thread for thread in threading.enumerate() if thread.name.startswith("live")]
    for thread in left:
        thread.join(5)
    assert [thread.name for thread in left if thread.is_alive()] == []
