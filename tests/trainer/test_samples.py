from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from torch import Tensor, nn

from engine.action_units import au_index
from tests.trainer.faces import TINY, drawn_crops
from trainer.networks.expressors import LatentExpressor
from trainer.samples import EXPRESSIONS, SWEEPS, expression_grid, sample_rows, sweep_grid, write_picture

CPU = torch.device("cpu")
TITLE = 18


def test_each_person_is_shown_with_the_face_nearest_to_neutral() -> None:
    crops = drawn_crops(5, 3)
    crops.intensities[0] = 5  # the first person's first picture is not neutral any more
    rows = sample_rows(crops, 3)
    assert crops.identities[rows].tolist() == [0, 1, 2]
    assert rows[0] in {1, 2}
    assert rows[1:].tolist() == [3, 6]


def test_the_grid_shows_source_reconstruction_and_every_expression() -> None:
    torch.manual_seed(0)
    network, crops = LatentExpressor(TINY), drawn_crops(2, 2)
    grid = expression_grid(network, crops, np.array([0, 3]), CPU)
    assert grid.shape == (TITLE + 2 * 128, (2 + len(EXPRESSIONS)) * 128, 3)
    assert grid[:TITLE].any()  # the titles
    faces = grid[TITLE:]
    assert np.array_equal(faces[:128, :128], crops.crops[0])
    assert np.array_equal(faces[128:, :128], crops.crops[3])
    happy = list(EXPRESSIONS).index("happy")
    source = torch.from_numpy(crops.crops[3:4]).permute(0, 3, 1, 2) / 255
    with torch.no_grad():
        happily = torch.from_numpy(EXPRESSIONS["happy"].values.copy())[None]
        expected = network.edit(source, torch.zeros_like(happily), happily)
    shown = faces[128:, (2 + happy) * 128 : (3 + happy) * 128] / 255
    assert np.allclose(shown, expected[0].permute(1, 2, 0).numpy(), atol=1 / 255)


class Meter(nn.Module):
    """Fills pictures with AU12's intensity / 10 in red and AU45's in green."""

    def edit(self, images: Tensor, _source: Tensor, target: Tensor) -> Tensor:
        levels = torch.stack([target[:, au_index(12)], target[:, au_index(45)], target.sum(1) * 0], dim=1) / 10
        return levels[:, :, None, None].expand_as(images)


def test_sweeps_raise_their_action_units_from_0_to_5_for_every_face() -> None:
    crops = drawn_crops(2, 2)
    grid = sweep_grid(Meter(), crops, np.array([0, 2]), CPU)  # type: ignore[arg-type]
    lines = len(SWEEPS) * 2
    assert grid.shape == (TITLE + lines * 128, 7 * 128, 3)
    centres = grid[TITLE + 64 :: 128, 64::128]  # [lines, columns, 3]
    assert np.array_equal(centres[:: len(SWEEPS), 0], crops.crops[[0, 2], 64, 64])
    rising = [round(level * 25.5) for level in range(6)]
    for line, name in enumerate([*SWEEPS] * 2):
        assert centres[line, 1:, 0].tolist() == pytest.approx(rising if name == "AU6+12" else [0] * 6, abs=1)
        assert centres[line, 1:, 1].tolist() == pytest.approx(rising if name == "AU45" else [0] * 6, abs=1)


def test_a_picture_is_written_in_rgb_and_replaced_in_one_step(tmp_path: Path) -> None:
    for red in (10, 250):
        pixels = np.zeros((4, 5, 3), np.uint8)
        pixels[..., 0] = red
        write_picture(tmp_path / "preview.png", pixels)
        read = cv2.imread(str(tmp_path / "preview.png"), cv2.IMREAD_COLOR_RGB)
        assert read is not None
        assert np.array_equal(read, pixels)
    assert [path.name for path in tmp_path.iterdir()] == ["preview.png"]
