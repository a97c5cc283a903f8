"""The card of a bundle, `card.json`: what the model is and expects, where it comes from, and the hash of every file."""

import re
from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from engine.action_units import AU_COLUMNS, AU_COUNT, MAX_INTENSITY

FORMAT_VERSION: Final = 1
CARD_NAME: Final = "card.json"
ENCODER_WEIGHTS: Final = "encoder.safetensors"
GENERATOR_WEIGHTS: Final = "generator.safetensors"
WEIGHT_FILES: Final = (ENCODER_WEIGHTS, GENERATOR_WEIGHTS)
ENCODER_ONNX: Final = "encoder.onnx"
GENERATOR_ONNX: Final = "generator.onnx"
ONNX_FILES: Final = (ENCODER_ONNX, GENERATOR_ONNX)

Precision: TypeAlias = Literal["fp32", "fp16"]
"""How weights are stored; computing is in float32, unless a GPU is shown to give the same pictures with less."""

_PLAIN_PATH: Final = re.compile(r"\w[\w.-]*(/\w[\w.-]*)*", re.ASCII)


def _check_file_name(name: str) -> str:
    """Refuse names that could lead out of the folder (`..`, absolute, drives, backslashes) or hide in it."""
    if not _PLAIN_PATH.fullmatch(name) or name == CARD_NAME:
        raise ValueError(f"{name!r} is not a plain path inside the bundle")
    return name


FileName: TypeAlias = Annotated[str, AfterValidator(_check_file_name)]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
Size: TypeAlias = Annotated[int, Field(gt=0)]
Channels: TypeAlias = Annotated[tuple[Size, ...], Field(min_length=1)]
Amount: TypeAlias = Annotated[float, Field(ge=0)]
Shape: TypeAlias = tuple[int, ...]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class EncoderArchitecture(_Section):
    """Sizes of E; the fields of `engine.networks.EncoderConfig`."""

    crop_size: Size
    channels: Channels
    latent_size: Size


class GeneratorArchitecture(_Section):
    """Sizes of G; the fields of `engine.networks.GeneratorConfig`."""

    latent_size: Size
    au_count: Size
    channels: Channels

    @property
    def crop_size(self) -> int:
        """Side of the generated crop in pixels: the first map is 2×2 and every block doubles it."""
        return int(2 ** len(self.channels))


class LatentArchitecture(_Section):
    """The paper's networks: everything the generator draws comes out of the latent."""

    kind: Literal["eggan"] = "eggan"
    encoder: EncoderArchitecture
    generator: GeneratorArchitecture

    @property
    def crop_size(self) -> int:
        """Side of the crop in pixels."""
        return self.encoder.crop_size

    @property
    def latent_size(self) -> int:
        """Length of l."""
        return self.encoder.latent_size

    @property
    def au_count(self) -> int:
        """Length of u."""
        return self.generator.au_count

    @property
    def encoded_shapes(self) -> dict[str, Shape]:
        """What E makes of one crop: name and shape of each array."""
        return {"latents": (self.latent_size,)}

    @property
    def condition_shapes(self) -> dict[str, Shape]:
        """What else G takes for one face: name and shape of each array."""
        return {"intensities": (self.au_count,)}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.encoder.latent_size != self.generator.latent_size:
            raise ValueError(
                f"the encoder makes {self.encoder.latent_size} values, the generator takes {self.generator.latent_size}"
            )
        if self.encoder.crop_size != self.generator.crop_size:
            raise ValueError(
                f"the encoder takes {self.encoder.crop_size} px, the generator makes {self.generator.crop_size} px"
            )
        return self


class DetailArchitecture(_Section):
    """The detail variant: sizes of `engine.networks.DetailEncoderConfig` and `DetailGeneratorConfig`."""

    kind: Literal["eggan-detail"] = "eggan-detail"
    crop_size: Size
    channels: Channels
    latent_size: Size
    au_count: Size
    condition_size: Size

    @property
    def encoded_shapes(self) -> dict[str, Shape]:
        """What E makes of one crop: name and shape of each array."""
        sides = (self.crop_size // 2 ** (level + 1) for level in range(len(self.channels)))
        maps = {
            f"map{level}": (channels, side, side)
            for level, (channels, side) in enumerate(zip(self.channels, sides, strict=True))
        }
        return {"latents": (self.latent_size,), **maps}

    @property
    def condition_shapes(self) -> dict[str, Shape]:
        """What else G takes for one face: name and shape of each array."""
        return {"source": (self.au_count,), "target": (self.au_count,), "crops": (self.crop_size, self.crop_size, 3)}


Architecture: TypeAlias = Annotated[LatentArchitecture | DetailArchitecture, Field(discriminator="kind")]
"""Which networks, and their sizes."""


class ActionUnitSpec(_Section):
    """The action units of the generator's second input, in its order, and their range."""

    names: tuple[str, ...] = AU_COLUMNS
    range: tuple[float, float] = (0.0, MAX_INTENSITY)

    @model_validator(mode="after")
    def _is_what_the_program_controls(self) -> Self:
        if self.names != AU_COLUMNS:
            missing = [name for name in AU_COLUMNS if name not in self.names]
            unknown = [name for name in self.names if name not in AU_COLUMNS]
            faults = [f"lack {', '.join(missing)}"] if missing else []
            faults += [f"have the unknown {', '.join(unknown)}"] if unknown else []
            raise ValueError(f"the action units {' and '.join(faults) or 'are in another order'}")
        if self.range != (0.0, MAX_INTENSITY):
            raise ValueError(f"intensities range over {self.range}, not 0..{MAX_INTENSITY:g}")
        return self


class CropSpec(_Section):
    """Where a face lies in the crop; the fields of `engine.faces.alignment.CropTemplate`."""

    size_px: Size
    eye_distance_px: Annotated[float, Field(gt=0)]
    eye_centre_px: tuple[float, float]


class InputSpec(_Section):
    """What the encoder takes: the side of the picture, and the range to which the bare network wants 0..255 scaled."""

    size_px: Size
    colour: Literal["RGB"] = "RGB"
    range: tuple[float, float] = (0.0, 1.0)


class TrainingRecord(_Section):
    """Where the weights come from."""

    steps: Annotated[int, Field(ge=0)]
    hours: Amount
    hardware: Text
    recipe: Text
    data: Text
    attribution: tuple[Text, ...]


class ExportRecord(_Section):
    """How faithful the files are to the trained networks, measured on `samples` pictures whose values are 0..1.

    Attributes:
        onnx_opset: version of ONNX's operator set.
        samples: pictures measured.
        onnx_latent_difference: largest difference of a latent's value, ONNX Runtime on the CPU against torch, with the
            weights as stored.
        onnx_image_difference: the same for a picture's value.
        storage_image_difference: largest difference of a picture's value, weights as stored against weights as
            trained, in torch.
        storage_image_mean_difference: mean of those differences.
    """

    onnx_opset: Size
    samples: Size
    onnx_latent_difference: Amount
    onnx_image_difference: Amount
    storage_image_difference: Amount
    storage_image_mean_difference: Amount


class FileRecord(_Section):
    """What a file must be."""

    sha256: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]
    bytes: Annotated[int, Field(ge=0)]


class BundleCard(_Section):
    """The whole card."""

    format_version: Literal[1] = FORMAT_VERSION
    name: Text
    architecture: Architecture
    action_units: ActionUnitSpec = ActionUnitSpec()
    crop: CropSpec
    input: InputSpec
    training: TrainingRecord
    licence: Text
    metrics: dict[str, JsonValue] = {}
    """Measurements of the model's quality: numbers, and tables as lists or mappings."""
    precision: Precision
    export: ExportRecord | None = None
    files: dict[FileName, FileRecord] = {}

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        size = self.architecture.crop_size
        if not self.crop.size_px == self.input.size_px == size:
            raise ValueError(
                f"the crop has {self.crop.size_px} px, the input {self.input.size_px} px and the encoder {size} px"
            )
        if self.architecture.au_count != AU_COUNT:
            raise ValueError(f"the generator takes {self.architecture.au_count} action units, not {AU_COUNT}")
        return self
