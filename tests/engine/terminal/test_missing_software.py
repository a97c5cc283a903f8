import platform

import pytest

from engine.terminal.missing_software import explain_missing_software, missing_library

GL = "libGL.so.1: cannot open shared object file: No such file or directory"


def on_distribution(monkeypatch: pytest.MonkeyPatch, **release: str) -> None:
    monkeypatch.setattr(platform, "freedesktop_os_release", lambda: release)


@pytest.mark.parametrize(
    ("release", "command"),
    [
        ({"ID": "debian"}, "sudo apt-get install libgl1"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, "sudo apt-get install libgl1"),
        ({"ID": "fedora"}, "sudo dnf install libglvnd-glx"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, "sudo dnf install libglvnd-glx"),
        ({"ID": "arch"}, "sudo pacman -S libglvnd"),
    ],
)
def test_the_command_is_that_of_this_distribution(
    monkeypatch: pytest.MonkeyPatch, release: dict[str, str], command: str
) -> None:
    on_distribution(monkeypatch, **release)
    assert missing_library("libGL.so.1").remedy == f"Install it with: {command}"


def test_an_unknown_distribution_gets_all_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    on_distribution(monkeypatch, ID="slackware")
    remedy = missing_library("libGL.so.1").remedy
    assert all(name in remedy for name in ("apt-get install libgl1", "dnf install libglvnd-glx", "pacman -S libglvnd"))


@pytest.mark.parametrize("kind", [ImportError, OSError])
def test_the_loader_names_the_library(kind: type[Exception]) -> None:
    explained = explain_missing_software(kind(GL))
    assert explained is not None
    assert explained.message == "The system library libGL.so.1 is not installed."


def test_a_library_that_no_list_knows_is_still_named() -> None:
    explained = explain_missing_software(OSError("libfoo-2.so.7: cannot open shared object file: No such file"))
    assert explained is not None
    assert "libfoo-2.so.7" in explained.message
    assert "libfoo-2.so.7" in explained.remedy


def test_a_missing_package_is_named_by_its_first_part() -> None:
    explained = explain_missing_software(ModuleNotFoundError("No module named 'av'", name="av.container"))
    assert explained is not None
    assert "'av'" in explained.message
    assert "uv run" in explained.remedy


@pytest.mark.parametrize(
    "error",
    [
        ModuleNotFoundError("No module named 'engine.nowhere'", name="engine.nowhere"),
        ImportError("cannot import name 'x' from 'y'"),
        FileNotFoundError(2, "No such file or directory", "clip.mp4"),
    ],
)
def test_faults_of_another_kind_are_not_explained(error: Exception) -> None:
    assert explain_missing_software(error) is None
