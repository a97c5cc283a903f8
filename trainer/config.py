"""The configuration of a training: a TOML file, validated as a whole before anything starts."""

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from engine.errors import EngineError
from trainer.losses.adversarial import ImageAdversary

Positive = Annotated[int, Field(gt=0)]
Weight = Annotated[float, Field(ge=0)]
Rate = Annotated[float, Field(gt=0, lt=1)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelConfig(_Section):
    """Sizes of the networks; the defaults are the paper's where it states them."""

    latent_size: Positive = 256
    encoder_channels: tuple[Positive, ...] = (16, 32, 64, 128, 256)
    generator_channels: tuple[Positive, ...] = (512, 512, 256, 128, 64, 32, 16)
    discriminator_channels: Positive = 16
    """Channels of D_img's first convolution; each further one doubles them."""
    classifier_width: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Width of C_exp and C_id as a fraction of VGG19's."""


class LossConfig(_Section):
    """Weights of equation 7 and the readings of its terms; a weight of 0 leaves the term and its network out."""

    latent_adversarial: Weight = 1.0
    image_adversarial: Weight = 1.0
    expression: Weight = 100.0
    identity: Weight = 60.0
    perceptual: Weight = 20.0
    reconstruction: Weight = 100.0
    gradient_penalty: Weight = 20.0
    paired: Weight = 0.0
    """Weight of the L1 between an edit and the true after-picture; needs pictures that share a `group`. Not the paper's."""
    change: Weight = 0.0
    """Weight of the L1 between the change that an edit makes and the true change of a pair. Not the paper's."""
    paired_emphasis: Weight = 0.0
    """How much heavier both paired terms weigh pixels that the expression changes."""
    image_adversary: ImageAdversary = "log"
    perceptual_layer: Literal[
        "relu1_1", "relu1_2", "relu2_1", "relu2_2", "relu3_1", "relu3_2", "relu3_3", "relu3_4"
    ] = "relu3_1"
    perceptual_reference: Literal["source", "after"] = "source"
    """What the edit's perceptual term compares with: the source picture, as printed, or the true after-picture of a pair."""
    perceptual_every: Positive = 1
    """Take the perceptual term in every n-th step, n times as heavy (lazy regularisation); it is the dearest on a CPU."""


    @property
    def uses_pairs(self) -> bool:
        """Whether a term needs true before/after pairs."""
        return self.paired > 0 or self.change > 0


class ScheduleConfig(_Section):
    """Adam's rates and the length of the training."""

    epochs: Positive = 400
    batch_size: Positive = 8
    learning_rate: Rate = 1e-4
    """Of E, G, D_z and D_img."""
    classifier_learning_rate: Rate = 2e-4
    """Of C_exp and C_id."""
    betas: tuple[Annotated[float, Field(ge=0, lt=1)], Annotated[float, Field(ge=0, lt=1)]] = (0.5, 0.999)
    decay_from: Annotated[float, Field(ge=0, le=1)] = 0.5
    """Fraction of the steps after which the rates fall linearly to 0."""
    identity_epochs: Positive = 10
    """Epochs for which C_id is trained alone before it is frozen."""


class AugmentationConfig(_Section):
    """Random changes to the crops, the same for both pictures of a pair."""

    flip: bool = True
    rotation_deg: Weight = 4.0
    scale: Annotated[float, Field(ge=0, lt=1)] = 0.05
    shift_px: Weight = 3.0
    colour: Annotated[float, Field(ge=0, lt=1)] = 0.15
    """Range of brightness, contrast and saturation around 1."""


class RunConfig(_Section):
    """How the training is carried out."""

    seed: int = 0
    precision: Literal["auto", "32-true", "bf16-mixed"] = "auto"
    """"auto" takes bfloat16 where the processor computes in it (CUDA; CPUs with AMX) and float32 elsewhere."""
    ema_decay: Annotated[float, Field(ge=0, lt=1)] = 0.999
    checkpoint_every_minutes: Annotated[float, Field(gt=0)] = 5.0
    sample_every: Positive = 500
    log_every: Positive = 20
    threads: Annotated[int, Field(ge=0)] = 0
    """CPU threads; 0 leaves the choice to PyTorch."""


class TrainingConfig(_Section):
    """All sections; each may be left out."""

    model: ModelConfig = ModelConfig()
    losses: LossConfig = LossConfig()
    schedule: ScheduleConfig = ScheduleConfig()
    augmentation: AugmentationConfig = AugmentationConfig()
    run: RunConfig = RunConfig()


class ConfigError(EngineError):
    """The configuration cannot be used."""


def read_config(path: Path) -> TrainingConfig:
    """Read and validate a TOML file; all mistakes are reported together.

    Raises:
        ConfigError: the file is missing, is not TOML, or holds unknown or invalid settings.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"The configuration {path} does not exist.", "Check --config.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"The configuration {path} cannot be read: {error}.", "Correct the TOML.") from error
    try:
        return TrainingConfig.model_validate(document)
    except ValidationError as error:
        faults = "; ".join(_describe(fault["loc"], fault["msg"], fault["type"]) for fault in error.errors())
        raise ConfigError(f"The configuration {path} is not valid: {faults}.", "Correct the settings named.") from error


def _describe(location: tuple[int | str, ...], message: str, kind: str) -> str:
    name = ".".join(map(str, location))
    if kind != "extra_forbidden":
        return f"{name}: {message}"
    near = difflib.get_close_matches(str(location[-1]), _names(location[:-1]), n=1)
    return f"{name} is unknown" + (f" (did you mean {near[0]!r}?)" if near else "")


def _names(section: tuple[int | str, ...]) -> list[str]:
    if not section:
        return list(TrainingConfig.model_fields)
    field = TrainingConfig.model_fields.get(str(section[0]))
    return list(type(field.default).model_fields) if field else []
