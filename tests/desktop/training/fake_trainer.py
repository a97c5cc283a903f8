"""Stands in for `python -m trainer`: the same commands, files, events and exit codes, without any networks.

What it does follows from the name of the first source: one with "damaged" fails, one with "mistake" shows a traceback,
one with "endless" trains until it is interrupted.
"""

import json
import shutil
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path.cwd()))

from engine.errors import MediaError
from engine.terminal.exit_codes import CANCELLED, run_to_exit_code
from engine.terminal.progress import progress_bar

STEPS = 40
MODEL = Path("assets/models/eggan-128")
PICTURE = Path("assets/demo/astronaut.jpg")


def main() -> None:
    command, *rest = sys.argv[1:]
    values = [value for value in rest if not value.startswith("-")]
    {"personalize": personalize, "prepare": prepare, "label": label, "train": train, "export": export}[command](
        values, rest
    )


def option(arguments: list[str], name: str) -> str:
    return arguments[arguments.index(name) + 1]


def personalize(values: list[str], arguments: list[str]) -> None:
    output = Path(option(arguments, "-o"))
    folder = output.with_name(f"{output.name}-training")
    fault(values[0])
    print("This will take about 1 minute here: 0.5 to look. Ctrl-C stops it safely.", file=sys.stderr, flush=True)
    look(folder / "data")
    steps(folder / "run", endless="endless" in values[0])
    shutil.copytree(MODEL, output)
    (folder / "report.html").write_text("<p>before, after</p>")
    print(output)


def prepare(values: list[str], arguments: list[str]) -> None:
    fault(values[0])
    look(Path(option(arguments, "-o")))


def label(values: list[str], _arguments: list[str]) -> None:
    for split in ("train", "test"):
        table = Path(values[0]) / split / "metadata.csv"
        rows = [line.removesuffix(",") for line in table.read_text().splitlines()]
        table.write_text("".join(f"{row},{'AU01_r' if place == 0 else '1.0'}\n" for place, row in enumerate(rows)))


def train(_values: list[str], arguments: list[str]) -> None:
    if "--dry-run" in arguments:
        print("# 3 labelled pictures of 2 people\n# expected: 3 h 20 min for all steps\n\n[model]")
        return
    steps(Path(option(arguments, "-o")), endless=False)


def export(_values: list[str], arguments: list[str]) -> None:
    assert 'licence = "private"' in Path(option(arguments, "--description")).read_text()
    shutil.copytree(MODEL, option(arguments, "-o"))


def fault(source: str) -> None:
    if "damaged" in source:
        raise MediaError(f"{Path(source).name} is damaged.", "Choose another clip.")
    if "mistake" in source:
        raise KeyError("face")


def look(data: Path) -> None:
    with progress_bar("Looking for faces", 3) as report:
        for split, people in (("train", "ab"), ("test", "c")):
            (data / split).mkdir(parents=True, exist_ok=True)
            rows = "".join(f"{person}.jpg,{person},\n" for person in people)
            (data / split / "metadata.csv").write_text(f"file_name,identity,\n{rows}")
        report(3)
    (data / "report.json").write_text(json.dumps({"rejected": {"blurred": 2}}))


def steps(out: Path, *, endless: bool) -> None:
    stopped = []
    signal.signal(signal.SIGINT, lambda *_: stopped.append(True))
    out.mkdir(parents=True, exist_ok=True)
    first = int((out / "last.pt").read_text()) if (out / "last.pt").exists() else 0
    tell(out, "start", first, total_steps=STEPS, device="cpu")
    shutil.copy(PICTURE, out / "preview.png")
    tell(out, "samples", first, file="preview.png", preview="preview.png")
    step = first
    while step < STEPS and not stopped:
        if endless and step == STEPS // 2:
            time.sleep(0.02)
            continue
        step += 1
        values = {"total": 50 / step, "reconstruction": 1 / step, "expression": 2 / (step + 3), "paired": 0.3 / step}
        critics = {"image_discriminator_loss": 20 / step, "latent_discriminator_loss": 1.4 - step / 100}
        speed = {"images_per_second": 12.5, "seconds_left": (STEPS - step) / 2, "memory_bytes": 2**30}
        tell(out, "losses", step, **values, **critics, **speed)
        if step % 10 == 0:
            tell(out, "figures", step, test_l1=0.2 / step, test_score=1 / step)
    (out / "last.pt").write_text(str(step))
    tell(out, "checkpoint", step, file="last.pt")
    tell(out, "end", step, outcome="cancelled" if stopped else "done")
    if stopped:
        print(f"Saved step {step} of {STEPS}; the same command goes on from it.", file=sys.stderr)
        sys.exit(CANCELLED)


def tell(out: Path, event: str, step: int, **values: object) -> None:
    with (out / "log.jsonl").open("a") as file:
        file.write(json.dumps({"event": event, "step": step, "time": time.time(), **values}) + "\n")


if __name__ == "__main__":
    sys.exit(run_to_exit_code(main))
