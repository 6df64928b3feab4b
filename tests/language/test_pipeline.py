import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import danvan_nlp

TEXT = (
    "I. KẾT QUẢ\n\nHuyện đã quán triệt Kết luận số 114-KL/TW,  ngày 14/7/2015 của Ban Bí thư.\n"
    "Đã tiếp 12 lượt công dân.\n"
)


@pytest.fixture(scope="module")
def nlp():
    return danvan_nlp.load()


def test_a_doc_gives_its_text_back_and_keeps_numbers_whole(nlp) -> None:
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert {"114-KL/TW", "14/7/2015"} <= {token.text for token in doc}


def test_sentences_carry_role_and_themes_and_references_their_target(nlp) -> None:
    doc = nlp(TEXT)
    sents = [(sent.text.strip(), sent._.role) for sent in doc.sents]
    assert sents[0] == ("I. KẾT QUẢ", "heading")
    assert sents[-1] == ("Đã tiếp 12 lượt công dân.", "sentence")
    assert "tiep_dan" in list(doc.sents)[-1]._.themes
    assert [(span.text, span._.target) for span in doc.spans["references"]] == [
        ("Kết luận số 114-KL/TW", "114-KL/TW@TW@2015")
    ]


def test_a_stored_pipeline_is_loaded_by_spacy_alone(nlp, tmp_path) -> None:
    nlp.to_disk(tmp_path / "nlp")
    code = (
        f"import spacy; doc = spacy.load({str(tmp_path / 'nlp')!r})('Đã quán triệt Kết luận số 114-KL/TW.')\n"
        "print([span._.target for span in doc.spans['references']])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "['114-KL/TW@TW@2015']\n", done.stderr


def test_pipe_and_docbin_work(nlp) -> None:
    from spacy.tokens import DocBin

    docs = list(nlp.pipe([TEXT, "Một câu."]))
    again = list(DocBin(docs=docs, store_user_data=False).get_docs(nlp.vocab))
    assert [doc.text for doc in again] == [TEXT, "Một câu."]


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=80))
def test_any_text_comes_back_unchanged(nlp, text: str) -> None:
    assert nlp(text).text == text
