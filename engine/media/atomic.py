"""Output that is whole or absent: written under a temporary name beside the target and renamed when it is complete.

Every photo, video and sequence goes through here, so a full disk, a crash or Ctrl-C never leaves half a file under the
name the user asked for. What may be written at all is decided at the start, before any work; `engine.files` does the
renaming.
"""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from engine.errors import MediaError
from engine.files import part_beside, publish_file, publish_folder, sync_folder
from engine.media.faults import writing_fault


class AtomicOutput(ABC):
    """An output being made. Leaving the `with` block commits it; an exception, Ctrl-C included, discards it.

    Attributes:
        target: where the output appears, links resolved.
        part: where to write meanwhile; in the same folder, so the renaming is one step.
    """

    def __init__(self, target: Path, *, overwrite: bool = False, source: Path | None = None) -> None:
        with _writing(target):
            self.target: Final = target.resolve()
            self.part: Final = part_beside(self.target)
            self._overwrite: Final = overwrite
            self._refuse_unusable_target(source)
            self._create()
        self._is_settled = self._is_committed = False

    def commit(self) -> None:
        """Bring the output to the disk and give it its name; on failure it is discarded."""
        if self._is_settled:
            raise ValueError("The output was committed or discarded before.")
        try:
            with _writing(self.target):
                self._publish()
        except BaseException:
            self.discard()
            raise
        self._is_settled = self._is_committed = True
        sync_folder(self.target.parent)

    def discard(self) -> None:
        """Delete what has been written; an output that was committed stays. May be repeated, once a file is closed."""
        self._is_settled = True
        if not self._is_committed:
            self._remove()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._is_settled:
            return
        if kind is None:
            self.commit()
        else:
            self.discard()

    def _refuse_unusable_target(self, source: Path | None) -> None:
        if not self.target.parent.is_dir():
            raise MediaError(
                f"The folder {self.target.parent} does not exist.",
                "Create it, or choose another folder for the output.",
            )
        if source is not None and source.exists() and self.target.exists() and self.target.samefile(source):
            raise MediaError(f"{self.target} is the source itself.", "Give the output another name.")

    @abstractmethod
    def _create(self) -> None:
        """Check that the target may be written, and make the empty part."""

    @abstractmethod
    def _publish(self) -> None:
        """Bring the part to the disk and rename it."""

    @abstractmethod
    def _remove(self) -> None:
        """Delete the part where it exists."""


class AtomicFile(AtomicOutput):
    """One file.

    Args:
        target: where it appears.
        overwrite: True replaces an existing file, False refuses at once and again at the end.
        source: the file the output is made from, which is never written onto.

    Raises:
        MediaError: the target exists, is the source or a folder, or cannot be written.
    """

    def _create(self) -> None:
        if self.target.is_dir():
            raise MediaError(f"{self.target} is a folder.", "Give the output a file name in it.")
        if self.target.exists():
            if not self.target.is_file():
                raise MediaError(f"{self.target} is not an ordinary file.", "Give the output another name.")
            if not self._overwrite:
                raise _exists(self.target)
        self.part.open("xb").close()

    def _publish(self) -> None:
        try:
            publish_file(self.part, self.target, replace=self._overwrite)
        except FileExistsError:
            raise _exists(self.target) from None

    def _remove(self) -> None:
        with suppress(OSError):  # a part that cannot be deleted must not hide the reason for discarding it
            self.part.unlink(missing_ok=True)


class AtomicFolder(AtomicOutput):
    """One folder of files. An empty folder may take the target's place beforehand.

    Args:
        target: where it appears.
        overwrite: True replaces a folder, but only one in which every file `is_replaceable`.
        source: the file or folder the output is made from.
        is_replaceable: tells by its name whether a file is an earlier output of the same kind.

    Raises:
        MediaError: the target holds files that may not be replaced, is the source, or cannot be written.
    """

    def __init__(
        self,
        target: Path,
        *,
        overwrite: bool = False,
        source: Path | None = None,
        is_replaceable: Callable[[str], bool],
    ) -> None:
        self._is_replaceable: Final = is_replaceable
        super().__init__(target, overwrite=overwrite, source=source)

    def _create(self) -> None:
        self._refuse_foreign_files()
        self.part.mkdir()

    def _refuse_foreign_files(self) -> None:
        if not self.target.exists():
            return
        if not self.target.is_dir():
            raise MediaError(f"{self.target} is a file, not a folder.", "Give the output folder another name.")
        present = sorted(path.name for path in self.target.iterdir())
        if not present:
            return
        if not self._overwrite:
            raise _exists(self.target)
        foreign = [name for name in present if not self._is_replaceable(name) or (self.target / name).is_dir()]
        if foreign:
            raise MediaError(
                f"The folder {self.target} holds other files, for instance {foreign[0]}.",
                "Choose a new folder: replacing this one would delete them.",
            )

    def _publish(self) -> None:
        self._refuse_foreign_files()
        publish_folder(self.part, self.target)

    def _remove(self) -> None:
        shutil.rmtree(self.part, ignore_errors=True)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise writing_fault(path, error) from error


def _exists(target: Path) -> MediaError:
    return MediaError(f"{target} exists already.", "Choose another name, or allow overwriting (--overwrite).")
