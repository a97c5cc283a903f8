"""Gains scale the answer to one action unit and to no other."""

import pytest
import torch

from engine.action_units import au_index
from engine.errors import ProjectError
from engine.networks import Generator, GeneratorConfig
from trainer.calibration import apply_gains


def test_a_gain_makes_an_intensity_act_as_a_stronger_one() -> None:
    torch.manual_seed(0)
    generator = Generator(GeneratorConfig(latent_size=4, channels=(8, 4))).eval()
    latents = torch.randn(1, 4)
    asked, other = torch.zeros(1, 17), torch.zeros(1, 17)
    asked[0, au_index(26)], other[0, au_index(12)] = 3.0, 3.0
    stronger, same = generator(latents, asked * 1.5), generator(latents, other)
    apply_gains(generator, {26: 1.5})
    torch.testing.assert_close(generator(latents, asked), stronger)
    torch.testing.assert_close(generator(latents, other), same)


def test_an_unknown_action_unit_is_refused() -> None:
    with pytest.raises(ProjectError, match="AU 3"):
        apply_gains(Generator(GeneratorConfig(latent_size=4, channels=(8, 4))), {3: 2.0})
