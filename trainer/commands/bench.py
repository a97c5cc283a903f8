"""`bench`: how fast this machine trains, beside a plainly written loop."""

from typing import Annotated

import typer

from engine.terminal.json_output import JsonFlag, print_json
from trainer.benchmark import compare
from trainer.config_files import DEFAULT_PRESET, load_config, preset_names
from trainer.errors import ConfigError
from trainer.hardware import Hardware

Config = Annotated[
    str, typer.Option("--config", metavar="NAME|FILE", help=f"TOML file, or one of {', '.join(preset_names())}.")
]
Settings = Annotated[
    list[str] | None, typer.Option("--set", metavar="SECTION.NAME=VALUE", help="Change a setting; repeatable.")
]
Seconds = Annotated[float, typer.Option("--seconds", min=0, help="How long to measure each, at least two steps.")]


def bench(
    config: Config = DEFAULT_PRESET, settings: Settings = None, seconds: Seconds = 10.0, as_json: JsonFlag = False
) -> None:
    """Measure pictures a second of a training, ours against a plain float32 loop with a DataLoader of JPEGs.

    Both train the same networks by the paper's losses, one after the other, on random pictures.
    """
    resolved = load_config(config, settings or ())
    weights = resolved.losses
    if resolved.model.variant != "eggan" or not (weights.identity and weights.perceptual and weights.expression):
        raise ConfigError(f"{config} does not train by all of the paper's losses.", "Use paper-rafd or small.")
    hardware = Hardware(resolved.run)
    measured = compare(resolved, hardware, seconds)
    ours, plain = measured.batch_size / measured.step_s, measured.batch_size / measured.plain_step_s
    if as_json:
        print_json(
            {
                "config": config,
                "device": hardware.device.type,
                "precision": hardware.precision,
                "images_per_second": ours,
                "plain_images_per_second": plain,
                "ratio": measured.ratio,
                "rafd_schedule_hours": measured.schedule_s / 3600,
            }
        )
        return
    print(f"{config} on {hardware.device.type}, {hardware.precision}")
    print(f"plain loop   {plain:8.2f} pictures/s")
    print(f"this trainer {ours:8.2f} pictures/s, {measured.ratio:.1f} times as many")
    print(f"400 epochs of RaFD's 1,608 pictures would take {measured.schedule_s / 3600:.1f} h here.")
