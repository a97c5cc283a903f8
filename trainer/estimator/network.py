"""The estimator's networks: small perceptrons on principal components of the landmarks."""

from itertools import pairwise
from typing import Final

import torch
from torch import Tensor, nn

from engine.action_units import AU_COUNT, MAX_INTENSITY

_SMALLEST_SCALE: Final = 1e-3
"""Components that vary less, in distances between the eyes, are not blown up to unit variance."""


class FaceSpace(nn.Module):
    """Principal components of faces in the head's frame, taken from how neutral faces and expressions vary.

    Attributes:
        mean: float [L * 3].
        basis: float [L * 3, K], orthonormal.
    """

    mean: Tensor
    basis: Tensor

    def __init__(self, landmarks: int, size: int) -> None:
        super().__init__()
        self.landmarks = landmarks
        self.register_buffer("mean", torch.zeros(landmarks * 3))
        self.register_buffer("basis", torch.zeros(landmarks * 3, size))

    @classmethod
    def fit(cls, neutrals: Tensor, changes: Tensor, size: int) -> "FaceSpace":
        """Fit to neutral faces [N, L, 3] and changes of expression [M, L, 3]; both count alike."""
        space = cls(neutrals.shape[1], size)
        neutrals, changes = neutrals.flatten(1).double(), changes.flatten(1).double()
        space.mean.copy_(neutrals.mean(dim=0))
        covariance = sum((part.T @ part) / len(part) for part in (neutrals - neutrals.mean(dim=0), changes))
        _, vectors = torch.linalg.eigh(covariance)
        space.basis.copy_(vectors.flip(1)[:, :size])
        return space

    def encode(self, points: Tensor) -> Tensor:
        """[N, L, 3] -> codes [N, K]; the mean neutral face has code 0."""
        codes: Tensor = (points.flatten(1) - self.mean) @ self.basis
        return codes

    def decode(self, codes: Tensor) -> Tensor:
        """[N, K] -> [N, L, 3]."""
        return (codes @ self.basis.T + self.mean).unflatten(1, (self.landmarks, 3))


class IntensityNetwork(nn.Module):
    """Intensities of faces, whose person's neutral face may be known.

    Args:
        space: codes of the faces.
        hidden: widths of the hidden layers.
        face_scale: float [K], how far codes of faces vary.
        change_scale: float [K], how far a face's code lies from its person's neutral code.

    Attributes:
        rest_levels: float [17]; without the neutral face, an estimate up to this is taken for the person's build, and
            what lies above is spread over 0..5.
    """

    face_scale: Tensor
    change_scale: Tensor
    rest_levels: Tensor

    def __init__(self, space: FaceSpace, hidden: tuple[int, ...], face_scale: Tensor, change_scale: Tensor) -> None:
        super().__init__()
        self.space = space
        self.register_buffer("face_scale", face_scale.clamp(min=_SMALLEST_SCALE))
        self.register_buffer("change_scale", change_scale.clamp(min=_SMALLEST_SCALE))
        self.register_buffer("rest_levels", torch.zeros(AU_COUNT))
        self.layers = _perceptron((2 * len(face_scale) + 1, *hidden, AU_COUNT))

    def from_codes(self, faces: Tensor, neutrals: Tensor, calibrated: Tensor) -> Tensor:
        """Codes [N, K] of faces and of neutral faces -> intensities [N, 17], not limited.

        Args:
            faces, neutrals: codes; `neutrals` count only where `calibrated`.
            calibrated: [N, 1], 1 where the neutral face is known, else 0.
        """
        reference = neutrals * calibrated  # 0 is the code of the mean neutral face
        scale = torch.where(calibrated > 0, self.change_scale, self.face_scale)
        intensities: Tensor = self.layers(
            torch.cat([(faces - reference) / scale, reference / self.face_scale, calibrated], dim=1)
        )
        return intensities

    def forward(self, points: Tensor, neutral: Tensor, calibrated: Tensor) -> Tensor:
        """Points [N, L, 3] of faces and of neutral faces, calibrated [N, 1] -> intensities [N, 17] in 0..5."""
        intensities = self.from_codes(self.space.encode(points), self.space.encode(neutral), calibrated)
        above_rest = (intensities - self.rest_levels) * (MAX_INTENSITY / (MAX_INTENSITY - self.rest_levels))
        return torch.where(calibrated > 0, intensities, above_rest).clamp(0.0, MAX_INTENSITY)


class NeutralNetwork(nn.Module):
    """The neutral face of the person whose face is seen in any expression.

    Args:
        space: codes of the faces.
        hidden: widths of the hidden layers.
        face_scale: float [K], how far codes of faces vary.
    """

    face_scale: Tensor

    def __init__(self, space: FaceSpace, hidden: tuple[int, ...], face_scale: Tensor) -> None:
        super().__init__()
        self.space = space
        self.register_buffer("face_scale", face_scale.clamp(min=_SMALLEST_SCALE))
        self.layers = _perceptron((len(face_scale), *hidden, len(face_scale)))

    def from_codes(self, faces: Tensor) -> Tensor:
        """Codes [N, K] of faces -> codes [N, K] of neutral faces."""
        neutrals: Tensor = self.layers(faces / self.face_scale) * self.face_scale
        return neutrals

    def forward(self, points: Tensor) -> Tensor:
        """Points [N, L, 3] of faces -> points [N, L, 3] of neutral faces."""
        return self.space.decode(self.from_codes(self.space.encode(points)))


def _perceptron(widths: tuple[int, ...]) -> nn.Sequential:
    layers: list[nn.Module] = []
    for inputs, outputs in pairwise(widths):
        layers += [nn.Linear(inputs, outputs), nn.GELU()]
    return nn.Sequential(*layers[:-1])
