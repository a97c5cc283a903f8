import pytest
import torch

from trainer.losses.flow import flow_smoothness, mask_sparsity


def test_smoothness_worked_out_by_hand() -> None:
    flow = torch.zeros(1, 2, 2, 3)
    flow[0, 0] = torch.tensor([[0.0, 1.0, 3.0], [0.0, 1.0, 3.0]])  # slopes 1 and 2 across in both rows, none down
    flow[0, 1] = torch.tensor([[0.0, 0.0, 0.0], [4.0, 4.0, 4.0]])  # none across, 4 down
    across = (1 + 2 + 1 + 2) / 8
    down = 4 * 3 / 6
    assert float(flow_smoothness(flow)) == pytest.approx(across + down)


def test_a_shift_of_the_whole_face_is_smooth() -> None:
    assert float(flow_smoothness(torch.full((2, 2, 8, 8), 5.0))) == 0


def test_sparsity_is_the_share_that_is_painted() -> None:
    mask = torch.zeros(2, 1, 4, 4)
    mask[0, :, :2] = 1
    assert float(mask_sparsity(mask)) == pytest.approx(0.25)
