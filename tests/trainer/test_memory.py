import platform
import resource

import numpy as np
import pytest

from trainer.memory import keep_freed_memory

MEBIBYTES = 96
PAGES = MEBIBYTES * 2**20 // resource.getpagesize()


def page_faults_of_a_large_array() -> int:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones(MEBIBYTES * 2**20, np.uint8)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="elsewhere it does nothing")
def test_a_large_block_is_served_from_pages_that_the_process_has_already() -> None:
    keep_freed_memory()
    page_faults_of_a_large_array()
    assert page_faults_of_a_large_array() < PAGES / 100
