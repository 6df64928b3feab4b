from pathlib import Path

import pytest

from danvan_nlp.errors import DataError
from danvan_nlp.themes import Taxonomy
from danvan_nlp.themes.corpus import read_corpus, read_prose

ROOT = Path(__file__).parents[2]
FRONT = '+++\nkind = "báo cáo năm"\nwriter = "A"\n+++\n'
REPORT = """[heading] BÁO CÁO
[heading] Công tác dân vận năm 2019, nhiệm vụ năm 2020

[heading] I. KẾT QUẢ
[heading] 1. Công tác tiếp công dân

[tiep_dan] Huyện đã tiếp 35 lượt công dân theo Luật Tiếp công dân năm 2013.
+[] Số liệu tính đến hết tháng 11.

[heading] II. NHIỆM VỤ NĂM 2020

[nhiem_vu_giai_phap,tiep_dan] Tiếp tục duy trì lịch tiếp công dân của người đứng đầu.
"""


def write(folder, text):
    (folder / "mot.txt").write_text(FRONT + text, encoding="utf-8")
    return folder


def test_sentences_stand_under_the_headings_of_their_section(tmp_path):
    (document,) = read_corpus(write(tmp_path, REPORT))
    assert (document.name, document.writer) == ("mot", "A")
    assert [len(s.headings) for s in document.sentences] == [2, 2, 1]
    assert "tiếp công dân" in document.sentences[0].headings[-1]
    assert document.themes == (frozenset({"tiep_dan"}), frozenset(), frozenset({"nhiem_vu_giai_phap", "tiep_dan"}))


def test_a_theme_that_stands_nowhere_was_not_judged(tmp_path):
    (document,) = read_corpus(write(tmp_path, REPORT))
    assert all("han_che" in themes and "tiep_dan" not in themes for themes in document.unjudged)


def test_themes_are_those_of_the_taxonomy_given(tmp_path):
    (tmp_path / "mine.toml").write_text('format = "1"\n[[theme]]\nkey = "tiep_dan"\n', encoding="utf-8")
    mine = Taxonomy.load(tmp_path / "mine.toml")
    with pytest.raises(DataError, match="mot: unknown theme 'nhiem_vu_giai_phap'; the taxonomy has tiep_dan"):
        read_corpus(write(tmp_path, REPORT), mine)
    (document,) = read_corpus(write(tmp_path, REPORT.replace("nhiem_vu_giai_phap,", "")), mine)
    assert document.unjudged == ()


@pytest.mark.parametrize("line", ["[abc] Một câu.", "không có ngoặc"])
def test_a_faulty_line_is_told(tmp_path, line):
    with pytest.raises(DataError, match="mot"):
        read_corpus(write(tmp_path, line))


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(DataError, match="no annotated report"):
        read_corpus(tmp_path)


def test_prose_of_other_genres_has_no_theme():
    documents = read_prose(ROOT / "models" / "other_prose.txt")
    assert len(documents) > 10
    assert not any(themes for document in documents for themes in document.themes)
    assert all(document.writer == "" and document.sentences for document in documents)
