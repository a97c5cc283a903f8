import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from tests.engine.networks.tiny import make_networks
from trainer.deployment.latent import DeployedEncoder, DeployedGenerator, convolve_doubled


@given(batch=st.integers(1, 3), inputs=st.integers(1, 4), outputs=st.integers(1, 4), side=st.integers(1, 6))
def test_phases_equal_the_convolution_after_doubling(batch: int, inputs: int, outputs: int, side: int) -> None:
    convolution = nn.Conv2d(inputs, outputs, kernel_size=3, padding=1)
    maps = torch.randn(batch, inputs, side, side)
    doubled = F.interpolate(maps, scale_factor=2.0, mode="nearest")
    torch.testing.assert_close(convolve_doubled(maps, convolution), convolution(doubled), rtol=1e-4, atol=1e-5)


def test_phase_kernels_worked_out_by_hand() -> None:
    # One pixel of value 1, doubled to 2×2: each output pixel is the sum of the 2×2 weights that meet the square.
    convolution = nn.Conv2d(1, 1, kernel_size=3, padding=1)
    with torch.no_grad():
        convolution.weight.copy_(torch.arange(9.0).view(1, 1, 3, 3))
        convolution.bias.zero_()  # type: ignore[union-attr]
        result = convolve_doubled(torch.ones(1, 1, 1, 1), convolution)
    assert result.tolist() == [[[[4.0 + 5 + 7 + 8, 3.0 + 4 + 6 + 7], [1.0 + 2 + 4 + 5, 0.0 + 1 + 3 + 4]]]]


@pytest.mark.parametrize("largest_slope", [0.8, 1.0, 1.7])
def test_deployed_networks_are_equal_functions(largest_slope: float) -> None:
    encoder, generator = make_networks()
    for module in (*encoder.modules(), *generator.modules()):
        if isinstance(module, nn.PReLU):
            nn.init.uniform_(module.weight, -0.5, 0.5)
            module.weight.data[0] = largest_slope
    crops, intensities = torch.randint(0, 256, (3, 16, 16, 3), dtype=torch.uint8), torch.rand(3, 17) * 5
    latents = encoder(crops.permute(0, 3, 1, 2) / 255)
    images = generator(latents, intensities).permute(0, 2, 3, 1)
    torch.testing.assert_close(DeployedEncoder(encoder)(crops), latents, rtol=1e-5, atol=1e-5)
    torch.testing.assert_close(DeployedGenerator(generator)(latents, intensities), images, rtol=0, atol=1e-5)
