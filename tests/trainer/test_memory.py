import platform

import numpy as np
import psutil
import pytest

from trainer.memory import keep_freed_memory

MEBIBYTES = 96


def resident_mebibytes() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="elsewhere it does nothing")
def test_a_large_block_that_is_freed_stays_with_the_process() -> None:
    keep_freed_memory()
    block = np.ones(MEBIBYTES * 2**20, np.uint8)
    before = resident_mebibytes()
    del block
    assert before - resident_mebibytes() < MEBIBYTES / 2
