"""Made-up things in front of a face: hands, microphones and hair stay where they are when the expression changes."""

import torch
import torch.nn.functional as F
from torch import Tensor

from trainer.randomness import Draws

_SIZES_PX = (8.0, 30.0)
_TEXTURE = 8


def draw_occluders(share: float, draws: Draws, before: Tensor, after: Tensor) -> tuple[Tensor, Tensor]:
    """Lay one tilted, softly textured ellipse over some of the pictures, the same over both of a pair.

    Args:
        share: 0..1, of the pictures that get one.
        draws: for which of them, and what.
        before, after: [N, 3, S, S] in 0..1.
    """
    count, _, size, _ = before.shape

    def draw(*shape: int) -> Tensor:
        return draws.uniform(count, *shape)

    centre, radii = draw(2, 1, 1) * size, _SIZES_PX[0] + draw(2, 1, 1) * (_SIZES_PX[1] - _SIZES_PX[0])
    angle, edge = draw(1, 1) * torch.pi, 0.03 + 0.25 * draw(1, 1)
    places = torch.arange(size, device=before.device)
    x, y = places[None, None, :] - centre[:, 0], places[None, :, None] - centre[:, 1]  # each [N, S, S]
    along = (x * angle.cos() + y * angle.sin()) / radii[:, 0]
    across = (y * angle.cos() - x * angle.sin()) / radii[:, 1]
    inside = torch.sigmoid((1 - (along.square() + across.square()).sqrt()) / edge * 4)
    cover = (inside * (draw(1, 1) < share))[:, None]
    texture = draw(3, 1, 1) + 0.4 * (draw(3, _TEXTURE, _TEXTURE) - 0.5)
    colours = F.interpolate(texture, (size, size), mode="bicubic", align_corners=False).clamp(0, 1)
    return torch.lerp(before, colours, cover), torch.lerp(after, colours, cover)
