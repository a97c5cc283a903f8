"""What was found in each picture, kept in the dataset so that nothing is looked at twice."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from engine.errors import MediaError
from engine.files import write_atomically

JOURNAL: Final = "footage.jsonl"
_REMEDY: Final = "Free disk space, or choose another output folder."


@dataclass(frozen=True, slots=True)
class Measures:
    """A face, measured.

    Attributes:
        width_px: of the face in the footage.
        sharpness: variance of the Laplacian over the variance of the grey values of the aligned crop, times 1000.
        yaw, pitch, roll: of the head, in degrees.
        covered: as `occlusion.covered`.
        outside: as `occlusion.outside`.
        hash: as `similarity.perceptual_hash`.
        intensities: of the 17 AUs, 0..5, estimated without knowing the person.
    """

    width_px: float
    sharpness: float
    yaw: float
    pitch: float
    roll: float
    covered: float
    outside: float
    hash: str
    intensities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A picture of the footage.

    Attributes:
        key: SHA-256 of the file, and for a video's frame its number: "3f…:120".
        name: of the picture in the dataset; "" where there is none, as the file cannot be read.
        source: path of the file in the footage.
        frame: number in the video from 0, or -1 for a photo.
        time_s: in the video.
        starts_shot: the frame is the first after a cut.
        identity, sequence, split, cells, is_curated: as `Source` has them.
        faces: usable faces of a similar size.
        measures: of the face; None where there is none.
        fault: why the file cannot be read, or "".
        by_hand: "keep" or "discard", which overrule all measures, or "".
    """

    key: str
    name: str
    source: str
    identity: str
    sequence: str
    frame: int = -1
    time_s: float = 0.0
    starts_shot: bool = False
    split: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    is_curated: bool = False
    faces: int = 0
    measures: Measures | None = None
    fault: str = ""
    by_hand: str = ""


class Records:
    """The journal of a dataset: a line a picture; a later line about the same picture counts.

    Args:
        folder: of the dataset.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL
        self._records: dict[str, Record] = {}
        self._finished: set[str] = set()
        self._read()

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def is_finished(self, work: str) -> bool:
        """Whether a piece of work was noted as done."""
        return work in self._finished

    def add(self, records: Iterable[Record], finished: str) -> None:
        """Note what a piece of work has found, and that it is done."""
        lines = [_line(record) for record in records]
        try:
            with self._path.open("a", encoding="utf-8") as file:
                file.write("".join([*lines, json.dumps({"finished": finished}) + "\n"]))
        except OSError as error:
            raise MediaError(f"{self._path} cannot be written: {error.strerror}.", _REMEDY) from error
        self._take_in("".join(lines).splitlines())
        self._finished.add(finished)

    def change(self, records: Iterable[Record]) -> None:
        """Replace records by changed ones of the same keys, and write the journal anew."""
        self._records.update({record.key: record for record in records})
        self._write()

    def remove(self, keys: Iterable[str]) -> None:
        """Forget pictures, and write the journal anew."""
        for key in keys:
            self._records.pop(key, None)
        self._write()

    def _write(self) -> None:
        lines = [*map(_line, self), *(json.dumps({"finished": work}) + "\n" for work in sorted(self._finished))]
        try:
            write_atomically(self._path, "".join(lines).encode())
        except OSError as error:
            raise MediaError(f"{self._path} cannot be written: {error.strerror}.", _REMEDY) from error

    def _read(self) -> None:
        try:
            text = self._path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        except (OSError, UnicodeDecodeError) as error:
            raise MediaError(f"{self._path} cannot be read: {error}.", "Choose another output folder.") from error
        whole = text.splitlines() if text.endswith("\n") or not text else text.splitlines()[:-1]
        try:
            self._take_in(whole)
        except (ValueError, TypeError, KeyError) as error:
            raise MediaError(
                f"{self._path} is damaged, or another version's: {error}.", "Choose another output folder."
            ) from error
        if len(whole) < len(text.splitlines()):  # an abrupt end has cut the last line
            self._write()

    def _take_in(self, lines: Iterable[str]) -> None:
        for line in lines:
            document: dict[str, Any] = json.loads(line)
            if "finished" in document:
                self._finished.add(document["finished"])
                continue
            measures = document.pop("measures")
            if measures is not None:
                measures = Measures(**{**measures, "intensities": tuple(measures["intensities"])})
            record = Record(**document, measures=measures)
            self._records[record.key] = record


def _line(record: Record) -> str:
    return json.dumps(asdict(record), ensure_ascii=False) + "\n"
