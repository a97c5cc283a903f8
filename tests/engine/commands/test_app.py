import subprocess
import sys
from pathlib import Path

import pytest

from engine.commands.app import COMMANDS, run
from engine.terminal.command_line import CommandPlace


def exit_code(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as leaving:
        run(arguments)
    return leaving.value.code


@pytest.mark.parametrize("arguments", [[], ["--help"], ["-h"]])
def test_the_overview_names_every_command(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(arguments) == 0
    overview = capsys.readouterr().out
    assert all(f"  {place.name} " in overview and place.summary in overview for place in COMMANDS)


@pytest.mark.parametrize("place", COMMANDS, ids=lambda place: place.name)
def test_every_command_has_a_help_of_its_own(place: CommandPlace, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code([place.name, "--help"]) == 0
    assert f"Usage: main.py {place.name} " in capsys.readouterr().out


def test_a_misspelt_command_is_wrong_usage_with_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code(["doctr"]) == 2
    assert "Did you mean 'doctor'?" in capsys.readouterr().err


def test_an_unknown_option_of_a_command_is_wrong_usage() -> None:
    assert exit_code(["doctor", "--nonsense"]) == 2


def test_the_overview_loads_no_heavy_package(root: Path) -> None:
    heavy = "{'numpy', 'cv2', 'av', 'torch', 'mediapipe', 'onnxruntime', 'PySide6', 'pydantic', 'rich'}"
    program = (
        "import runpy, sys\n"
        "sys.argv = ['main.py', '--help']\n"
        "try: runpy.run_path('main.py', run_name='__main__')\n"
        f"except SystemExit: print('HEAVY', sorted({heavy} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "HEAVY []"


@pytest.mark.parametrize(("arguments", "package"), [([], "PySide6"), (["demo"], "typer")])
def test_without_its_packages_the_program_says_how_to_start_it(root: Path, arguments: list[str], package: str) -> None:
    program = (
        "import runpy, sys\n"
        "sys.path.insert(0, '.')\n"
        f"sys.argv = {['main.py', *arguments]}\n"
        "runpy.run_path('main.py', run_name='__main__')\n"
    )
    without_site_packages = [sys.executable, "-I", "-S", "-c", program]
    ran = subprocess.run(without_site_packages, cwd=root, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"Error: The Python package '{package}' is not installed.\n")
    assert "uv run" in ran.stderr
