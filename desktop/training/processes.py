"""The trainer's processes: each with a session or console of its own, so that it may outlive the window.

A process is known by its number and the time when it was started, which the system tells; so a window that opens later
finds it again, and takes no other process for it that was given the same number.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from desktop.places import ASSETS
from engine.errors import EngineError
from engine.terminal.watcher import EVENTS_VARIABLE

TRAINER: Final = (sys.executable, "-m", "trainer")
_PROGRAM: Final = ASSETS.parent
_SAME_START_S: Final = 2.0
_PRESS_CTRL_C: Final = """
import ctypes, sys
kernel = ctypes.windll.kernel32
kernel.FreeConsole()
kernel.SetConsoleCtrlHandler(None, True)
sys.exit(not (kernel.AttachConsole(int(sys.argv[1])) and kernel.GenerateConsoleCtrlEvent(0, 0)))
"""
"""Windows sends Ctrl-C to all of a console, and only from within; so this joins it first, in a process of its own."""


@dataclass(frozen=True, slots=True)
class ProcessKey:
    """Tells a process from all others.

    Attributes:
        pid: its number.
        started: seconds since 1970.
    """

    pid: int
    started: float


class Processes:
    """Starts, finds and stops processes; its methods may be called from any thread.

    Args:
        program: the command line's beginning; tests put another in the trainer's place.
    """

    def __init__(self, program: Sequence[str] = TRAINER) -> None:
        self._program = tuple(program)
        self._children: dict[int, subprocess.Popen[bytes]] = {}

    def start(self, arguments: Sequence[str], events: Path, output: Path) -> ProcessKey:
        """Start the trainer.

        Args:
            arguments: after `python -m trainer`.
            events: file that the process tells its watcher in; an earlier one is deleted.
            output: file that all it prints is added to.

        Raises:
            EngineError: it cannot be started.
        """
        environment = {**os.environ, EVENTS_VARIABLE: str(events), "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
        try:
            events.parent.mkdir(parents=True, exist_ok=True)
            events.unlink(missing_ok=True)
            with output.open("ab") as file:
                file.write(f"$ python -m trainer {subprocess.list2cmdline(arguments)}\n".encode())
                file.flush()
                child = subprocess.Popen(
                    [*self._program, *arguments],
                    cwd=_PROGRAM,
                    env=environment,
                    stdin=subprocess.DEVNULL,
                    stdout=file,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
                )
        except OSError as error:
            raise EngineError(
                f"The trainer cannot be started: {error.strerror or error}.",
                "Check the disk, and install the program again.",
            ) from error
        self._children[child.pid] = child
        return ProcessKey(child.pid, _started(child.pid))

    def is_alive(self, key: ProcessKey) -> bool:
        """Whether the process has not ended."""
        child = self._children.get(key.pid)
        if child is not None and child.poll() is not None:
            del self._children[key.pid]
            return False
        return _find(key) is not None

    def interrupt(self, key: ProcessKey) -> None:
        """Do what Ctrl-C does: a training saves a checkpoint and ends, everything else ends at once."""
        if _find(key) is None:
            return
        if sys.platform == "win32":
            subprocess.run(
                [sys.executable, "-c", _PRESS_CTRL_C, str(key.pid)],
                check=False,
                creationflags=subprocess.CREATE_NO_WINDOW,
            )
        else:
            os.killpg(os.getpgid(key.pid), signal.SIGINT)

    def kill(self, key: ProcessKey) -> None:
        """End the process and those it has started, at once; what it has not saved is lost."""
        process = _find(key)
        if process is None:
            return
        for part in (*process.children(recursive=True), process):
            try:
                part.kill()
            except psutil.NoSuchProcess:
                continue


def _started(pid: int) -> float:
    try:
        return psutil.Process(pid).create_time()
    except psutil.Error:
        return 0.0  # it has ended already


def _find(key: ProcessKey) -> psutil.Process | None:
    try:
        process = psutil.Process(key.pid)
        same = abs(process.create_time() - key.started) < _SAME_START_S
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None
