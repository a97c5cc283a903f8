"""A bundle of tiny networks, exported once in a test session: tracing takes seconds."""

from pathlib import Path

from engine.bundle import Bundle, TrainingRecord
from engine.faces.alignment import CropTemplate
from tests.engine.networks.tiny import ENCODER, make_networks
from trainer.export import ModelDescription, export_bundle

DESCRIPTION = ModelDescription(
    name="tiny",
    training=TrainingRecord(
        steps=100, hours=0.5, hardware="two cores", recipe="none", data="noise", attribution=("Nobody, CC0",)
    ),
    licence="CC0-1.0",
    metrics={"psnr_db": 21.5},
    template=CropTemplate(size_px=ENCODER.crop_size, eye_distance_px=5.0, eye_centre_px=(7.5, 5.5)),
)


def exported_once(temporary: Path) -> Bundle:
    """The bundle of `make_networks()` in a folder that the whole session shares."""
    folder = temporary / "exported"
    if folder.exists():
        return Bundle.load(folder)
    return export_bundle(*make_networks(), DESCRIPTION, folder)
