"""What the trainer's names are called on the page."""

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from desktop.training.order import Stage
from desktop.training.run import TrainingRun
from desktop.training.standing import StageState

_CONTEXT: Final = "Training"


def _t(text: str) -> str:
    return str(QT_TRANSLATE_NOOP("Training", text))


_CURVES: Final = {
    "total": _t("Total"),
    "reconstruction": _t("Reconstruction"),
    "latent_adversarial": _t("Latent adversary"),
    "image_adversarial": _t("Image adversary"),
    "expression": _t("Expression"),
    "identity": _t("Identity"),
    "perceptual": _t("Perceptual"),
    "paired": _t("True pairs"),
    "change": _t("True change"),
    "flow_smoothness": _t("Smoothness of flow"),
    "mask_sparsity": _t("Sparsity of mask"),
    "latent_discriminator_loss": _t("Latent critic"),
    "image_discriminator_loss": _t("Image critic"),
    "expression_classifier_loss": _t("Expression reader"),
}
_STAGES: Final = {
    Stage.PERSONALIZE: _t("Train"),
    Stage.PREPARE: _t("Prepare"),
    Stage.LABEL: _t("Label"),
    Stage.ESTIMATE: _t("Estimate"),
    Stage.TRAIN: _t("Train"),
    Stage.EXPORT: _t("Export"),
}
_STATES: Final = {
    StageState.OPEN: _t("Not started"),
    StageState.RUNNING: _t("Running"),
    StageState.DONE: _t("Done"),
    StageState.STOPPED: _t("Stopped"),
    StageState.FAILED: _t("Failed"),
}
CRITICS: Final = frozenset({"latent_discriminator_loss", "image_discriminator_loss", "expression_classifier_loss"})
"""Curves of networks that look at E and G."""


def curve_name(name: str) -> str:
    """The name of a curve; one that is not known is called as in the log."""
    known = _CURVES.get(name)
    plain = name.removeprefix("test_").replace("_", " ")
    return QCoreApplication.translate(_CONTEXT, known) if known else plain[:1].upper() + plain[1:]


def stage_name(stage: Stage) -> str:
    """The name of a stage."""
    return QCoreApplication.translate(_CONTEXT, _STAGES[stage])


def state_name(state: StageState) -> str:
    """The name of a state."""
    return QCoreApplication.translate(_CONTEXT, _STATES[state])


def state_of(run: TrainingRun) -> str:
    """Where a training stands, in a few words."""
    translate, standing = QCoreApplication.translate, run.standing
    running, course = standing.running, standing.course
    if running is not None:
        if standing.activity is None and course.total_steps and not course.outcome and running is not Stage.ESTIMATE:
            return translate(_CONTEXT, "Training, step {} of {}").format(f"{course.step:,}", f"{course.total_steps:,}")
        return translate(_CONTEXT, "Running: {}").format(stage_name(running))
    if run.order.installed:
        return translate(_CONTEXT, "Installed as {}").format(run.order.installed)
    stage = run.next_stage
    if stage is None:
        return translate(_CONTEXT, "Ready to install")
    state = standing.state(stage)
    if state is StageState.OPEN:
        return translate(_CONTEXT, "Next: {}").format(stage_name(stage))
    if state is StageState.STOPPED and course.total_steps and course.checkpoint is not None:
        return translate(_CONTEXT, "Stopped at step {} of {}").format(f"{course.step:,}", f"{course.total_steps:,}")
    return f"{stage_name(stage)}: {state_name(state).lower()}"


def duration(seconds: float) -> str:
    """Hours and minutes, minutes and seconds: two units."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min"
