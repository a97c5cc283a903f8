"""E and G in ONNX Runtime, on the fastest execution provider that really starts."""

import logging
import os
from typing import Any, Final

import numpy as np

from engine.backends.protocol import Generated, check_condition, check_crops
from engine.backends.providers import CPU, Provider, providers
from engine.backends.sessions import SessionError, available, run_session, start_session
from engine.bundle import ENCODER_ONNX, GENERATOR_ONNX, Bundle
from engine.errors import ModelError
from engine.types import FloatArray, RGBImage

MAX_DEFAULT_THREADS: Final = 4
"""The networks are small: more threads bring little, and the video codec misses them."""
_WARM_UP_BATCHES: Final = (1, 2)
"""One face as it is; one face under its source and its target expression."""
_LOGGER: Final = logging.getLogger(__name__)


class OnnxBackend:
    """E and G as two ONNX Runtime sessions.

    The graphs take uint8 NHWC and give float32 NHWC, so that no conversion is left to Python.

    Args:
        bundle: holds both ONNX files.
        device: "auto" takes the fastest provider that starts, and `refusals` says why faster ones did not; a provider's
            name takes that one or fails.
        threads: threads on the CPU; None takes one per core, up to `MAX_DEFAULT_THREADS`.

    Raises:
        ModelError: a file is missing or is not ONNX, or no session starts on the device.
    """

    def __init__(self, bundle: Bundle, device: str = "auto", threads: int | None = None) -> None:
        self._architecture = bundle.card.architecture
        self._sessions: tuple[Any, ...] = ()
        self._threads = threads or min(os.cpu_count() or 1, MAX_DEFAULT_THREADS)
        graphs = bundle.read(ENCODER_ONNX), bundle.read(GENERATOR_ONNX)
        refusals: list[str] = []
        for provider in providers(self._architecture):
            if device not in ("auto", provider.device) or not available(provider):
                continue
            try:
                self._start(graphs, provider)
            except SessionError as error:
                refusals.append(f"{_short(provider)} does not work here: {error}.")
                _LOGGER.info(refusals[-1])
            else:
                self.name = self._describe(provider)
                self.refusals = tuple(refusals)
                return
        reason = " ".join(refusals) or "This build of ONNX Runtime does not have it."
        raise ModelError(
            f"The model {bundle.card.name!r} does not run on the device {device!r} in ONNX Runtime. {reason}",
            "Choose the device 'auto'." if device not in ("auto", CPU.device) else "Install the model again.",
        )

    def encode(self, crops: RGBImage) -> FloatArray:
        """Encode crops, uint8 [N, S, S, 3] RGB, to latents, float32 [N, latent size]."""
        check_crops(crops, self._architecture)
        return self._run(0, {"crops": crops})

    def generate(self, latents: FloatArray, intensities: FloatArray) -> Generated:
        """Generate from latents, float32 [N, latent size], and intensities, float32 [N, 17] in 0..5."""
        check_condition(latents, intensities, self._architecture)
        return Generated(self._run(1, {"latents": latents, "intensities": intensities}))

    def close(self) -> None:
        """Release the sessions and their threads."""
        self._sessions = ()

    def _start(self, graphs: tuple[bytes, bytes], provider: Provider) -> None:
        """Start both sessions and run each once, since some providers fail only then."""
        sessions = tuple(start_session(graph, provider, self._threads) for graph in graphs)
        encoder, generator = self._architecture.encoder, self._architecture.generator
        for count in _WARM_UP_BATCHES:
            crops = np.zeros((count, encoder.crop_size, encoder.crop_size, 3), np.uint8)
            intensities = np.zeros((count, generator.au_count), np.float32)
            latents = run_session(sessions[0], {"crops": crops})
            images = run_session(sessions[1], {"latents": latents, "intensities": intensities})
            if not np.isfinite(images).all():
                raise SessionError("it computes values that are not numbers")
        self._sessions = sessions

    def _run(self, index: int, inputs: dict[str, Any]) -> FloatArray:
        if not self._sessions:
            raise ModelError("The backend is closed.", "Open the model again.")
        try:
            output: FloatArray = run_session(self._sessions[index], inputs)
        except SessionError as error:
            raise ModelError(f"{self.name} failed: {error}.", "Use the device 'cpu' or a smaller batch.") from error
        return output

    def _describe(self, provider: Provider) -> str:
        on_cpu = f", {self._threads} {'thread' if self._threads == 1 else 'threads'}" if provider is CPU else ""
        return f"ONNX Runtime, {_short(provider)}{on_cpu}"


def _short(provider: Provider) -> str:
    return provider.name.removesuffix("ExecutionProvider")
