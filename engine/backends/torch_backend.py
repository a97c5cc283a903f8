"""E and G in torch, on CUDA, Apple's MPS or the CPU."""

from typing import Final

import torch
import torch.nn.functional as F
from torch import Tensor

from engine.backends.protocol import Encoded, Generated, check_condition, check_crops
from engine.backends.torch_networks import Networks, load_networks
from engine.bundle import Architecture, Bundle
from engine.errors import ModelError
from engine.types import FloatArray, RGBImage

MAX_HALF_DIFFERENCE: Final = 1 / 255
"""Largest difference of a picture's value, on 0..1, for which a GPU may compute in 16 bits: one step of a uint8."""
_PROBE_COUNT: Final = 4


class TorchBackend:
    """E and G as torch modules; pictures stay NHWC in memory (channels last) from end to end.

    Args:
        bundle: holds both weight files.
        device: "cuda" or "mps" takes that one or fails; "auto" takes the first that is there, else the CPU.
        threads: threads of torch in this process; None leaves them as they are.

    Raises:
        ModelError: the device is absent, or a weight file is missing or does not fit the architecture on the card.
    """

    def __init__(self, bundle: Bundle, device: str = "auto", threads: int | None = None) -> None:
        self._architecture = bundle.card.architecture
        self._device = _choose_device(device)
        if threads is not None:
            torch.set_num_threads(threads)
        self._networks: Networks | None = load_networks(bundle, self._device)
        self._half: torch.dtype | None = None
        self.refusals: tuple[str, ...] = ()
        if self._device.type != "cpu":
            self._half = choose_half(self._networks, self._architecture, self._device)
            if self._half is None:
                self.refusals = ("Computing in 16 bits changes the pictures, so 32 bits are used.",)
        self.name = f"torch, {self._device}" + (f", {self._half}".replace("torch.", "") if self._half else "")

    @torch.inference_mode()
    def encode(self, crops: RGBImage) -> Encoded:
        """Encode crops; see `Backend`."""
        check_crops(crops, self._architecture)
        networks = self._open_networks()
        with _autocast(self._device, self._half):
            arrays = networks.encode(self._pictures(crops))
        return Encoded(crops, tuple(map(_to_numpy, arrays)))

    @torch.inference_mode()
    def generate(self, encoded: Encoded, source: FloatArray, target: FloatArray) -> Generated:
        """Show faces under other expressions; see `Backend`."""
        check_condition(encoded, source, target, self._architecture)
        networks = self._open_networks()
        arrays = tuple(torch.tensor(array, device=self._device) for array in encoded.arrays)
        condition = (torch.tensor(intensities, device=self._device) for intensities in (source, target))
        with _autocast(self._device, self._half):
            made = networks.generate(self._pictures(encoded.crops), arrays, *condition)
        return Generated(*map(_to_numpy, made))

    def _pictures(self, crops: RGBImage) -> Tensor:
        return torch.tensor(crops, device=self._device).permute(0, 3, 1, 2) / 255

    def close(self) -> None:
        """Release the weights."""
        self._networks = None

    def _open_networks(self) -> Networks:
        if self._networks is None:
            raise ModelError("The backend is closed.", "Open the model again.")
        return self._networks


@torch.inference_mode()
def choose_half(networks: Networks, architecture: Architecture, device: torch.device) -> torch.dtype | None:
    """Return the 16-bit type in which autocast draws the same pictures as float32, or None if neither does.

    float16 is tried first: its steps are finer than bfloat16's, and it fails only where values are too large for it.
    """
    random = torch.Generator().manual_seed(0)
    size = architecture.crop_size
    images = F.interpolate(torch.rand(_PROBE_COUNT, 3, 8, 8, generator=random), (size, size), mode="bilinear")
    images = images.to(device)
    source, target = (torch.rand(2, _PROBE_COUNT, architecture.au_count, generator=random) * 5).to(device)

    def draw(half: torch.dtype | None) -> Tensor:
        with _autocast(device, half):
            pictures = networks.generate(images, networks.encode(images), source, target)[0]
        return pictures.float()

    exact = draw(None)
    for half in (torch.float16, torch.bfloat16):
        if bool((draw(half) - exact).abs().max() <= MAX_HALF_DIFFERENCE):  # false where a value is not a number
            return half
    return None


def _choose_device(device: str) -> torch.device:
    present = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    usable = [name for name, is_present in present.items() if is_present]
    if device == "auto":
        return torch.device(usable[0])
    if device not in usable:
        raise ModelError(f"torch finds no device {device!r} here.", f"Choose one of: auto, {', '.join(usable)}.")
    return torch.device(device)


def _autocast(device: torch.device, half: torch.dtype | None) -> torch.autocast:
    return torch.autocast(device.type, half or torch.float16, enabled=half is not None)


def _to_numpy(values: Tensor) -> FloatArray:
    array: FloatArray = values.float().contiguous().cpu().numpy()
    return array
