"""What a model's card says, as a page to read."""

from collections.abc import Iterator, Mapping
from html import escape

from pydantic import JsonValue
from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from engine.bundle import BundleCard, DetailArchitecture

_MEGABYTE = 1e6


def card_page(card: BundleCard, dim: str) -> str:
    """Return a card as HTML for a QTextDocument; names of lines are in the colour `dim`, "#rrggbb"."""
    rows = "".join(
        f'<tr><td style="color:{dim}; padding:0 12px 4px 0">{escape(name)}</td>'
        f'<td style="padding-bottom:4px">{_lines(value)}</td></tr>'
        for name, value in card_lines(card)
    )
    return f"<table cellspacing=0 cellpadding=0>{rows}</table>"


def card_lines(card: BundleCard) -> Iterator[tuple[str, str]]:
    """What people want to know of a model: names and values, a value of several lines with line breaks."""
    training = card.training
    is_detail = isinstance(card.architecture, DetailArchitecture)
    yield (
        _t("Kind"),
        _t("Detail: moves the picture's own pixels") if is_detail else _t("Latent: draws the face, as in the paper"),
    )
    yield _t("Resolution"), f"{card.input.size_px} × {card.input.size_px} px"
    yield _t("Trained"), _t("{:,} steps, {:g} hours").format(training.steps, training.hours)
    yield _t("On"), training.hardware
    yield _t("Data"), training.data
    yield _t("How"), training.recipe
    yield _t("Licence"), card.licence
    if training.attribution:
        yield _t("Attribution"), "\n".join(training.attribution)
    yield from _flat("", card.metrics)
    size = sum(record.bytes for record in card.files.values()) / _MEGABYTE
    yield _t("Size"), _t("{:.1f} MB, weights in {}").format(size, card.precision)


def _sentence(words: str) -> str:
    """With a capital first letter; what follows, as AU12 or MSE, stays."""
    return words[:1].upper() + words[1:]


def _flat(prefix: str, values: Mapping[str, JsonValue]) -> Iterator[tuple[str, str]]:
    """Nested figures as lines, named by the words on the way to them."""
    for key, value in values.items():
        name = f"{prefix} {key}".replace("_", " ").strip()
        if isinstance(value, dict):
            yield from _flat(name, value)
        elif isinstance(value, list):
            yield _sentence(name), ", ".join(map(_shown, value))
        else:
            yield _sentence(name), _shown(value)


def _shown(value: JsonValue) -> str:
    if isinstance(value, bool):
        return _t("yes") if value else _t("no")
    return f"{value:.4g}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else str(value)


def _lines(value: str) -> str:
    return "<br>".join(escape(line) for line in value.splitlines())


def _t(text: str) -> str:
    return QCoreApplication.translate("ModelCard", str(QT_TRANSLATE_NOOP("ModelCard", text)))
