"""The perceptual loss (equation 5)."""

from torch import Tensor


def perceptual_loss(features: Tensor, reference: Tensor) -> Tensor:
    """||φ(a) - φ(b)||₂ / (C·H·W), the norm not squared, mean over the batch: one of equation 5's two terms.

    Args:
        features, reference: activations φ of VGG19, [N, C, H, W].
    """
    difference = (features - reference).flatten(1)
    return difference.norm(dim=1).mean() / difference.shape[1]
