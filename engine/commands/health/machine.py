"""Checks of the machine: Python, operating system, processor, memory."""

import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil

from engine.commands.health.check import Check, Status

_OLDEST_PYTHON: Final = (3, 11)
_FIRST_UNSUPPORTED_PYTHON: Final = (3, 15)
_COMFORTABLE_MEMORY_GIB: Final = 4


def check_machine() -> Iterator[Check]:
    """Look at Python, the operating system, the processor and the memory."""
    yield _check_python()
    yield Check("System", Status.OK, f"{_system_name()}, {platform.machine()}")
    yield Check("Processor", Status.OK, f"{_processor_name()}, {_usable_cores()} cores")
    yield _check_memory()


def _check_python() -> Check:
    detail = f"{platform.python_version()} at {sys.executable}"
    if _OLDEST_PYTHON <= sys.version_info[:2] < _FIRST_UNSUPPORTED_PYTHON:
        return Check("Python", Status.OK, detail)
    return Check("Python", Status.FAIL, detail, "Use Python 3.11 to 3.14; `uv run` finds or fetches one.")


def _system_name() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", platform.platform())
    except OSError:
        return platform.platform()


def _processor_name() -> str:
    if sys.platform == "darwin":
        found = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True, text=True, check=False
        )
        return found.stdout.strip() or platform.processor()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _usable_cores() -> int:
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _check_memory() -> Check:
    gibibytes = psutil.virtual_memory().total / 2**30
    detail = f"{gibibytes:.1f} GiB"
    if gibibytes < _COMFORTABLE_MEMORY_GIB:
        return Check("Memory", Status.WARN, detail, f"{_COMFORTABLE_MEMORY_GIB} GiB or more are comfortable.")
    return Check("Memory", Status.OK, detail)
