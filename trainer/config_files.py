"""Configurations as TOML: files, the presets that come with the trainer, and what is wrong with them."""

import difflib
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from trainer.config import TrainingConfig
from trainer.errors import ConfigError

DEFAULT_PRESET: Final = "paper-rafd"
_PRESETS: Final = Path(__file__).parent / "presets"
_WITHOUT_EFFECT: Final = {
    "accelerator",
    "devices",
    "precision",
    "threads",
    "checkpoint_every_minutes",
    "sample_every",
    "log_every",
}
"""Settings of `run` that say how a training is carried out, not what comes of it."""


def preset_names() -> tuple[str, ...]:
    """The presets that come with the trainer, sorted."""
    return tuple(sorted(path.stem for path in _PRESETS.glob("*.toml")))


def load_config(name_or_file: str) -> TrainingConfig:
    """Read a preset by its name, or a TOML file by its path (which ends in .toml).

    Raises:
        ConfigError: there is no such preset or file, it is not TOML, or it holds settings that are unknown or invalid.
    """
    if name_or_file.lower().endswith(".toml"):
        return read_config(Path(name_or_file))
    if name_or_file in preset_names():
        return read_config(_PRESETS / f"{name_or_file}.toml")
    near = _nearest(name_or_file, preset_names())
    raise ConfigError(
        f"There is no preset {name_or_file!r}.",
        (f"Did you mean {near!r}? " if near else "")
        + f"Presets: {', '.join(preset_names())}; a file's name ends in .toml.",
    )


def read_config(path: Path) -> TrainingConfig:
    """Read and validate a TOML file; all mistakes are reported together.

    Raises:
        ConfigError: the file is missing, is not TOML, or holds settings that are unknown or invalid.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"The configuration {path} does not exist.", "Check --config.") from None
    except OSError as error:
        raise ConfigError(f"The configuration {path} cannot be read: {error.strerror}.", "Check --config.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"The configuration {path} is not TOML: {error}.", "Correct the file.") from error
    try:
        return TrainingConfig.model_validate(document)
    except ValidationError as error:
        faults = "; ".join(map(_describe, error.errors()))
        raise ConfigError(f"The configuration {path} is not valid: {faults}.", "Correct the settings named.") from error


def config_text(config: TrainingConfig) -> str:
    """Every setting as TOML, for `read_config`."""
    tables = []
    for section, settings in config.model_dump(mode="json").items():
        lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]  # TOML in these types
        tables.append(f"[{section}]\n{''.join(lines)}")
    return "\n".join(tables)


def changed_settings(earlier: TrainingConfig, now: TrainingConfig) -> tuple[str, ...]:
    """The settings that make `now` another training than `earlier`, as "losses.paired 200.0 -> 100.0"."""
    old, new = earlier.model_dump(mode="json"), now.model_dump(mode="json")
    return tuple(
        f"{section}.{name} {json.dumps(value)} -> {json.dumps(new[section][name])}"
        for section, settings in old.items()
        for name, value in settings.items()
        if value != new[section][name] and not (section == "run" and name in _WITHOUT_EFFECT)
    )


def _describe(fault: Mapping[str, Any]) -> str:
    location: tuple[int | str, ...] = fault["loc"]
    name = ".".join(map(str, location))
    if fault["type"] == "extra_forbidden":
        near = _nearest(str(location[-1]), _known_names(location[:-1]))
        return f"{name} is unknown" + (f" (did you mean {near!r}?)" if near else "")
    message = fault["msg"].removeprefix("Value error, ")
    return f"{name}: {message}" if name else message


def _nearest(name: str, known: tuple[str, ...]) -> str:
    """The known name most like `name`, or "" where none is."""
    return next(iter(difflib.get_close_matches(name, known, n=1)), "")


def _known_names(section: tuple[int | str, ...]) -> tuple[str, ...]:
    if not section:
        return tuple(TrainingConfig.model_fields)
    field = TrainingConfig.model_fields.get(str(section[0]))
    return tuple(type(field.default).model_fields) if field else ()
