import pytest
import torch

from trainer.losses.flow import flow_smoothness, landmark_flow_loss, mask_sparsity


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


def test_a_flow_that_brings_every_landmark_from_its_place_has_no_loss() -> None:
    after = torch.rand(2, 478, 2, generator=torch.Generator().manual_seed(0)) * 100 + 10
    before = after + torch.tensor([3.0, -2.0])
    flow = torch.tensor([3.0, -2.0]).view(1, 2, 1, 1).expand(2, 2, 128, 128)
    torch.testing.assert_close(landmark_flow_loss(flow, before, after), torch.zeros(2), atol=1e-4, rtol=0)
    torch.testing.assert_close(landmark_flow_loss(-flow, before, after), torch.full((2,), 5.0), atol=1e-4, rtol=0)


def test_the_flow_is_read_where_the_landmark_shall_be() -> None:
    before, after = torch.full((1, 478, 2), 40.0), torch.full((1, 478, 2), 40.0)
    before[0, 0], after[0, 0] = torch.tensor([30.0, 50.0]), torch.tensor([20.25, 60.0])
    flow = torch.zeros(1, 2, 128, 128)
    flow[0, :, 60, 20] = torch.tensor([12.0, -12.0])
    flow[0, :, 60, 21] = torch.tensor([8.0, -4.0])
    wanted, taken = torch.tensor([9.75, -10.0]), torch.tensor([11.0, -10.0])  # three quarters of the first
    expected = float((wanted - taken).abs().sum()) / (468 * 2)
    assert float(landmark_flow_loss(flow, before, after)) == pytest.approx(expected, rel=1e-3)


def test_irises_do_not_count() -> None:
    before = torch.full((1, 478, 2), 40.0)
    after = before.clone()
    after[:, 468:] += 7
    assert float(landmark_flow_loss(torch.zeros(1, 2, 128, 128), before, after)) == 0


def test_distances_are_those_of_the_128_px_crop() -> None:
    before, after = torch.full((1, 478, 2), 40.0), torch.full((1, 478, 2), 46.0)
    assert float(landmark_flow_loss(torch.zeros(1, 2, 128, 128), before, after)) == 6
    assert float(landmark_flow_loss(torch.zeros(1, 2, 256, 256), before, after)) == 3
