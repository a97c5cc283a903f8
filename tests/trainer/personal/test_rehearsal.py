import csv
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from engine.action_units import AU_COLUMNS, AU_COUNT, AU_NUMBERS, AUVector
from engine.media import read_photo
from engine.types import Frame
from tests.trainer.footage.made_up import write_picture
from trainer.data.table import read_table
from trainer.personal import rehearsal
from trainer.personal.rehearsal import EDITS, draw_pairs, expressions


def test_every_action_unit_has_its_turn_and_all_is_within_its_range() -> None:
    own = AUVector.of({12: 4.0})
    drawn = [expression for number in range(17) for expression in expressions(own, number, seed=0)]
    assert len(drawn) == 17 * EDITS
    strongest = np.max([expression.values for expression in drawn], axis=0)
    assert (strongest > 2.4).all()
    assert min(expression[12] for expression in drawn) < 0.5
    assert all((expression.values >= 0).all() and (expression.values <= 5).all() for expression in drawn)
    again = [expression for number in range(17) for expression in expressions(own, number, seed=0)]
    assert again == drawn
    assert len(AU_NUMBERS) == AU_COUNT


class Pipeline:
    """Makes a picture brighter the stronger the expression is."""

    def __enter__(self) -> "Pipeline":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def process(self, frames: list[Frame], plan: Any) -> list[Any]:
        strength = int(plan.evaluate(Fraction(0), AUVector.neutral()).values.sum())
        return [SimpleNamespace(frame=Frame(frame.pixels // 2 + strength, frame.time, 0)) for frame in frames]


def test_pairs_join_the_table_with_their_groups_and_take_the_place_of_earlier_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "open_pipeline", lambda *_: Pipeline())
    split = tmp_path / "train"
    names = [f"{number}.jpg" for number in range(6)]
    for number, name in enumerate(names):
        write_picture(split / name, number)
    zeros = ",".join(["0"] * AU_COUNT)
    rows = [f"{name},ann,{zeros}" for name in names[:5]] + [f"{names[5]},ann,{',' * (AU_COUNT - 1)}"]
    (split / "metadata.csv").write_text("\n".join([f"file_name,identity,{','.join(AU_COLUMNS)}", *rows]) + "\n")
    for _ in range(2):
        assert draw_pairs(tmp_path, Path("model"), pictures=3) == 3 * EDITS
    with (split / "metadata.csv").open() as file:
        table = list(csv.DictReader(file))
    assert len(table) == 6 + 3 * EDITS
    images = read_table(tmp_path, "train")
    groups = {image.group for image in images if image.group}
    assert groups == {"0.jpg", "2.jpg", "4.jpg"}
    for group in groups:
        assert sum(image.group == group for image in images) == 1 + EDITS
    edited = next(image for image in images if image.path.stem.endswith("edit0"))
    assert edited.intensities.sum() > 0
    assert read_photo(edited.path).pixels.shape == (16, 16, 3)
