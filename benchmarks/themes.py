"""Quality of the theme tagger on the annotated corpus, documents kept apart; what each part of it brings; its speed.

python benchmarks/themes.py              figures by document and by writer, calibration, speed
python benchmarks/themes.py --ablation   the same with one part left out at a time
python benchmarks/themes.py --curve      by the number of documents learnt from
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from danvan_nlp.themes import SentenceContext, Tagger, Taxonomy
from danvan_nlp.themes.corpus import AnnotatedDocument, read_corpus, read_prose
from danvan_nlp.themes.evaluate import calibration_error
from danvan_nlp.themes.fit import Options, out_of_fold, truth_of
from danvan_nlp.themes.model import read_model
from danvan_nlp.themes.train import cross_validate
from danvan_nlp.themes.train import figures as measure

ROOT = Path(__file__).resolve().parent.parent
TAXONOMY = Taxonomy.load()
BLOCKS = ("heading", "outer", "neighbour")


def evaluate(corpus: Sequence[AnnotatedDocument], options: Options) -> dict[str, Any]:
    other = read_prose(ROOT / "models" / "other_prose.txt")
    return cross_validate(out_of_fold(corpus, other, TAXONOMY, options, 0), TAXONOMY, options)


def line(name: str, figures: dict[str, Any]) -> str:
    return (
        f"| {name} | {figures['core_macro_f1']:.3f} | {figures['all_macro_f1']:.3f} | {figures['all_micro_f1']:.3f} "
        f"| {figures['calibration_error']:.3f} |"
    )


def variants() -> dict[str, Options]:
    """The shipped options, and those with one part left out."""
    full = Options()
    blocks = {f"without {name}": replace(full, blocks=replace(full.blocks, **{name: 0.0})) for name in BLOCKS}
    orders = {f"n-grams to {order}": replace(full, order=order) for order in (1, 2, 3, 4) if order != full.order}
    return {
        "as shipped": full,
        **blocks,
        "without headings at all": replace(full, blocks=replace(full.blocks, heading=0.0, outer=0.0)),
        **orders,
        "n-grams of one document too": replace(full, least=1),
        "without naive Bayes ratios": replace(full, ratios=False),
    }


def speed(sentences: Sequence[SentenceContext]) -> None:
    began = time.process_time()
    tagger = Tagger(read_model(ROOT / "models" / "themes"))
    loaded = time.process_time()
    tagger.tag(sentences)
    rate = len(sentences) / (time.process_time() - loaded)
    words = np.mean([len(s.text.split()) for s in sentences])
    print(f"loading {loaded - began:.3f} s; {rate:,.0f} sentences/s of {words:.0f} words (processor time)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--curve", action="store_true")
    args = parser.parse_args()
    corpus = read_corpus(ROOT / "corpora" / "annotated")
    print("| | core macro F1 | all macro F1 | all micro F1 | calibration error |\n|---|---|---|---|---|")
    if args.ablation:
        for name, options in variants().items():
            print(line(name, evaluate(corpus, options)), flush=True)
    elif args.curve:
        order = np.random.default_rng(0).permutation(len(corpus))
        for size in (12, 24, 48, len(corpus)):
            print(line(f"{size} documents", evaluate([corpus[i] for i in sorted(order[:size])], Options())), flush=True)
    else:
        figures = evaluate(corpus, Options())
        print(line("by document", figures))
        print(line("lexicon alone", lexicon_alone(corpus)))
        print(line("by writer", by_writer(corpus)))
        for key, score in figures["f1"].items():
            print(f"{key:24} {score:.3f} {figures['n'][key]:5}")
        speed([sentence for document in corpus for sentence in document.sentences] * 2)


def by_writer(corpus: Sequence[AnnotatedDocument]) -> dict[str, Any]:
    """Folds of whole writers: how the tagger does on a hand that it has not read."""
    writers = sorted({document.writer for document in corpus})
    merged = [_one(writer, [d for d in corpus if d.writer == writer]) for writer in writers]
    return evaluate(merged, Options(n_folds=len(writers)))


def lexicon_alone(corpus: Sequence[AnnotatedDocument]) -> dict[str, Any]:
    """The plain baseline: a theme wherever a phrase of its lexicon stands."""
    texts = [sentence.text for document in corpus for sentence in document.sentences]
    found = [TAXONOMY.with_parents(frozenset(TAXONOMY.phrases(text))) for text in texts]
    chosen = np.array([[key in keys for key in TAXONOMY.keys] for keys in found])
    truth = truth_of(corpus, TAXONOMY)
    error = calibration_error(truth, chosen.astype(float))
    return {**measure(truth, chosen, TAXONOMY), "calibration_error": error}


def _one(writer: str, documents: Sequence[AnnotatedDocument]) -> AnnotatedDocument:
    sentences = tuple(sentence for document in documents for sentence in document.sentences)
    return AnnotatedDocument(writer, writer, sentences, tuple(t for document in documents for t in document.themes))


if __name__ == "__main__":
    main()
