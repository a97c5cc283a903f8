"""The settings of a training, checked together before it starts. A setting left out has the paper's value."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from engine.faces.alignment import DEFAULT_TEMPLATE, CropTemplate
from trainer.losses.adversarial import GeneratorForm, ImageAdversary, PenaltyPlace
from trainer.networks.vgg19 import PerceptualLayer

Count: TypeAlias = Annotated[int, Field(gt=0)]
Amount: TypeAlias = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Decay: TypeAlias = Annotated[float, Field(ge=0, lt=1)]
Rate: TypeAlias = Annotated[float, Field(gt=0, lt=1)]


class Section(BaseModel):
    """A table of the TOML file; unknown settings are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ModelConfig(Section):
    """Which networks, and their sizes."""

    variant: Literal["eggan", "eggan-detail"] = "eggan"
    """The paper's generator, or the one that moves the source's pixels and paints what is new."""
    crop_size: Literal[128, 256] = 128
    """Side of the face's crop in pixels; the face fills the same part of it."""
    latent_size: Count = 256
    detail_channels: Annotated[tuple[Count, ...], Field(min_length=2)] = (32, 64, 128, 192)
    """Of the detail variant's maps, the largest first; every map has half the side of the one before."""
    encoder_channels: tuple[Count, ...] = (16, 32, 64, 128, 256)
    generator_channels: tuple[Count, ...] = (512, 512, 256, 128, 64, 32, 16)
    """Of the 2x2 map, then of each block's output; every block doubles the side."""
    discriminator_channels: Count = 16
    """Of D_img's first convolution; each further one doubles them."""
    classifier_width: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Width of C_exp and C_id as a fraction of VGG19's."""

    @model_validator(mode="after")
    def _fits_the_crop(self) -> Self:
        size = self.crop_size
        if self.variant == "eggan" and 2 ** len(self.generator_channels) != size:
            raise ValueError(f"generator_channels needs {size.bit_length() - 1} numbers to end at {size} pixels")
        if self.variant == "eggan" and size % 2 ** len(self.encoder_channels):
            raise ValueError(f"encoder_channels has too many numbers: every one halves the {size} pixels")
        if size % 2 ** (len(self.detail_channels) + 1):
            raise ValueError(f"detail_channels has too many numbers: every one halves the {size} pixels")
        return self

    @property
    def template(self) -> CropTemplate:
        """Where faces lie in the crops."""
        return DEFAULT_TEMPLATE.scaled_to(self.crop_size)


class LossConfig(Section):
    """Weights of equation 7 and the readings of its terms; a weight of 0 leaves the term and its network out."""

    latent_adversarial: Amount = 1.0
    image_adversarial: Amount = 1.0
    expression: Amount = 100.0
    """λ_au."""
    identity: Amount = 60.0
    """λ_id."""
    perceptual: Amount = 20.0
    """λ_per."""
    reconstruction: Amount = 100.0
    """λ_rec."""
    gradient_penalty: Amount = 20.0
    """λ_gp, inside equation 2."""
    paired: Amount = 0.0
    """Of the L1 between an edit and the true after-picture; needs pictures that share a `group`. Not the paper's."""
    change: Amount = 0.0
    """Of the L1 between the change that an edit makes and the true change of a pair. Not the paper's."""
    paired_emphasis: Amount = 0.0
    """How much heavier these two terms weigh pixels that the expression changes."""
    eye_emphasis: Amount = 0.0
    """How much heavier they weigh the surroundings of the eyes: a blink is a hundredth of the picture."""
    flow_smoothness: Amount = 0.0
    """Of the predicted flow's slopes; the detail variant only."""
    mask_sparsity: Amount = 0.0
    """Of the predicted mask's mean; the detail variant only."""
    image_adversary: ImageAdversary = "log"
    gradient_penalty_at: PenaltyPlace = "auto"
    generator_form: GeneratorForm = "non-saturating"
    latent_prior: Literal["normal", "uniform"] = "normal"
    """What D_z draws: N(0, 1), or the uniform distribution of the same variance."""
    perceptual_layer: PerceptualLayer = "relu3_1"
    perceptual_reference: Literal["source", "after"] = "source"
    """What the edit's perceptual term compares with: the source, as printed, or the true after-picture of a pair."""
    perceptual_every: Count = 1
    """Take the perceptual term in every n-th step only, n times as heavy; it is the dearest on a CPU."""

    @model_validator(mode="after")
    def _always_has_something_to_learn(self) -> Self:
        papers = (self.reconstruction, self.latent_adversarial, self.image_adversarial, self.expression, self.identity)
        if not any(papers) and not self.uses_pairs and not (self.perceptual and self.perceptual_every == 1):
            raise ValueError("no term teaches E and G in every step: give reconstruction a weight")
        if self.perceptual_reference == "after" and not self.uses_pairs:
            raise ValueError('perceptual_reference = "after" needs pairs: give paired or change a weight')
        return self

    @property
    def uses_pairs(self) -> bool:
        """Whether a term needs true before/after pairs."""
        return self.paired > 0 or self.change > 0


class ScheduleConfig(Section):
    """Adam's rates and the length of the training."""

    epochs: Count = 400
    batch_size: Count = 8
    """Over all devices together."""
    learning_rate: Rate = 1e-4
    """Of E, G, D_z and D_img."""
    classifier_learning_rate: Rate = 2e-4
    """Of C_exp and C_id."""
    betas: tuple[Decay, Decay] = (0.5, 0.999)
    decay_from: Share = 0.5
    """Fraction of the steps after which the rates fall linearly to 0."""
    identity_epochs: Count = 10
    """Epochs for which C_id is trained alone before it is frozen."""
    target_rarity: Amount = 0.0
    """How much oftener rare and strong expressions are drawn as targets; 0 draws all alike, as the paper does."""


class AugmentationConfig(Section):
    """Random changes to the crops, the same for both pictures of a pair."""

    flip: bool = True
    rotation_deg: Amount = 4.0
    scale: Decay = 0.05
    """Range of the size around 1."""
    shift_px: Amount = 3.0
    colour: Decay = 0.15
    """Range of brightness, contrast and saturation around 1."""
    occlusion: Share = 0.0
    """Share of the pictures in which something covers a part of the face; it stays where it is when the face moves."""
    degradation: Share = 0.0
    """Share of the pictures that the networks see as a poor camera shows them: blurred, noisy, compressed, ill lit.

    What they are to make of it keeps its quality.
    """


class RunConfig(Section):
    """How the training is carried out."""

    seed: Annotated[int, Field(ge=0)] = 0
    accelerator: Literal["auto", "cpu", "cuda", "mps"] = "auto"
    devices: Count = 1
    """Processes of each machine, each on its own device (or, with accelerator = "cpu", on the same processor)."""
    nodes: Count = 1
    """Machines. With more than one, start the command on each with torchrun."""
    precision: Literal["auto", "32-true", "bf16-mixed"] = "auto"
    """"auto" takes bfloat16 where the device computes in it (CUDA; CPUs with AMX) and float32 elsewhere."""
    threads: Annotated[int, Field(ge=0)] = 0
    """CPU threads of a process; 0 leaves the choice to PyTorch."""
    ema_decay: Decay = 0.999
    """Of the average of E and G that is shipped."""
    checkpoint_every_minutes: Annotated[float, Field(gt=0)] = 5.0
    """Between savings of last.pt."""
    keep_every: Annotated[int, Field(ge=0)] = 0
    """Steps between checkpoints that stay beside last.pt; 0 makes none."""
    keep_count: Count = 3
    """How many of these stay; the oldest is deleted first."""
    sample_every: Count = 500
    """Steps between sample grids and figures on the test split; best.pt is the best by these figures."""
    log_every: Count = 20
    """Steps between lines of the log."""
    divergence_factor: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 10.0
    """Stop where the loss, smoothed, has grown to so many times its lowest value; 0 never does."""
    tensorboard: bool = True
    """Whether losses, rates, figures and samples are also written for TensorBoard."""


class TrainingConfig(Section):
    """All sections; each may be left out."""

    model: ModelConfig = ModelConfig()
    losses: LossConfig = LossConfig()
    schedule: ScheduleConfig = ScheduleConfig()
    augmentation: AugmentationConfig = AugmentationConfig()
    run: RunConfig = RunConfig()

    @model_validator(mode="after")
    def _shares_batches_evenly(self) -> Self:
        processes = self.run.devices * self.run.nodes
        if self.schedule.batch_size % processes:
            raise ValueError(f"schedule.batch_size must be a multiple of run.devices x run.nodes, {processes}")
        return self

    @model_validator(mode="after")
    def _has_flow_to_weigh(self) -> Self:
        if self.model.variant == "eggan" and (self.losses.flow_smoothness or self.losses.mask_sparsity):
            raise ValueError('losses.flow_smoothness and losses.mask_sparsity need model.variant = "eggan-detail"')
        return self
