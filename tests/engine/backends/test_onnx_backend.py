from typing import Any

import numpy as np
import pytest

from engine.backends.onnx_backend import OnnxBackend
from engine.backends.providers import CPU, CUDA, DIRECTML, Provider, providers
from engine.backends.sessions import SessionError, run_session, start_session
from engine.bundle import ENCODER_ONNX, Bundle, write_bundle
from engine.errors import ModelError

CUDA_LOG = (
    "2026-01-02 03:04:05.678 [W:onnxruntime:Default, onnxruntime_pybind_state.cc:1295 Create] "
    "Failed to create CUDAExecutionProvider."
)


class FakeSession:
    """A session that got the provider `taken` and returns `output`, or fails when it runs."""

    def __init__(self, taken: Provider, output: np.ndarray | None = None) -> None:
        self.taken = taken
        self.output = output

    def get_providers(self) -> list[str]:
        return [self.taken.name]

    def run(self, _names: None, _inputs: dict[str, Any]) -> list[np.ndarray]:
        if self.output is None:
            raise RuntimeError("out of memory")
        return [self.output]


@pytest.fixture
def only_cpu_works(monkeypatch: pytest.MonkeyPatch) -> None:
    def start(graph: bytes, provider: Provider, threads: int) -> Any:
        if provider is not CPU:
            raise SessionError("no driver")
        return start_session(graph, provider, threads)

    monkeypatch.setattr("engine.backends.onnx_backend.available", lambda provider: provider is not DIRECTML)
    monkeypatch.setattr("engine.backends.onnx_backend.start_session", start)


@pytest.mark.usefixtures("only_cpu_works")
def test_auto_goes_on_to_what_works_and_says_why(bundle: Bundle) -> None:
    backend = OnnxBackend(bundle, threads=2)
    assert backend.name == "ONNX Runtime, CPU, 2 threads"
    assert backend.refusals == (
        "Tensorrt does not work here: no driver.",
        "CUDA does not work here: no driver.",
        "CoreML does not work here: no driver.",
    )
    assert backend.encode(np.zeros((1, 16, 16, 3), np.uint8)).latents.shape == (1, 12)


@pytest.mark.usefixtures("only_cpu_works")
def test_a_device_that_was_asked_for_is_not_replaced(bundle: Bundle) -> None:
    with pytest.raises(ModelError, match=r"the device 'cuda' in ONNX Runtime\. CUDA does not work here: no driver\."):
        OnnxBackend(bundle, "cuda")


@pytest.mark.usefixtures("only_cpu_works")
def test_a_device_that_this_build_does_not_know(bundle: Bundle) -> None:
    with pytest.raises(ModelError, match="This build of ONNX Runtime does not have it") as caught:
        OnnxBackend(bundle, "directml")
    assert caught.value.remedy == "Choose the device 'auto'."


def test_a_provider_that_draws_nonsense_is_not_taken(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(graph: bytes, provider: Provider, threads: int) -> Any:
        if provider is CUDA:
            return FakeSession(CUDA, np.full((1, 1), np.nan, np.float32))
        return start_session(graph, provider, threads)

    monkeypatch.setattr("engine.backends.onnx_backend.available", lambda provider: provider in (CUDA, CPU))
    monkeypatch.setattr("engine.backends.onnx_backend.start_session", start)
    assert OnnxBackend(bundle).refusals == ("CUDA does not work here: it computes values that are not numbers.",)


def test_a_file_that_is_not_onnx(bundle: Bundle, tmp_path: Any) -> None:
    files = {name: bundle.read(name) for name in bundle.card.files} | {ENCODER_ONNX: b"not onnx"}
    broken = write_bundle(tmp_path / "broken", bundle.card, files)
    with pytest.raises(ModelError, match="does not run on the device 'cpu'") as caught:
        OnnxBackend(broken, "cpu")
    assert caught.value.remedy == "Install the model again."


def test_a_failure_while_running(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = OnnxBackend(bundle, "cpu", 1)
    monkeypatch.setattr(backend, "_sessions", (FakeSession(CPU), FakeSession(CPU)))
    with pytest.raises(ModelError, match="ONNX Runtime, CPU, 1 thread failed: out of memory"):
        backend.encode(np.zeros((1, 16, 16, 3), np.uint8))


def test_a_silent_fallback_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onnxruntime.InferenceSession", lambda *_, **__: FakeSession(CPU))
    monkeypatch.setattr("onnxruntime.preload_dlls", lambda: None, raising=False)
    with pytest.raises(SessionError, match="gave no reason"):
        start_session(b"", CUDA, 1)
    assert isinstance(start_session(b"", CPU, 1), FakeSession)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (CUDA_LOG, "Failed to create CUDAExecutionProvider"),
        ("/src/a/state.cc:729 void ort::Register(Options&, const Other&) Please install it.", "Please install it"),
        ("plain,\n  on two lines.", "plain, on two lines"),
    ],
)
def test_reasons_are_one_line_without_their_origin(monkeypatch: pytest.MonkeyPatch, text: str, reason: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError(text)

    monkeypatch.setattr("onnxruntime.InferenceSession", fail)
    with pytest.raises(SessionError) as caught:
        start_session(b"", CPU, 1)
    assert str(caught.value) == reason


def test_run_failures_are_session_errors() -> None:
    with pytest.raises(SessionError, match="out of memory"):
        run_session(FakeSession(CPU), {})


def test_providers_are_ordered_and_end_on_the_cpu(bundle: Bundle) -> None:
    known = providers(bundle.card.architecture)
    assert [provider.device for provider in known] == ["tensorrt", "cuda", "directml", "coreml", "cpu"]
    assert all(provider.chain[-1][0] == CPU.name for provider in known)
    assert [name for name, _ in known[0].chain] == ["TensorrtExecutionProvider", CUDA.name, CPU.name]


def test_tensorrt_is_told_the_shapes_of_the_model(bundle: Bundle) -> None:
    options = providers(bundle.card.architecture)[0].options
    assert options["trt_profile_min_shapes"] == "crops:1x16x16x3,latents:1x12,intensities:1x17"
    assert options["trt_profile_max_shapes"].startswith("crops:16x16x16x3")
