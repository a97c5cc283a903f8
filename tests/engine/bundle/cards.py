"""A card of tiny networks, and changes to its JSON."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.bundle import (
    CARD_NAME,
    BundleCard,
    CropSpec,
    EncoderArchitecture,
    GeneratorArchitecture,
    InputSpec,
    LatentArchitecture,
    TrainingRecord,
)

FILES = {"encoder.safetensors": b"weights of E", "generator.safetensors": b"weights of G", "notes/about.txt": b""}


def make_card() -> BundleCard:
    return BundleCard(
        name="tiny",
        architecture=LatentArchitecture(
            encoder=EncoderArchitecture(crop_size=16, channels=(8, 8), latent_size=12),
            generator=GeneratorArchitecture(latent_size=12, au_count=17, channels=(16, 8, 8, 8)),
        ),
        crop=CropSpec(size_px=16, eye_distance_px=5.0, eye_centre_px=(7.5, 5.5)),
        input=InputSpec(size_px=16),
        training=TrainingRecord(
            steps=100, hours=0.5, hardware="two cores", recipe="none", data="noise", attribution=("Nobody, CC0",)
        ),
        licence="CC0-1.0",
        metrics={"psnr_db": 21.5, "au_error": {"AU12_r": 0.4, "mean": 0.6}, "identities": ["a", "b"]},
        precision="fp32",
    )


def change_card(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Edit the card of the bundle in `folder` in place."""
    path = folder / CARD_NAME
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")
