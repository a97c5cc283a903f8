import io

from rich.console import Console

from trainer.display import Display, live_display


def shown(display: Display) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(display)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_it_shows_step_losses_figures_and_news() -> None:
    display = Display(total_steps=80)
    display.step(20)
    display.losses({"reconstruction": 0.123456, "total": 31.5}, images_per_second=12.5, seconds_left=3661)
    display.figures({"test_score": 0.75})
    display.news("runs/a/last.pt holds step 20")
    text = shown(display)
    for part in ("20/80", "12.5 images/s", "1:01:01 left", "reconstruction", "0.1235", "test score", "0.75", "last.pt"):
        assert part in text


def test_where_there_is_no_terminal_nothing_is_written(capfd: "object") -> None:
    with live_display(10, shown=True) as display:
        display.step(5)
    assert capfd.readouterr() == ("", "")  # type: ignore[attr-defined]
