"""What the READMEs show is what the command prints."""

from pathlib import Path

import pytest

import danvan_nlp
from danvan_nlp.summary import summarise

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_output_shown_is_that_of_the_samples(name: str, tmp_path: Path) -> None:
    shown = (ROOT / name).read_text(encoding="utf-8").split("danvan run corpora/samples --out demo\n")[1]
    printed = summarise(danvan_nlp.run([ROOT / "corpora" / "samples"], tmp_path / "demo"))
    assert shown.split("\n```")[0] == printed.replace(str(tmp_path / "demo"), "demo")
