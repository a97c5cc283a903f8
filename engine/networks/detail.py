"""The detail variant: a spatial encoder, and a generator that moves the source's own pixels and paints what is new.

E keeps EGGAN's structured latent (equation 1) and also gives maps; G is conditioned on them, on l and on the change of
expression, and predicts a flow field, an attention mask and colour. They are composed as in GANimation (Pumarola et
al., 2018), with a warped in place of the plain source, so identity and resolution come from the source's pixels.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

_GATE: Final = 4.0
_MASK_BIAS: Final = -1.0
_MAX_INTENSITY: Final = 5.0
_SLOPE: Final = 0.1


@dataclass(frozen=True, slots=True)
class DetailEncoderConfig:
    """Sizes of the spatial encoder.

    Attributes:
        crop_size: side of the input in pixels.
        channels: of the maps, of side S/2, S/4, S/8 …
        latent_size: length of l.
    """

    crop_size: int = 128
    channels: tuple[int, ...] = (32, 64, 128, 192)
    latent_size: int = 256


@dataclass(frozen=True, slots=True)
class DetailGeneratorConfig:
    """Sizes of the generator; the first four have to agree with the encoder's.

    Attributes:
        crop_size, channels, latent_size: as the encoder's.
        au_count: length of u.
        condition_size: width of the layer that (l, u_source, u_target - u_source) passes.
    """

    crop_size: int = 128
    channels: tuple[int, ...] = (32, 64, 128, 192)
    latent_size: int = 256
    au_count: int = 17
    condition_size: int = 256


class DetailEdit(NamedTuple):
    """What the generator predicts.

    Attributes:
        flow: float [N, 2, S, S], (x, y) in pixels of the crop; a pixel p of the result comes from p + flow(p).
        mask: float [N, 1, S, S] in 0..1, how much of a pixel is new colour.
        colour: float [N, 3, S, S] RGB in 0..1.
    """

    flow: Tensor
    mask: Tensor
    colour: Tensor


class DetailEncoder(nn.Module):
    """A stride-2 convolution and a residual block a level; the smallest map gives the latent."""

    def __init__(self, config: DetailEncoderConfig) -> None:
        super().__init__()
        self.config = config
        stride = 2 ** len(config.channels)
        if config.crop_size % stride:
            raise ValueError(f"crop_size {config.crop_size} is not a multiple of {stride}")
        self.levels = nn.ModuleList(
            nn.Sequential(nn.Conv2d(inputs, outputs, kernel_size=4, stride=2, padding=1), ResidualBlock(outputs))
            if level
            else nn.Conv2d(inputs, outputs, kernel_size=4, stride=2, padding=1)
            for level, (inputs, outputs) in enumerate(pairwise((3, *config.channels)))
        )
        last = config.channels[-1]
        self.to_latent = nn.Sequential(
            nn.LeakyReLU(_SLOPE),
            nn.Conv2d(last, last // 2, kernel_size=4, stride=2, padding=1),
            nn.LeakyReLU(_SLOPE),
            nn.Flatten(),
            nn.Linear(last // 2 * (config.crop_size // stride // 2) ** 2, config.latent_size),
        )

    def forward(self, images: Tensor) -> tuple[Tensor, ...]:
        """Encode crops.

        Args:
            images: float [N, 3, S, S] RGB in 0..1.

        Returns:
            The latent l, float [N, latent_size], then the maps, [N, channels[i], S / 2^(i + 1), S / 2^(i + 1)].
        """
        maps = [images * 2 - 1]
        for level in self.levels:
            maps.append(level(maps[-1]))
        return self.to_latent(maps[-1]), *maps[1:]


class DetailGenerator(nn.Module):
    """Climbs from the smallest map to the largest, steered by the change of expression at every level."""

    def __init__(self, config: DetailGeneratorConfig) -> None:
        super().__init__()
        self.config = config
        climbing = config.channels[::-1]  # from the smallest map up
        self.condition = nn.Sequential(
            nn.Linear(config.latent_size + 2 * config.au_count, config.condition_size),
            nn.LeakyReLU(_SLOPE),
            nn.Linear(config.condition_size, config.condition_size),
            nn.LeakyReLU(_SLOPE),
        )
        self.blocks = nn.ModuleList(SteeredBlock(channels, config.condition_size) for channels in climbing)
        self.narrowings = nn.ModuleList(nn.Conv2d(a, b, kernel_size=1) for a, b in pairwise(climbing))
        self.skips = nn.ModuleList(nn.Conv2d(channels, channels, kernel_size=1) for channels in climbing[1:])
        self.flows = nn.ModuleList(_head(channels, 2) for channels in climbing[1:])
        # Mask and colour have the crop's own resolution: four pixels at each position of the largest map.
        self.paint = _head(climbing[-1], 4 * 4)
        with torch.no_grad():
            self.paint[-1].bias[:4] = _MASK_BIAS  # type: ignore[operator]

    def forward(self, latents: Tensor, maps: tuple[Tensor, ...], source: Tensor, target: Tensor) -> DetailEdit:
        """Predict an edit; none at all where the target is the source's own expression.

        Args:
            latents, maps: what the encoder returned.
            source, target: u_source and u_target, float [N, au_count] in 0..5.
        """
        change = (target - source) / _MAX_INTENSITY
        condition = self.condition(torch.cat([latents, source / _MAX_INTENSITY, change], dim=1))
        hidden = self.blocks[0](maps[-1], condition)
        flow: Tensor | None = None
        for block, narrowing, skip, head, below in zip(
            self.blocks[1:], self.narrowings, self.skips, self.flows, maps[-2::-1], strict=True
        ):
            hidden = _double(narrowing(hidden)) + skip(below)
            hidden = block(hidden, condition)
            finer = head(hidden)
            flow = finer if flow is None else finer + 2 * _double_smoothly(flow)
        assert flow is not None
        gate = _gate(target - source)
        painted = F.pixel_shuffle(self.paint(hidden), 2)  # [N, 4, S, S]
        return DetailEdit(
            flow=2 * _double_smoothly(flow) * gate,
            mask=torch.sigmoid(painted[:, :1]) * gate,
            colour=torch.sigmoid(painted[:, 1:]),
        )


class ResidualBlock(nn.Module):
    """x + convolution(Instance Norm(leaky ReLU(x))), of one convolution."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.InstanceNorm2d(channels, affine=True)
        self.convolution = nn.Conv2d(channels, channels, kernel_size=3, padding=1)

    def forward(self, maps: Tensor) -> Tensor:
        """[N, channels, S, S] -> the same shape."""
        return maps + self.convolution(F.leaky_relu(self.norm(maps), _SLOPE))


class SteeredBlock(nn.Module):
    """A residual block of two convolutions, the second steered by the condition (FiLM, Perez et al. 2018)."""

    def __init__(self, channels: int, condition_size: int) -> None:
        super().__init__()
        self.norm1 = nn.InstanceNorm2d(channels, affine=True)
        self.convolution1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.norm2 = nn.InstanceNorm2d(channels)
        self.to_scale_and_shift = nn.Linear(condition_size, 2 * channels)
        self.convolution2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)

    def forward(self, maps: Tensor, condition: Tensor) -> Tensor:
        """[N, channels, S, S] and [N, condition_size] -> the shape of the maps."""
        scale, shift = self.to_scale_and_shift(condition)[..., None, None].chunk(2, dim=1)
        hidden = self.convolution1(F.leaky_relu(self.norm1(maps), _SLOPE))
        hidden = self.norm2(hidden) * (1 + scale) + shift
        return maps + self.convolution2(F.leaky_relu(hidden, _SLOPE))


def compose(images: Tensor, edit: DetailEdit) -> Tensor:
    """Mask · colour + (1 - mask) · warp(images, flow), float [N, 3, S, S] in 0..1."""
    return torch.lerp(warp(images, edit.flow), edit.colour, edit.mask)


def warp(images: Tensor, flow: Tensor) -> Tensor:
    """Take each pixel p from p + flow(p), bilinearly; beyond the border, from the border.

    Args:
        images: [N, C, S, S].
        flow: [N, 2, S, S], (x, y) in pixels.
    """
    size = images.shape[-1]
    centres = torch.arange(size, device=flow.device, dtype=flow.dtype)
    rows, columns = torch.meshgrid(centres, centres, indexing="ij")
    places = flow.permute(0, 2, 3, 1) + torch.stack([columns, rows], dim=-1)  # [N, S, S, 2], pixel centres at integers
    return F.grid_sample(
        images, (places * 2 + 1) / size - 1, mode="bilinear", padding_mode="border", align_corners=False
    )


def _gate(change: Tensor) -> Tensor:
    """0 where no intensity changes, near 1 from one unit on: [N, au_count] -> [N, 1, 1, 1]."""
    return (1 - torch.exp(-_GATE * change.square().sum(dim=1)))[:, None, None, None]


def _head(channels: int, outputs: int) -> nn.Sequential:
    """Normalised maps to predictions, which begin at zero."""
    convolution = nn.Conv2d(channels, outputs, kernel_size=3, padding=1)
    nn.init.zeros_(convolution.weight)
    nn.init.zeros_(convolution.bias)  # type: ignore[arg-type]
    return nn.Sequential(nn.InstanceNorm2d(channels, affine=True), nn.LeakyReLU(_SLOPE), convolution)


def _double(maps: Tensor) -> Tensor:
    return F.interpolate(maps, scale_factor=2.0, mode="nearest")


def _double_smoothly(maps: Tensor) -> Tensor:
    return F.interpolate(maps, scale_factor=2.0, mode="bilinear", align_corners=False)
