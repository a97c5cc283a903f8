"""Build `assets/models/face_landmarker.task` out of the models inside the mediapipe 0.10.21 wheel (Apache-2.0).

mediapipe 1.x ships no models, and its Face Landmarker wants one network that outputs all 478 landmarks. This script
takes the older attention mesh and the short-range face detector out of the wheel, lets `landmark_network` join the
mesh's outputs, and stores both networks in a Tasks bundle. The result is the same byte for byte on every machine; its
SHA-256 is checked.

    python packaging/build_face_landmarker.py                   download the wheel with pip and build
    python packaging/build_face_landmarker.py --wheel PATH      build from a wheel at hand
    python packaging/build_face_landmarker.py --output PATH     write elsewhere
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any, Final

import typer
from landmark_network import merged_network

MEDIAPIPE: Final = "mediapipe==0.10.21"
OUTPUT: Final = Path(__file__).resolve().parents[1] / "assets" / "models" / "face_landmarker.task"
OUTPUT_SHA256: Final = "fe6ba5a529636e4e9bf106b67915b9d7313db2dde53b4fbe214aa0cdf46e2d4c"


class BuildError(Exception):
    """The bundle cannot be built; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class WheelMember:
    """A file of the wheel, the same in the wheels of all platforms."""

    name: str
    sha256: str

    def read(self, wheel: Path) -> bytes:
        """The file's bytes; BuildError where it is missing or another one."""
        try:
            with zipfile.ZipFile(wheel) as archive:
                data = archive.read(self.name)
        except (OSError, KeyError, zipfile.BadZipFile) as error:
            raise BuildError(f"{wheel} does not hold {self.name}: {error}. Pass a wheel of {MEDIAPIPE}.") from error
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise BuildError(f"{self.name} in {wheel} is another version. Pass a wheel of {MEDIAPIPE}.")
        return data


DETECTOR: Final = WheelMember(
    "mediapipe/modules/face_detection/face_detection_short_range.tflite",
    "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
)
ATTENTION_MESH: Final = WheelMember(
    "mediapipe/modules/face_landmark/face_landmark_with_attention.tflite",
    "e06a804e0144f9929eda782122916b35d60c697c3c9344013ca2bbe76a6ce2b4",
)
TFLITE_SCHEMA: Final = WheelMember(
    "mediapipe/tasks/metadata/schema_py_generated.py",
    "49a26cf90cdf5271271e61f61d4bf3a293da4777824c73d08f5cb9e0e2cbc29a",
)
METADATA_SCHEMA: Final = WheelMember(
    "mediapipe/tasks/metadata/metadata_schema_py_generated.py",
    "bcd857b0f5af7d74ec948e882d4d8e31f4bdd41dece562110d1ffcbd8453bf50",
)


def _module(member: WheelMember, wheel: Path) -> Any:
    """A generated schema module, the wheel's own, so that no installed version can change the bytes written."""
    module = ModuleType(Path(member.name).stem)
    exec(compile(member.read(wheel), member.name, "exec"), module.__dict__)
    return module


def write_bundle(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a Tasks bundle: a zip of stored files, each aligned to 64 bytes to be mapped, all of one date."""
    alignment, header_size, padding_field = 64, 30, 0xD935
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            assert archive.fp is not None
            padding = -(archive.fp.tell() + header_size + len(name)) % alignment
            if 0 < padding < 4:
                padding += alignment
            if padding:
                info.extra = (
                    padding_field.to_bytes(2, "little") + (padding - 4).to_bytes(2, "little") + bytes(padding - 4)
                )
            archive.writestr(info, data)


def download_wheel(folder: Path) -> Path:
    """Fetch the wheel with pip; any platform's would do, so the same one is taken everywhere."""
    pip = [sys.executable, "-m", "pip"] if importlib.util.find_spec("pip") else [shutil.which("pip") or ""]
    if not pip[0]:
        raise BuildError("pip was not found. Install it, or pass a wheel of mediapipe 0.10.21 with --wheel.")
    options = (
        "--no-deps",
        "--only-binary=:all:",
        "--python-version=3.11",
        "--platform=manylinux_2_28_x86_64",
        "--quiet",
    )
    result = subprocess.run([*pip, "download", MEDIAPIPE, *options, "--dest", str(folder)], check=False)
    wheels = list(folder.glob("*.whl"))
    if result.returncode != 0 or not wheels:
        raise BuildError(f"pip could not download {MEDIAPIPE}. Check the network, or pass a wheel with --wheel.")
    return wheels[0]


def build(wheel: Path, output: Path) -> None:
    """Build the bundle from a wheel and put it in place whole; BuildError where it is not the one expected."""
    output.parent.mkdir(parents=True, exist_ok=True)
    part = output.with_name(output.name + ".part")
    try:
        schemas = _module(TFLITE_SCHEMA, wheel), _module(METADATA_SCHEMA, wheel)
        network = merged_network(ATTENTION_MESH.read(wheel), *schemas)
        write_bundle(part, {"face_detector.tflite": DETECTOR.read(wheel), "face_landmarks_detector.tflite": network})
        digest = hashlib.sha256(part.read_bytes()).hexdigest()
        if digest != OUTPUT_SHA256:
            raise BuildError(f"The bundle built has SHA-256 {digest}, not {OUTPUT_SHA256}. Try flatbuffers 25.12.19.")
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)


def main(
    wheel: Annotated[
        Path | None, typer.Option(help="A wheel of mediapipe 0.10.21; downloaded with pip if not given.")
    ] = None,
    output: Annotated[Path, typer.Option(help="The bundle to write.")] = OUTPUT,
) -> None:
    """Build the Face Landmarker bundle out of mediapipe 0.10.21."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            build(wheel or download_wheel(Path(folder)), output)
    except BuildError as error:
        typer.echo(f"error: {error}", err=True)
        raise typer.Exit(1) from error
    typer.echo(f"{output}: {output.stat().st_size} bytes, SHA-256 {OUTPUT_SHA256}")


if __name__ == "__main__":
    typer.run(main)
