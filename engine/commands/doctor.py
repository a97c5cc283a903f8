"""`doctor`: report what is installed, what works, and what to do about the rest."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.commands.health.assets import check_assets
from engine.commands.health.check import Check, Status
from engine.commands.health.display import check_display
from engine.commands.health.encoders import check_encoders
from engine.commands.health.inference import check_inference
from engine.commands.health.machine import check_machine
from engine.commands.health.packages import check_packages
from engine.terminal.exit_codes import FAILED
from engine.terminal.json_output import JsonFlag, print_json
from engine.terminal.progress import progress_bar

_CHECKS: Final[Sequence[Callable[[], Iterator[Check]]]] = (
    check_machine,
    check_packages,
    check_inference,
    check_encoders,
    check_assets,
    check_display,
)
_COLOURS: Final = {Status.OK: "green", Status.WARN: "yellow", Status.FAIL: "red"}


def doctor(as_json: JsonFlag = False) -> None:
    """Report what is installed and what works.

    Looks at the machine, the Python packages, the devices that can run the networks, the video encoders, the models and
    the display. Ends with exit code 1 where photos and videos cannot be animated on this machine.
    """
    checks = _run_checks()
    worst = max((check.status for check in checks), key=list(Status).index)
    if as_json:
        print_json({"status": worst, "checks": [_as_document(check) for check in checks]})
    else:
        Console(highlight=False).print(_table(checks))
    if worst is Status.FAIL:
        raise typer.Exit(FAILED)


def _run_checks() -> list[Check]:
    checks: list[Check] = []
    with progress_bar("Checking", len(_CHECKS)) as report:
        for done, run in enumerate(_CHECKS, start=1):
            checks += run()
            report(done)
    return checks


def _as_document(check: Check) -> dict[str, str]:
    return {"name": check.name, "status": check.status, "detail": check.detail, "remedy": check.remedy}


def _table(checks: list[Check]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    for check in checks:
        advice = f"\n→ {check.remedy}" if check.remedy else ""
        status = Text(check.status, style=_COLOURS[check.status])
        table.add_row(status, check.name, Text(check.detail + advice, overflow="fold"))
    return table
