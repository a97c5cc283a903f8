"""E and G in ONNX Runtime, on the fastest execution provider that really starts."""

import logging
import os
from typing import Any, Final

import numpy as np

from engine.backends.protocol import Encoded, Generated, check_condition, check_crops
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

    The graphs take uint8 NHWC and give float32 NHWC, so that no conversion is left to Python; the maps between E and G
    keep the layout in which they are computed.

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

    def encode(self, crops: RGBImage) -> Encoded:
        """Encode crops; see `Backend`."""
        check_crops(crops, self._architecture)
        return Encoded(crops, self._run(0, {"crops": crops}))

    def generate(self, encoded: Encoded, source: FloatArray, target: FloatArray) -> Generated:
        """Show faces under other expressions; see `Backend`."""
        check_condition(encoded, source, target, self._architecture)
        return Generated(*self._run(1, self._generator_inputs(encoded, source, target)))

    def close(self) -> None:
        """Release the sessions and their threads."""
        self._sessions = ()

    def _start(self, graphs: tuple[bytes, bytes], provider: Provider) -> None:
        """Start both sessions and run each once, since some providers fail only then."""
        sessions = tuple(start_session(graph, provider, self._threads) for graph in graphs)
        size = self._architecture.crop_size
        for count in _WARM_UP_BATCHES:
            crops = np.zeros((count, size, size, 3), np.uint8)
            rest, moved = (np.full((count, self._architecture.au_count), value, np.float32) for value in (0, 1))
            encoded = Encoded(crops, run_session(sessions[0], {"crops": crops}))
            made = run_session(sessions[1], self._generator_inputs(encoded, rest, moved))
            if not all(np.isfinite(array).all() for array in made):
                raise SessionError("it computes values that are not numbers")
        self._sessions = sessions

    def _generator_inputs(self, encoded: Encoded, source: FloatArray, target: FloatArray) -> dict[str, Any]:
        arrays = dict(zip(self._architecture.encoded_shapes, encoded.arrays, strict=False))
        condition = {"intensities": target, "source": source, "target": target, "crops": encoded.crops}
        return arrays | {name: condition[name] for name in self._architecture.condition_shapes}

    def _run(self, index: int, inputs: dict[str, Any]) -> tuple[FloatArray, ...]:
        if not self._sessions:
            raise ModelError("The backend is closed.", "Open the model again.")
        try:
            return run_session(self._sessions[index], inputs)
        except SessionError as error:
            raise ModelError(f"{self.name} failed: {error}.", "Use the device 'cpu' or a smaller batch.") from error

    def _describe(self, provider: Provider) -> str:
        on_cpu = f", {self._threads} {'thread' if self._threads == 1 else 'threads'}" if provider is CPU else ""
        return f"ONNX Runtime, {_short(provider)}{on_cpu}"


def _short(provider: Provider) -> str:
    return provider.name.removesuffix("ExecutionProvider")
