import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.action_units import AU_COLUMNS
from engine.bundle import CARD_NAME, Bundle
from engine.errors import ModelError
from tests.engine.bundle.cards import FILES, change_card

Change = Callable[[dict[str, Any]], object]


def test_a_written_bundle_loads_and_says_the_same(bundle: Bundle) -> None:
    loaded = Bundle.load(bundle.folder)
    assert loaded == bundle
    assert {name: loaded.read(name) for name in loaded.card.files} == FILES


def test_has_asks_for_all_names(bundle: Bundle) -> None:
    assert bundle.has("encoder.safetensors", "generator.safetensors")
    assert not bundle.has("encoder.safetensors", "encoder.onnx")


def test_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no model in .*absent: the folder does not exist"):
        Bundle.load(tmp_path / "absent")


def test_folder_without_card(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"it has no card\.json"):
        Bundle.load(tmp_path)


def test_card_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / CARD_NAME).mkdir()
    with pytest.raises(ModelError, match=r"card\.json cannot be read"):
        Bundle.load(tmp_path)


@pytest.mark.parametrize("text", [b"", b"{", b'{"name": "tiny', b"\xff\xfe\x00", b"[" * 100_000])
def test_card_that_is_not_json_is_named(bundle: Bundle, text: bytes) -> None:
    card = bundle.folder / CARD_NAME
    card.write_bytes(text)
    with pytest.raises(ModelError, match="is not JSON") as caught:
        Bundle.load(bundle.folder)
    assert str(card) in caught.value.message


@pytest.mark.parametrize("document", [[], 3, None, {"name": "no version"}])
def test_card_without_a_version(bundle: Bundle, document: object) -> None:
    (bundle.folder / CARD_NAME).write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(ModelError, match="format version None"):
        Bundle.load(bundle.folder)


@pytest.mark.parametrize(
    ("version", "remedy"), [(2, "Update the program"), (0, "exported for this"), ("1", "exported")]
)
def test_other_format_version(bundle: Bundle, version: object, remedy: str) -> None:
    change_card(bundle.folder, lambda card: card.update(format_version=version))
    with pytest.raises(ModelError, match="format version") as caught:
        Bundle.load(bundle.folder)
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda card: card.update(colour="red"), "colour: Extra inputs are not permitted"),
        (lambda card: card["training"].pop("steps"), "training.steps: Field required"),
        (lambda card: card["training"].update(steps="100"), "training.steps: "),
        (lambda card: card["training"].update(hours=-1), "training.hours: "),
        (lambda card: card["architecture"].update(kind="stylegan"), "architecture: Input tag 'stylegan'"),
        (lambda card: card["architecture"]["encoder"].update(latent_size=8), "encoder makes 8 values"),
        (lambda card: card["architecture"]["encoder"].update(crop_size=32), "encoder takes 32 px"),
        (lambda card: card["architecture"]["generator"].update(au_count=16), "takes 16 action units, not 17"),
        (lambda card: card["crop"].update(size_px=128), "crop has 128 px"),
        (lambda card: card["input"].update(size_px=64), "input 64 px"),
        (lambda card: card["input"].update(colour="BGR"), "input.colour: "),
        (lambda card: card.update(precision="int4"), "precision: "),
        (lambda card: card["action_units"].update(names=AU_COLUMNS[:-1]), "lack AU45_r"),
        (lambda card: card["action_units"].update(names=[*AU_COLUMNS, "AU28_r"]), "have the unknown AU28_r"),
        (lambda card: card["action_units"].update(names=AU_COLUMNS[::-1]), "are in another order"),
        (lambda card: card["action_units"].update(range=[0.0, 1.0]), "not 0..5"),
        (lambda card: card["files"]["encoder.safetensors"].update(sha256="00"), "files.encoder.safetensors.sha256: "),
    ],
)
def test_card_that_breaks_a_rule(bundle: Bundle, change: Change, message: str) -> None:
    change_card(bundle.folder, change)
    with pytest.raises(ModelError, match="is not valid") as caught:
        Bundle.load(bundle.folder)
    assert message in caught.value.message


def test_all_broken_rules_are_named(bundle: Bundle) -> None:
    change_card(bundle.folder, lambda card: card.update(licence="", precision="int4"))
    with pytest.raises(ModelError, match=r"licence: .*; precision: "):
        Bundle.load(bundle.folder)


def test_numbers_that_are_none_are_refused(bundle: Bundle) -> None:
    change_card(bundle.folder, lambda card: card["training"].update(hours=float("nan")))
    with pytest.raises(ModelError, match=r"training\.hours"):
        Bundle.load(bundle.folder)


@pytest.mark.parametrize(
    "name",
    ["../secret", "a/../../secret", "/etc/passwd", "C:\\secret", "C:/secret", "a\\b", ".hidden", "a//b", "", CARD_NAME],
)
def test_names_that_lead_out_of_the_folder_are_refused(bundle: Bundle, name: str) -> None:
    change_card(bundle.folder, lambda card: card["files"].update({name: card["files"]["notes/about.txt"]}))
    with pytest.raises(ModelError, match="is not a plain path inside the bundle"):
        Bundle.load(bundle.folder)


def test_missing_file(bundle: Bundle) -> None:
    (bundle.folder / "generator.safetensors").unlink()
    with pytest.raises(ModelError, match=r"generator\.safetensors is missing") as caught:
        Bundle.load(bundle.folder)
    assert "Copy the whole folder again" in caught.value.remedy


def test_file_that_cannot_be_read(bundle: Bundle) -> None:
    path = bundle.folder / "generator.safetensors"
    path.unlink()
    path.mkdir()
    with pytest.raises(ModelError, match=r"generator\.safetensors cannot be read"):
        Bundle.load(bundle.folder)


def test_truncated_file(bundle: Bundle) -> None:
    (bundle.folder / "generator.safetensors").write_bytes(b"weights")
    with pytest.raises(ModelError, match=r"generator\.safetensors is not whole: it has 7 bytes instead of 12"):
        Bundle.load(bundle.folder)


def test_wrong_hash(bundle: Bundle) -> None:
    (bundle.folder / "generator.safetensors").write_bytes(b"weights of F")
    with pytest.raises(ModelError, match=r"generator\.safetensors is damaged or was changed") as caught:
        Bundle.load(bundle.folder)
    assert "install the model again" in caught.value.remedy


def test_read_checks_again(bundle: Bundle) -> None:
    path = bundle.folder / "generator.safetensors"
    path.write_bytes(b"weights of F")
    with pytest.raises(ModelError, match=r"generator\.safetensors is damaged"):
        bundle.read("generator.safetensors")
    path.unlink()
    with pytest.raises(ModelError, match=r"generator\.safetensors cannot be read"):
        bundle.read("generator.safetensors")


def test_read_refuses_files_that_the_card_does_not_name(bundle: Bundle) -> None:
    (bundle.folder / "encoder.onnx").write_bytes(b"a stranger")
    with pytest.raises(ModelError, match=r"has no encoder\.onnx"):
        bundle.read("encoder.onnx")
