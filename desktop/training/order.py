"""What a training is made of: what is asked for, the folder it is kept in, and the process that was started last."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from engine.errors import ProjectError
from engine.files import write_atomically

FILE: Final = "training.json"
STARTS: Final = ("eggan-detail", "eggan-128")
"""The bundled models that personal ones can start from; the first one is the usual one."""
_CONFIG: Final = ConfigDict(frozen=True, extra="forbid")


class Way(StrEnum):
    """How a model is made."""

    PERSONAL = "personal"
    DATASET = "dataset"


class Stage(StrEnum):
    """A command of the trainer; installing is done by the application itself."""

    PERSONALIZE = "personalize"
    PREPARE = "prepare"
    LABEL = "label"
    ESTIMATE = "estimate"
    TRAIN = "train"
    EXPORT = "export"


class Launch(BaseModel):
    """A process that was started.

    Attributes:
        stage: what it does.
        pid: its number.
        started: when, seconds since 1970, as the system says: numbers are used again.
    """

    model_config = _CONFIG

    stage: Stage
    pid: int
    started: float


class Order(BaseModel):
    """What is asked for; written to `training.json` of the training's folder.

    Attributes:
        way: how the model is made.
        name: the model's name.
        sources: photos, videos or folders.
        model: that a personal model starts from; named, so that it stays where the trainer's own choice changes.
        steps: of a personal model's fine-tuning.
        layout: how footage is arranged, as `prepare --layout` takes it; "" lets it be recognised.
        dataset: a folder with train/metadata.csv to use as it is, instead of footage that is to be prepared.
        labels: file or folder with intensities; without one, they are estimated.
        preset: settings of the training: a preset's name, or a TOML file.
        epochs: instead of the preset's; 0 keeps them.
        one_person: whether the training split shows one person, whose identity there is nobody to tell from.
        licence, data, attribution: what the model's card says.
        launch: the process started last.
        installed: name under which the model was installed.
    """

    model_config = _CONFIG

    version: int = 1
    way: Way
    name: str
    sources: tuple[Path, ...] = ()
    model: str = STARTS[0]
    steps: int = 400
    layout: str = ""
    dataset: Path | None = None
    labels: Path | None = None
    preset: str = "small"
    epochs: int = 0
    one_person: bool = False
    licence: str = ""
    data: str = ""
    attribution: str = ""
    launch: Launch | None = None
    installed: str = ""

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages that lead to the bundle, in their order."""
        if self.way is Way.PERSONAL:
            return (Stage.PERSONALIZE,)
        first = () if self.dataset is not None else (Stage.PREPARE,)
        return (*first, Stage.LABEL, Stage.TRAIN, Stage.EXPORT)


@dataclass(frozen=True, slots=True)
class TrainingFolder:
    """Where the files of a training lie; none need exist."""

    path: Path

    @property
    def order(self) -> Path:
        """What is asked for."""
        return self.path / FILE

    @property
    def description(self) -> Path:
        """What the model's card is to say, as `export --description` takes it."""
        return self.path / "description.toml"

    def events(self, stage: Stage) -> Path:
        """What a stage's process tells its watcher."""
        return self.path / "processes" / f"{stage}.jsonl"

    def output(self, stage: Stage) -> Path:
        """What it prints, results and messages alike."""
        return self.path / "processes" / f"{stage}.txt"

    def dataset(self, order: Order) -> Path:
        """The dataset, made or given."""
        return order.dataset or self.path / "dataset"

    def bundle(self, order: Order) -> Path:
        """The model that comes of it."""
        return self.path / "model" / order.name

    def report(self, order: Order) -> Path:
        """The page with a personal model's pictures before and after."""
        return self._beside_bundle(order) / "report.html"

    def run(self, order: Order) -> Path:
        """The folder of checkpoints, samples and the log."""
        return self._beside_bundle(order) / "run" if order.way is Way.PERSONAL else self.path / "training"

    def _beside_bundle(self, order: Order) -> Path:
        """Where `personalize` works."""
        return self.path / "model" / f"{order.name}-training"


def load_order(folder: TrainingFolder) -> Order:
    """Read what is asked for.

    Raises:
        ProjectError: the file is missing, damaged, or of another version of the program.
    """
    try:
        return Order.model_validate_json(folder.order.read_bytes())
    except (OSError, ValidationError) as error:
        raise ProjectError(
            f"{folder.order} cannot be used: {error}.", "Delete that folder, or move it elsewhere."
        ) from error


def save_order(folder: TrainingFolder, order: Order) -> None:
    """Write what is asked for, whole or not at all.

    Raises:
        ProjectError: the folder cannot be written.
    """
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        write_atomically(folder.order, (order.model_dump_json(indent=1) + "\n").encode())
    except OSError as error:
        raise ProjectError(
            f"{folder.order} cannot be written: {error.strerror}.",
            "Free disk space, or choose another folder.",
        ) from error
