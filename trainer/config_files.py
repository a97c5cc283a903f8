"""Configurations as TOML: files, the presets that come with the trainer, and what is wrong with them."""

import difflib
import json
import tomllib
from collections.abc import Mapping, Sequence
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
    "nodes",
    "precision",
    "threads",
    "checkpoint_every_minutes",
    "keep_every",
    "keep_count",
    "sample_every",
    "log_every",
    "divergence_factor",
    "tensorboard",
}
"""Settings of `run` that say how a training is carried out, not what comes of it."""


def preset_names() -> tuple[str, ...]:
    """The presets that come with the trainer, sorted."""
    return tuple(sorted(path.stem for path in _PRESETS.glob("*.toml")))


def load_config(name_or_file: str, overrides: Sequence[str] = ()) -> TrainingConfig:
    """Read a preset by its name, or a TOML file by its path (which ends in .toml), and change settings of it.

    Args:
        name_or_file: the preset or the file.
        overrides: settings as "section.name=value", with the value as in TOML; quotes around text may be left out.

    Raises:
        ConfigError: there is no such preset or file, it is not TOML, or settings are unknown or invalid; all mistakes,
            those of the overrides included, are reported together.
    """
    if name_or_file.lower().endswith(".toml"):
        return read_config(Path(name_or_file), overrides)
    if name_or_file in preset_names():
        return read_config(_PRESETS / f"{name_or_file}.toml", overrides)
    near = _nearest(name_or_file, preset_names())
    raise ConfigError(
        f"There is no preset {name_or_file!r}.",
        (f"Did you mean {near!r}? " if near else "")
        + f"Presets: {', '.join(preset_names())}; a file's name ends in .toml.",
    )


def read_config(path: Path, overrides: Sequence[str] = ()) -> TrainingConfig:
    """Read and validate a TOML file as `load_config` does."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"The configuration {path} does not exist.", "Check --config.") from None
    except OSError as error:
        raise ConfigError(f"The configuration {path} cannot be read: {error.strerror}.", "Check --config.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"The configuration {path} is not TOML: {error}.", "Correct the file.") from error
    faults = _override(document, overrides)
    try:
        config = TrainingConfig.model_validate(document)
    except ValidationError as error:
        faults += map(_describe, error.errors())
    if faults:
        changed = " with --set" if overrides else ""
        raise ConfigError(
            f"The configuration {path}{changed} is not valid: {'; '.join(faults)}.", "Correct the settings named."
        )
    return config


def _override(document: dict[str, Any], overrides: Sequence[str]) -> list[str]:
    """Change settings of a document in place; returns what is wrong with the way they are written."""
    faults = []
    for override in overrides:
        name, equals, value = override.partition("=")
        section, dot, setting = name.strip().partition(".")
        if not (equals and dot and section and setting):
            near = _elsewhere(name.strip())
            meant = f" (did you mean {near}=…?)" if near else ""
            faults.append(f"--set {override!r} is not of the form section.name=value{meant}")
            continue
        settings = document.setdefault(section, {})
        if isinstance(settings, dict):
            settings[setting] = _value(value.strip())
    return faults


def _value(text: str) -> Any:
    """A value as TOML writes it; anything else is text without its quotes."""
    try:
        parsed = tomllib.loads(f"value = {text}")
    except tomllib.TOMLDecodeError:
        return text
    return parsed["value"] if len(parsed) == 1 else text


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
        setting = str(location[-1])
        near = _nearest(setting, _known_names(location[:-1])) or _elsewhere(setting)
        return f"{name} is unknown" + (f" (did you mean {near!r}?)" if near else "")
    message = fault["msg"].removeprefix("Value error, ")
    return f"{name}: {message}" if name else message


def _elsewhere(setting: str) -> str:
    """The section and name of a setting called `setting`, or "" where there is none."""
    return next((f"{section}.{setting}" for section in _known_names(()) if setting in _known_names((section,))), "")


def _nearest(name: str, known: tuple[str, ...]) -> str:
    """The known name most like `name`, or "" where none is."""
    return next(iter(difflib.get_close_matches(name, known, n=1)), "")


def _known_names(section: tuple[int | str, ...]) -> tuple[str, ...]:
    if not section:
        return tuple(TrainingConfig.model_fields)
    field = TrainingConfig.model_fields.get(str(section[0]))
    return tuple(type(field.default).model_fields) if field else ()
