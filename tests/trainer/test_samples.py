from pathlib import Path

import cv2
import numpy as np
import torch

from tests.trainer.faces import TINY, drawn_crops
from trainer.networks.expressors import LatentExpressor
from trainer.samples import EXPRESSIONS, sample_rows, write_sample_grid


def test_each_person_is_shown_with_the_face_nearest_to_neutral() -> None:
    crops = drawn_crops(5, 3)
    crops.intensities[0] = 5  # the first person's first picture is not neutral any more
    rows = sample_rows(crops, 3)
    assert crops.identities[rows].tolist() == [0, 1, 2]
    assert rows[0] in {1, 2}
    assert rows[1:].tolist() == [3, 6]


def test_the_grid_shows_source_reconstruction_and_every_expression(tmp_path: Path) -> None:
    torch.manual_seed(0)
    network, crops = LatentExpressor(TINY), drawn_crops(2, 2)
    write_sample_grid(tmp_path / "grid.png", network, crops, np.array([0, 3]), torch.device("cpu"))
    grid = cv2.imread(str(tmp_path / "grid.png"), cv2.IMREAD_COLOR_RGB)
    assert grid is not None
    assert grid.shape == (2 * 128, (2 + len(EXPRESSIONS)) * 128, 3)
    assert np.array_equal(grid[:128, :128], crops.crops[0])
    assert np.array_equal(grid[128:, :128], crops.crops[3])
    happy = list(EXPRESSIONS).index("happy")
    source = torch.from_numpy(crops.crops[3:4]).permute(0, 3, 1, 2) / 255
    with torch.no_grad():
        happily = torch.from_numpy(EXPRESSIONS["happy"].values.copy())[None]
        expected = network.edit(source, torch.zeros_like(happily), happily)
    shown = grid[128:, (2 + happy) * 128 : (3 + happy) * 128] / 255
    assert np.allclose(shown, expected[0].permute(1, 2, 0).numpy(), atol=1 / 255)
    assert [path.name for path in tmp_path.iterdir()] == ["grid.png"]
