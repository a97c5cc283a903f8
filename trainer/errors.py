"""The trainer's own family of errors, beside the engine's."""

from engine.errors import EngineError


class ConfigError(EngineError):
    """The configuration cannot be used."""


class TrainingError(EngineError):
    """A training cannot start or go on."""
