"""How soon a training on a million pictures takes its first steps, and how much memory it holds.

    python tests/benchmarks/million_rows.py [--rows 1000000] [--folder /tmp/million]

Makes a table of that many rows whose pictures are hard links to a few JPEGs, and the crops that an earlier call would
have left: a sparse file, whose holes take no disk. What is measured is the command `train` up to its first step, in a
process of its own; aligning the faces is not part of it.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import cv2  # noqa: E402
import numpy as np  # noqa: E402

from engine.action_units import AU_COLUMNS, AU_COUNT  # noqa: E402
from engine.faces.alignment import DEFAULT_TEMPLATE  # noqa: E402
from trainer.data import crop_cache  # noqa: E402
from trainer.data.crop_cache import CropIndex  # noqa: E402
from trainer.data.crops import _key  # noqa: E402
from trainer.data.table import TABLE_NAME, read_table  # noqa: E402

_PICTURES_A_PERSON: Final = 200
_LINKS_A_FILE: Final = 30_000
"""File systems limit how many names a file may have; ext4 allows 65,000."""
_TEST_ROWS: Final = 64
_OFF: Final = ("latent_adversarial", "image_adversarial", "expression", "identity", "perceptual")
_SETTINGS: Final = (
    *(f"losses.{name}=0" for name in _OFF),
    "model.generator_channels=[16, 16, 16, 16, 8, 8, 4]",
    "schedule.batch_size=2",
    "run.log_every=1",
    "run.sample_every=1000",
)
"""The networks are tiny, since it is not their arithmetic that is measured."""


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/million"))
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    data, cache = folder / "data", folder / "cache"
    if not (data / "made").is_file():
        shutil.rmtree(folder, ignore_errors=True)
        for split, rows in (("train", arguments.rows), ("test", _TEST_ROWS)):
            seconds = write_split(data / split, rows)
            print(f"{split}: {rows:,} rows made in {seconds:.0f} s")
            seconds = write_crops(data, split, cache / "eggan-studio" / "crops")
            print(f"{split}: table read row by row in {seconds:.1f} s, as the call does that aligns the faces")
        (data / "made").touch()
    for attempt in ("first", "second"):
        print(f"{attempt} start: {json.dumps(start(data, folder / 'run', cache))}")
    crops = sum(path.stat().st_size for path in cache.rglob(crop_cache._CROPS))
    print(f"the crops, which are mapped, have {crops / 1e9:.1f} GB")


def write_split(folder: Path, rows: int) -> float:
    """Hard links in a folder for each person, and the table; returns the seconds that took."""
    started = time.perf_counter()
    random = np.random.default_rng(0)
    folder.mkdir(parents=True)
    levels = random.integers(0, 500, (4096, AU_COUNT)) / 100
    texts = [",".join(f"{value:.2f}" for value in row) for row in levels]
    linked = folder
    with (folder / TABLE_NAME).open("w") as table:
        table.write(",".join(("file_name", "identity", "group", *AU_COLUMNS)) + "\n")
        for row in range(rows):
            person, number = divmod(row, _PICTURES_A_PERSON)
            name = f"p{person:05d}/{number:03d}.jpg"
            path = folder / name
            if not number:
                path.parent.mkdir()
            if row % _LINKS_A_FILE:
                os.link(linked, path)
            else:
                linked = path
                cv2.imwrite(str(path), random.integers(0, 256, (192, 192, 3), np.uint8))
            table.write(f"{name},person {person},p{person}g{number // 10},{texts[row % len(texts)]}\n")
    return time.perf_counter() - started


def write_crops(data: Path, split: str, cache: Path) -> float:
    """What `load_crops` keeps of a split, with a sparse file of crops; returns the seconds of reading the table."""
    started = time.perf_counter()
    table = read_table(data, split)
    seconds = time.perf_counter() - started
    folder = cache / _key(data / split / TABLE_NAME, DEFAULT_TEMPLATE)
    folder.mkdir(parents=True)
    size = DEFAULT_TEMPLATE.size_px
    np.lib.format.open_memmap(folder / crop_cache._CROPS, "w+", np.uint8, (len(table), size, size, 3))
    index = crop_cache._index(table, range(len(table)), [])
    np.savez(folder / crop_cache._INDEX, **{field.name: getattr(index, field.name) for field in fields(CropIndex)})
    return seconds


def start(data: Path, out: Path, cache: Path) -> dict[str, float]:
    """Start a training and let it take two steps; seconds from the call of the command on."""
    shutil.rmtree(out, ignore_errors=True)
    settings = [part for setting in _SETTINGS for part in ("--set", setting)]
    command = [sys.executable, "-m", "trainer", "train", "--data", str(data), "-o", str(out), "--config", "small"]
    started = time.time()
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*command, *settings, "--steps", "2"], cwd=ROOT, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    records = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    begun = next(record["time"] for record in records if record["event"] == "start")
    stepped = next(record["time"] for record in records if record["event"] == "losses")
    return {
        "seconds_to_start": round(begun - started, 1),
        "seconds_to_first_step": round(stepped - started, 1),
        "processor_seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "peak_memory_gb": round(after.ru_maxrss / 1e6, 2),
    }


if __name__ == "__main__":
    main()
