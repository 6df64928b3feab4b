"""What the READMEs show is what the command prints."""

import re
import shlex
from pathlib import Path

import pytest
import typer

import danvan_nlp
from danvan_nlp.cli import app
from danvan_nlp.summary import summarise

ROOT = Path(__file__).parents[1]


READMES = pytest.mark.parametrize("name", ["README.md", "README.vi.md"])


@READMES
def test_the_output_shown_is_that_of_the_samples(name: str, tmp_path: Path) -> None:
    shown = (ROOT / name).read_text(encoding="utf-8").split("danvan run corpora/samples --out demo\n")[1]
    printed = summarise(danvan_nlp.run([ROOT / "corpora" / "samples"], tmp_path / "demo"))
    assert shown.split("\n```")[0] == printed.replace(str(tmp_path / "demo"), "demo")


@READMES
def test_the_python_shown_runs(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    (block,) = re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec(block, names)
    assert {"run", "report", "doc"} <= set(names)


@READMES
def test_the_commands_shown_exist_with_their_options(name: str) -> None:
    lines = re.findall(r"^danvan (.*)$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    assert len(lines) >= 12
    commands = typer.main.get_command(app).commands
    for line in lines:
        command, *words = shlex.split(line, comments=True)
        known = {option for parameter in commands[command].params for option in parameter.opts}
        assert {word for word in words if word.startswith("-")} <= known, line
