from collections.abc import Iterator
from contextlib import closing

import numpy as np
import pytest
import torch

from engine.backends import Backend, Encoded, open_backend
from engine.bundle import Bundle
from engine.errors import ModelError
from tests.engine.networks.tiny import make_networks

TOLERANCE = 2e-3


def encoded(latents: np.ndarray) -> Encoded:
    return Encoded(np.zeros((len(latents), 16, 16, 3), np.uint8), (latents,))


@pytest.fixture(scope="module", params=["onnx", "torch"])
def backend(request: pytest.FixtureRequest, bundle: Bundle) -> Iterator[Backend]:
    with closing(open_backend(bundle, request.param, "cpu", threads=1)) as opened:
        yield opened


@pytest.mark.parametrize("count", [1, 2, 5])
def test_backends_compute_what_the_networks_do(backend: Backend, count: int) -> None:
    random = np.random.default_rng(count)
    crops = random.integers(0, 256, (count, 16, 16, 3), np.uint8)
    intensities = random.uniform(0, 5, (count, 17)).astype(np.float32)
    encoder, generator = make_networks()
    with torch.no_grad():
        expected_latents = encoder(torch.tensor(crops).permute(0, 3, 1, 2) / 255)
        expected = generator(expected_latents, torch.tensor(intensities)).permute(0, 2, 3, 1).numpy()

    made = backend.encode(crops)
    images = backend.generate(made, np.zeros_like(intensities), intensities).images

    assert made.latents.dtype == np.float32
    assert images.dtype == np.float32
    np.testing.assert_allclose(made.latents, expected_latents, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(images, expected, rtol=0, atol=TOLERANCE)


def test_views_and_read_only_arrays_are_taken(backend: Backend) -> None:
    frame = np.random.default_rng(0).integers(0, 256, (1, 20, 20, 3), np.uint8)
    frame.flags.writeable = False
    view = frame[:, 2:18, 2:18]
    np.testing.assert_array_equal(backend.encode(view).latents, backend.encode(view.copy()).latents)


@pytest.mark.parametrize(
    "crops",
    [
        np.zeros((1, 16, 16, 3), np.float32),
        np.zeros((1, 3, 16, 16), np.uint8),
        np.zeros((1, 32, 32, 3), np.uint8),
        np.zeros((16, 16, 3), np.uint8),
        np.zeros((0, 16, 16, 3), np.uint8),
    ],
)
def test_crops_of_another_kind_are_refused(backend: Backend, crops: np.ndarray) -> None:
    with pytest.raises(ModelError, match=r"takes crops as uint8 \[N, 16, 16, 3\]"):
        backend.encode(crops)


@pytest.mark.parametrize(
    ("latents", "intensities", "message"),
    [
        (np.zeros((1, 256), np.float32), np.zeros((1, 17), np.float32), r"latents as float32 \[N, 12\]"),
        (np.zeros((1, 12), np.float64), np.zeros((1, 17), np.float32), "not float64"),
        (np.zeros((1, 12), np.float32), np.zeros((1, 16), np.float32), r"source intensities as float32 \[N, 17\]"),
        (np.zeros((1, 12), np.float32), np.zeros(17, np.float32), r"not float32 \[17\]"),
        (np.zeros((2, 12), np.float32), np.zeros((1, 17), np.float32), "2 faces and 1 source intensities"),
    ],
)
def test_conditions_of_another_kind_are_refused(
    backend: Backend, latents: np.ndarray, intensities: np.ndarray, message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        backend.generate(encoded(latents), intensities, intensities)


@pytest.mark.parametrize("kind", ["onnx", "torch"])
def test_a_closed_backend_says_so(bundle: Bundle, kind: str) -> None:
    backend = open_backend(bundle, kind, "cpu", threads=1)  # type: ignore[arg-type]
    backend.close()
    backend.close()
    with pytest.raises(ModelError, match="is closed"):
        backend.encode(np.zeros((1, 16, 16, 3), np.uint8))
    with pytest.raises(ModelError, match="is closed"):
        backend.generate(encoded(np.zeros((1, 12), np.float32)), *np.zeros((2, 1, 17), np.float32))
