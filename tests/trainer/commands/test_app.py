import subprocess
import sys
from pathlib import Path

import pytest

from engine.terminal.command_line import CommandPlace
from trainer.commands.app import COMMANDS, run


def exit_code(arguments: list[str]) -> object:
    with pytest.raises(SystemExit) as leaving:
        run(arguments)
    return leaving.value.code


def test_the_overview_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code([]) == 0
    overview = capsys.readouterr().out
    assert all(f"  {place.name} " in overview and place.summary in overview for place in COMMANDS)


@pytest.mark.parametrize("place", COMMANDS, ids=lambda place: place.name)
def test_every_command_has_a_help_of_its_own(place: CommandPlace, capsys: pytest.CaptureFixture[str]) -> None:
    assert exit_code([place.name, "--help"]) == 0
    assert f"Usage: python -m trainer {place.name} " in capsys.readouterr().out


def test_the_overview_loads_no_heavy_package(root: Path) -> None:
    heavy = "{'numpy', 'cv2', 'torch', 'lightning', 'mediapipe', 'onnxruntime', 'pydantic', 'rich'}"
    program = (
        "import runpy, sys\n"
        "sys.argv = ['trainer', '--help']\n"
        "try: runpy.run_module('trainer', run_name='__main__')\n"
        f"except SystemExit: print('HEAVY', sorted({heavy} & set(sys.modules)))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "HEAVY []"
