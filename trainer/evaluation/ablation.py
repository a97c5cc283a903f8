"""The paper's ablation: what is lost when a term of equation 7 is left out, one at a time."""

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.action_units import PRESETS
from engine.backends import open_backend
from engine.errors import MediaError
from engine.faces.alignment import CropTemplate
from engine.files import write_atomically
from trainer.config import LossConfig, TrainingConfig
from trainer.data.table import LabelledImage, read_table
from trainer.errors import ConfigError
from trainer.evaluation.document import findings_document
from trainer.evaluation.edits import Bench
from trainer.evaluation.levels import NETWORK, open_level
from trainer.evaluation.markdown import table
from trainer.evaluation.means import told
from trainer.evaluation.opening import measured_bundle
from trainer.evaluation.portraits import Gallery, Portrait, load_gallery
from trainer.evaluation.reading import FaceReader
from trainer.evaluation.report import Findings
from trainer.evaluation.run import EvaluationSettings, evaluate_and_report
from trainer.evaluation.sheets import draw_grid
from trainer.evaluation.verification import Verifier
from trainer.run import IDENTITY_CHECKPOINT, run_training

FULL: Final = "E"
LEFT_OUT: Final[Mapping[str, str]] = MappingProxyType(
    {"E_wtP": "perceptual", "E_wtI": "identity", "E_wtS": "latent_adversarial"}
)
"""The paper's names of the variants, and the weight of `[losses]` that each sets to 0."""
_PEOPLE_SHOWN: Final = 2
_EMOTIONS_SHOWN: Final = ("happy", "surprise", "disgust")


@dataclass(frozen=True, slots=True)
class TrainedVariant:
    """A variant whose training is done, or was stopped.

    Attributes:
        name: `FULL`, or one of `LEFT_OUT`.
        checkpoint: its weights.
        cancelled: whether the user stopped it; the same call goes on.
    """

    name: str
    checkpoint: Path
    cancelled: bool


def variant_configs(config: TrainingConfig) -> dict[str, TrainingConfig]:
    """The whole model and its variants, by name.

    Raises:
        ConfigError: a term to be left out is off in the whole model.
    """
    off = [weight for weight in LEFT_OUT.values() if not getattr(config.losses, weight)]
    if off:
        raise ConfigError(
            f"The configuration has no {', '.join(off)} term to leave out.", "Give its weight in [losses] a value."
        )
    variants = {FULL: config}
    for name, weight in LEFT_OUT.items():
        losses = LossConfig.model_validate({**config.losses.model_dump(), weight: 0.0})
        variants[name] = config.model_copy(update={"losses": losses})
    return variants


def train_variant(name: str, config: TrainingConfig, data: Path, folder: Path) -> TrainedVariant:
    """Train a variant in its own folder below `folder`, going on where it was stopped.

    All variants look through the same C_id: the first to be trained lends it to the others.
    """
    out, lender = folder / name, folder / FULL / IDENTITY_CHECKPOINT
    if name != FULL and config.losses.identity and lender.is_file() and not (out / IDENTITY_CHECKPOINT).exists():
        out.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(lender, out / IDENTITY_CHECKPOINT)
    outcome = run_training(config, data, out)
    return TrainedVariant(name, outcome.checkpoint, outcome.cancelled)


def compare_variants(
    variants: Sequence[TrainedVariant],
    data: Path,
    folder: Path,
    settings: EvaluationSettings,
    verifier: Verifier | None,
) -> dict[str, Findings]:
    """Evaluate every variant as `evaluate` does, and write ablation.md, ablation.json and ablation.png (figure 4).

    Raises:
        MediaError: the folder cannot be written to.
    """
    found = {
        variant.name: evaluate_and_report(
            str(variant.checkpoint), data, folder / variant.name / "report", settings, verifier
        ).findings
        for variant in variants
    }
    documents = {name: findings_document(findings) for name, findings in found.items()}
    try:
        figure = draw_grid(*_pictures(variants, data, settings))
        figure.savefig(folder / "ablation.png")
        write_atomically(folder / "ablation.json", (json.dumps(documents, indent=1) + "\n").encode())
        write_atomically(folder / "ablation.md", ablation_text(found).encode())
    except OSError as error:
        raise MediaError(f"{folder} cannot be written to: {error.strerror}.", "Choose another --output.") from error
    return found


def ablation_text(found: Mapping[str, Findings]) -> str:
    """The comparison as Markdown, a line a variant."""
    head = ("", "left out", "AU MSE", "AU PCC", "accepted", "L1", "MS-SSIM", "off-target", "L1 to the truth")
    rows = []
    for name, findings in found.items():
        accepted = findings.verification.get(NETWORK)
        truth = findings.truth.get(NETWORK)
        rows.append(
            (
                name,
                LEFT_OUT.get(name, "nothing"),
                told(findings.expression[NETWORK].mean_squared_error, ".3f"),
                told(findings.expression[NETWORK].mean_correlation, ".3f"),
                "–" if accepted is None else f"{accepted.accepted:.1%}",
                f"{findings.reconstruction.l1:.4f}",
                f"{findings.reconstruction.ms_ssim:.3f}",
                told(findings.controls[NETWORK].off_target.mean(), ".2f"),
                "–" if truth is None else f"{truth.l1:.4f}",
            )
        )
    return (
        "# What each term of equation 7 is worth\n\n"
        "Each variant was trained like the whole model E but for one term. Pictures are those of the network; each "
        "variant's own report lies beside its checkpoint.\n\n"
        f"{table(head, rows)}\n![The variants side by side](ablation.png)\n"
    )


def _pictures(
    variants: Sequence[TrainedVariant], data: Path, settings: EvaluationSettings
) -> tuple[NDArray[np.uint8], tuple[str, ...], tuple[str, ...]]:
    """Figure 4: a line for each person and emotion, a column for each variant; with the titles of both."""
    images = read_table(data, "test")
    columns = [_edited(variant, images, settings) for variant in variants]
    sources = columns[0][0]
    names = _EMOTIONS_SHOWN * (len(sources) // len(_EMOTIONS_SHOWN))
    pictures = np.stack([sources, *(edited for _, edited in columns)], axis=1)
    return pictures, ("source", *(variant.name for variant in variants)), names


def _edited(
    variant: TrainedVariant, images: Sequence[LabelledImage], settings: EvaluationSettings
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Sources and edits, uint8 [people x emotions, S, S, 3] each."""
    with measured_bundle(str(variant.checkpoint)) as bundle, FaceReader() as reader:
        crop = bundle.card.crop
        template = CropTemplate(crop.size_px, crop.eye_distance_px, crop.eye_centre_px)
        gallery = load_gallery(images, template, reader, _PEOPLE_SHOWN)
        backend = open_backend(bundle, settings.backend, settings.device)
        try:
            bench = Bench(backend, reader, gallery, [open_level(NETWORK, backend, bundle.card.architecture)])
            portraits = _shown(gallery)
            targets = np.stack([PRESETS[name].values for name in _EMOTIONS_SHOWN] * _PEOPLE_SHOWN)[: len(portraits)]
            edited = bench.edit(portraits, targets)[NETWORK].crops
        finally:
            backend.close()
    return np.stack([portrait.face.crop for portrait in portraits]), edited


def _shown(gallery: Gallery) -> list[Portrait]:
    people = gallery.people[:_PEOPLE_SHOWN]
    return [gallery.calmest(person) for person in people for _ in _EMOTIONS_SHOWN]
