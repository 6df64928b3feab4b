"""Quality of the theme tagger, documents kept apart; what each part of it brings; its speed.

python benchmarks/themes.py              cross-validation on the development part of the corpus: by theme, by writer
python benchmarks/themes.py --ablation   the same with one part left out at a time
python benchmarks/themes.py --curve      by the number of documents learnt from
python benchmarks/themes.py --speed      loading and tagging with the shipped model
python benchmarks/themes.py --card       all of these, the locked test split (by a model that did not learn from it) and
                                         the real reports where they are, in the tables of models/README.md; writes
                                         models/reliability.svg

Only --card, and the gate of benchmarks/samples.py, read the locked test split: it is for reporting, not for choosing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import danvan_nlp
from danvan_nlp.labels.compare import Compared, compare
from danvan_nlp.labels.evaluate import evaluate as measure
from danvan_nlp.labels.gold import GoldUnit, read_gold
from danvan_nlp.labels.plot import draw_reliability
from danvan_nlp.themes import Tagger, Taxonomy
from danvan_nlp.themes.corpus import AnnotatedDocument, read_corpus, read_prose
from danvan_nlp.themes.evaluate import Bools, Doubles
from danvan_nlp.themes.features import Weights
from danvan_nlp.themes.fit import Options, out_of_fold
from danvan_nlp.themes.model import read_model
from danvan_nlp.themes.train import held_out, train

ROOT = Path(__file__).resolve().parent.parent
CORPUS, MODELS, REPORTS = ROOT / "corpora" / "annotated", ROOT / "models", ROOT.parent / "shared" / "reports"
TAXONOMY = Taxonomy.load()
OTHER = read_prose(MODELS / "other_prose.txt")
HEAD = "| | core macro F1 | all macro F1 | all micro F1 | calibration error | Brier |\n|---|---|---|---|---|---|"
Figures = dict[str, Any]
# The same documents and options stand in several tables: they are measured once.
_MEASURED: dict[tuple[tuple[str, ...], Options], Figures] = {}


def laid_beside(documents: Sequence[AnnotatedDocument], probabilities: Doubles, chosen: Bools) -> list[Compared]:
    """Truth and answer of every sentence, as `danvan evaluate` takes them."""
    keys, made = TAXONOMY.keys, []
    rows = zip(probabilities.tolist(), chosen.tolist(), strict=False)
    for document in documents:
        for sentence, themes in zip(document.sentences, document.themes, strict=True):
            scores, hits = next(rows)
            made.append(
                Compared(
                    document=document.name,
                    unit=GoldUnit(0, len(sentence.text), themes),
                    text=sentence.text,
                    truth=frozenset(TAXONOMY.with_parents(themes)),
                    chosen=frozenset(key for key, hit in zip(keys, hits, strict=True) if hit),
                    scores=dict(zip(keys, scores, strict=True)),
                    found=True,
                )
            )
    return made


def cross_validated(corpus: Sequence[AnnotatedDocument], options: Options) -> Figures:
    """Figures over folds of whole documents; thresholds and calibration of a fold come from the other folds."""
    key = tuple(document.name for document in corpus), options
    if key not in _MEASURED:
        probabilities, chosen = held_out(out_of_fold(corpus, OTHER, TAXONOMY, options, 0), TAXONOMY)
        _MEASURED[key] = measure(laid_beside(corpus, probabilities, chosen), TAXONOMY)
    return _MEASURED[key]


def by_writer(corpus: Sequence[AnnotatedDocument]) -> Figures:
    """Folds of whole writers: how the tagger does on a hand that it has not read."""
    writers = sorted({document.writer for document in corpus})
    merged = [_one(writer, [d for d in corpus if d.writer == writer]) for writer in writers]
    return cross_validated(merged, Options(n_folds=len(writers)))


def _one(writer: str, documents: Sequence[AnnotatedDocument]) -> AnnotatedDocument:
    sentences = tuple(sentence for document in documents for sentence in document.sentences)
    return AnnotatedDocument(writer, writer, sentences, tuple(t for document in documents for t in document.themes))


def lexicon_alone(corpus: Sequence[AnnotatedDocument]) -> Figures:
    """The plain baseline: a theme wherever a phrase of its lexicon stands."""
    texts = [sentence.text for document in corpus for sentence in document.sentences]
    found = [TAXONOMY.with_parents(frozenset(TAXONOMY.phrases(text))) for text in texts]
    chosen = np.array([[key in keys for key in TAXONOMY.keys] for keys in found])
    return measure(laid_beside(corpus, chosen.astype(float), chosen), TAXONOMY)


def on_test_split(corpus: Sequence[AnnotatedDocument]) -> Figures:
    """Figures on the locked reports, of a model trained on the development part."""
    tagger, test = Tagger(train(corpus, TAXONOMY, other=OTHER)), read_corpus(CORPUS, part="test")
    tagged = [tagging for document in test for tagging in tagger.tag(document.sentences)]
    scores = np.array([[tagging.scores[key] for key in TAXONOMY.keys] for tagging in tagged])
    chosen = np.array([[key in tagging.themes for key in TAXONOMY.keys] for tagging in tagged])
    return measure(laid_beside(test, scores, chosen), TAXONOMY)


def on_real_reports() -> Figures | None:
    """Figures of the shipped model on the real reports, from the text to the themes; None where they are absent."""
    if not REPORTS.is_dir():
        return None
    with tempfile.TemporaryDirectory() as folder:
        danvan_nlp.run(sorted(REPORTS.glob("*.txt")), folder)
        return measure(compare(folder, read_gold(REPORTS), TAXONOMY)[0], TAXONOMY)


def line(name: str, figures: Figures) -> str:
    scores = "".join(f" | {figures[key]:.3f}" for key in ("core_macro_f1", "macro_f1", "micro_f1", "calibration_error"))
    return f"| {name}{scores} | {figures['brier_score']:.4f} |"


def intervals(name: str, figures: Figures) -> str:
    """A row of figures with their 95 % intervals, documents resampled."""
    keys = ("core_macro_f1", "macro_f1", "micro_f1")
    cells = (f"{figures[k]:.3f} ({_range(figures[f'{k}_interval'])})" for k in keys)
    return f"| {name} ({figures['documents']} documents, {figures['sentences']} sentences) | {' | '.join(cells)} |"


def _range(interval: Sequence[float] | None) -> str:
    return "–" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"


def by_theme(columns: dict[str, Figures]) -> Iterator[str]:
    """F1 of each theme with its interval, average precision and support, for each set of figures."""
    cells = ("F1", "95 %", "AP", "n")
    yield f"| theme |{''.join(f' {name}: {cells[0]} | {cells[1]} | {cells[2]} | {cells[3]} |' for name in columns)}"
    yield "|---|" + "---|" * (len(cells) * len(columns))
    for key in TAXONOMY.keys:
        rows = [figures["themes"][key] for figures in columns.values()]
        shown = (
            f" {row['f1']:.3f} | {_range(row['f1_interval'])} | {_share(row['average_precision'])} | {row['support']} |"
            for row in rows
        )
        yield f"| {key} |{''.join(shown)}"


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def variants() -> dict[str, Options]:
    """The shipped options, and those with one part left out."""
    full = Options()
    blocks = {
        f"without {name}": replace(full, blocks=replace(full.blocks, **{name: 0.0})) for name in Weights.__slots__
    }
    orders = {f"n-grams to {order}": replace(full, order=order) for order in (1, 2, 3, 4) if order != full.order}
    return {
        "as shipped": full,
        **blocks,
        "without headings at all": replace(full, blocks=replace(full.blocks, heading=0.0, outer=0.0)),
        **orders,
        "n-grams of one document too": replace(full, least=1),
        "without naive Bayes ratios": replace(full, ratios=False),
    }


def ablation(corpus: Sequence[AnnotatedDocument]) -> Iterator[str]:
    yield HEAD
    for name, options in variants().items():
        yield line(name, cross_validated(corpus, options))


def curve(corpus: Sequence[AnnotatedDocument]) -> Iterator[str]:
    yield HEAD
    order = np.random.default_rng(0).permutation(len(corpus))
    for size in (12, 24, 48, len(corpus)):
        yield line(f"{size} documents", cross_validated([corpus[i] for i in sorted(order[:size])], Options()))


def speed(corpus: Sequence[AnnotatedDocument], runs: int = 7) -> Iterator[str]:
    """Processor time of loading and of tagging, the best of several runs: others share the machine."""
    sentences = [sentence for document in corpus for sentence in document.sentences] * 2
    long = [sentence for sentence in sentences if 45 <= len(sentence.text.split()) <= 75] * 3
    folder = MODELS / "themes"
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    yield f"{size:.1f} MB; loading {_seconds(lambda: read_model(folder), runs):.3f} s"
    tagger = Tagger(read_model(folder))
    for name, batch in (("all", sentences), ("those of 45 to 75 words", long)):
        rate = len(batch) / _seconds(lambda batch=batch: tagger.tag(batch), runs)  # type: ignore[misc]
        words = np.mean([len(s.text.split()) for s in batch])
        yield f"{rate:,.0f} sentences/s on one core: {name}, {words:.0f} words on average"


def _seconds(work: Any, runs: int) -> float:
    best = float("inf")
    for _ in range(runs):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def development(corpus: Sequence[AnnotatedDocument]) -> Iterator[str]:
    yield HEAD
    figures = cross_validated(corpus, Options())
    yield line("by document", figures)
    yield line("lexicon alone", lexicon_alone(corpus))
    yield line("by writer", by_writer(corpus))
    yield ""
    yield from by_theme({"cross-validation": figures})


def card(corpus: Sequence[AnnotatedDocument]) -> Iterator[str]:
    found = {"cross-validation": cross_validated(corpus, Options()), "test split": on_test_split(corpus)}
    real = on_real_reports()
    (MODELS / "reliability.svg").write_text(
        draw_reliability({name: figures["reliability"] for name, figures in found.items()}), encoding="utf-8"
    )
    yield "\n| | core macro F1 | all macro F1 | all micro F1 |\n|---|---|---|---|"
    everywhere = found if real is None else {**found, "real reports": real}
    for name, figures in everywhere.items():
        yield intervals(name, figures)
    yield f"\n{HEAD}"
    for name, figures in everywhere.items():
        yield line(name, figures)
    yield line("lexicon alone", lexicon_alone(corpus))
    yield line("by writer", by_writer(corpus))
    yield ""
    yield from by_theme(everywhere)
    for title, rows in (("by number of documents", curve), ("what each part brings", ablation)):
        yield f"\n{title}\n"
        yield from rows(corpus)
    yield ""
    yield from speed(corpus)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = {"ablation": ablation, "curve": curve, "speed": speed, "card": card}
    for name in parts:
        parser.add_argument(f"--{name}", dest="part", action="store_const", const=name)
    part = parser.parse_args().part
    for row in parts.get(part, development)(read_corpus(CORPUS, part="development")):
        print(row, flush=True)


if __name__ == "__main__":
    main()
