"""Keep large blocks of memory in the process between steps (glibc only; elsewhere this does nothing).

glibc gives every block above 32 MiB back to the kernel when it is freed. A training on the CPU frees and takes the same
feature maps in every step, so the kernel clears gigabytes of fresh pages a step, which can cost several times the
arithmetic.
"""

import ctypes
import sys
from typing import Final

# Parameter numbers of mallopt(3).
_TRIM_THRESHOLD: Final = -1
_TOP_PAD: Final = -2
_MMAP_MAX: Final = -4


def keep_freed_memory() -> None:
    """Serve every block from the heap and never shrink it; call before the first large allocation."""
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_MAX, 0)
        mallopt(_TRIM_THRESHOLD, 2**31 - 1)
        mallopt(_TOP_PAD, 2**28)
