"""Collect the texts of the window for translation, and make translations that the program loads.

    python packaging/translations.py update [CODE …]   new texts into assets/translations/eggan-studio_CODE.ts
    python packaging/translations.py release           each .ts into a .qm

Translate in between, for instance with Qt Linguist (`pyside6-linguist FILE.ts`). Qt's own tool finds what goes through
`tr` and `translate`; the tables of actions, panels and the like mark theirs with a function of their own, `_t`, which
is resolved here.
"""

import argparse
import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ROOT / "desktop"
TRANSLATIONS: Final = ROOT / "assets" / "translations"
_PREFIX: Final = "eggan-studio_"
_MARK: Final = "QT_TRANSLATE_NOOP"


def update(codes: list[str]) -> None:
    """Bring the .ts files up to date: new texts in, those that are gone out; what is translated stays."""
    TRANSLATIONS.mkdir(parents=True, exist_ok=True)
    known = [path.stem.removeprefix(_PREFIX) for path in TRANSLATIONS.glob(f"{_PREFIX}*.ts")]
    with tempfile.TemporaryDirectory() as folder:
        marked = Path(folder) / "marked.py"
        marked.write_text("".join(f"{_MARK}({context!r}, {text!r})\n" for context, text in marked_texts()), "utf-8")
        sources = [str(path) for path in sorted(SOURCES.rglob("*.py"))]
        for code in codes or known:
            target = TRANSLATIONS / f"{_PREFIX}{code}.ts"
            options = ["-no-obsolete", "-locations", "none", "-source-language", "en", "-target-language", code]
            _run("lupdate", *options, *sources, str(marked), "-ts", str(target))


def release() -> None:
    """Make the .qm files."""
    for source in sorted(TRANSLATIONS.glob(f"{_PREFIX}*.ts")):
        _run("lrelease", "-silent", str(source), "-qm", str(source.with_suffix(".qm")))


def marked_texts(sources: Path = SOURCES) -> list[tuple[str, str]]:
    """Return context and text of what modules mark with a function that calls QT_TRANSLATE_NOOP."""
    found: dict[tuple[str, str], None] = {}
    for path in sorted(sources.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        contexts = dict(_markers(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in contexts:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found[contexts[node.func.id], text.value] = None
    return list(found)


def _markers(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Name and context of each function of a module that marks the text it is given."""
    for function in tree.body:
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == _MARK:
                context = node.args[0]
                if isinstance(context, ast.Constant):
                    yield function.name, str(context.value)


def _run(tool: str, *arguments: str) -> None:
    subprocess.run([str(Path(sys.executable).with_name(f"pyside6-{tool}")), *arguments], check=True, cwd=ROOT)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("task", choices=["update", "release"])
    parser.add_argument("codes", nargs="*", help="languages, for instance de or pt_BR; without, those that there are")
    chosen = parser.parse_args()
    if chosen.task == "update":
        update(chosen.codes)
    else:
        release()


if __name__ == "__main__":
    main()
