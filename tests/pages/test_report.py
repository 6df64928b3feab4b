"""The page of one report: the whole text, nothing of it run, references and findings where they stand."""

from __future__ import annotations

import json
import re

import pytest

from danvan_nlp.errors import UsageError
from danvan_nlp.pages.report import report_page

from .runs import make_run, open_browser, text_of

EVIL = "<script>document.title='hacked'</script>"
REPORT = {
    "title": f"Kết quả {EVIL}",
    "doc_type": "báo cáo",
    "place": 'Cao Bằng" onmouseover="x',
    "sentences": [
        {"text": f"I. TÌNH HÌNH {EVIL}", "role": "heading"},
        {
            "text": "Thực hiện Kết luận số 114-KL/TW & Chỉ thị 7.",
            "themes": ["lanh_dao_chi_dao", "han_che"],
            "cites": {"Kết luận số 114-KL/TW": "114-KL/TW@TW@2015", "Chỉ thị 7": None},
        },
        {"text": "Tỷ lệ đạt 120%.", "themes": ["han_che"]},
    ],
    "findings": [{"kind": "percent", "start": 0, "end": 2, "message": f"hơn 100% {EVIL}"}],
}


def test_the_whole_text_is_shown_and_nothing_in_it_runs(tmp_path):
    page = report_page(make_run(tmp_path / "run", [REPORT]), tmp_path / "page.html")
    assert "<script>document" not in page.read_text(encoding="utf-8")
    with open_browser(tmp_path) as browser:
        browser.open(page)
        assert browser.run("return document.querySelector('article').textContent") == text_of(REPORT)
        assert EVIL in browser.run("return document.title")
        link = browser.run(
            "const a = document.querySelector('article a.r'); return [a.textContent, a.getAttribute('href')]"
        )
        assert link[0] == "Kết luận số 114-KL/TW"
        assert browser.run("return document.querySelector(arguments[0]).textContent", link[1]).startswith(
            "Văn bản 114-KL/TW (2015)"
        )
        assert browser.run("return document.querySelector('a.none').textContent") == "Chỉ thị 7"
        assert browser.run("return document.querySelector('a.none').title") == "chưa xác định"
        browser.run("document.querySelector('[data-theme=lanh_dao_chi_dao]').click()")
        assert browser.run("return document.querySelectorAll('.u.on').length") == 1
        assert "hơn 100%" in browser.run("return document.querySelector('aside').textContent")
        assert browser.errors() == []
        assert browser.requests() == []


def test_of_several_reports_one_has_to_be_chosen(tmp_path):
    run = make_run(tmp_path / "run", [REPORT, {"title": "Khác", "sentences": ["Một câu."]}])
    with pytest.raises(UsageError, match="d1"):
        report_page(run, tmp_path / "page.html")
    page = report_page(run, tmp_path / "page.html", doc_id="d1")
    assert "Một câu." in page.read_text(encoding="utf-8")
    with pytest.raises(UsageError, match="d9"):
        report_page(run, tmp_path / "page.html", doc_id="d9")


def test_an_empty_run_is_told_so(tmp_path):
    with pytest.raises(UsageError, match="problems"):
        report_page(make_run(tmp_path / "run", []), tmp_path / "page.html")


def test_a_report_of_one_empty_line_has_a_page(tmp_path):
    page = report_page(make_run(tmp_path / "run", [{"sentences": []}]), tmp_path / "page.html")
    assert "Không có." in page.read_text(encoding="utf-8")


def test_every_link_leads_somewhere_and_no_place_has_two_names(tmp_path):
    text = "Thực hiện Kết luận 114-KL/TW.\nTỷ lệ đạt 120%.\nVà hơn nữa."
    at = text.index
    report = {
        "sentences": [{"text": line, "cites": {"Kết luận 114-KL/TW": "114-KL/TW@TW@2015"} if n == 0 else {}}
                      for n, line in enumerate(text.splitlines())],
        "directives": [{"target_id": "114-KL/TW@TW@2015", "type": "kết luận", "title": "nâng cao hiệu quả"}],
        "findings": [
            {"start": at("luận"), "end": at("TW"), "message": "trong lần dẫn"},
            {"start": at("120%"), "end": at("nữa"), "message": "qua hai câu"},
            {"start": at("đạt"), "end": at("nữa") + 3, "message": "gồm cả lần trước"},
            {"start": 0, "end": 0, "message": "về cả văn bản"},
        ],
    }  # fmt: skip
    page = report_page(make_run(tmp_path / "run", [report]), tmp_path / "page.html").read_text(encoding="utf-8")
    names = re.findall(r' id="([^"]+)"', page)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(names)
    linked = r'<a href="#(\w+)">dòng \d</a>: '
    assert re.findall(linked + "trong lần dẫn", page) == [f"r{at('Kết luận')}"]
    assert len(re.findall(linked, page)) == 3
    assert 'title="Kết luận 114-KL/TW (2015): nâng cao hiệu quả"' in page
    assert "<b>Kết luận 114-KL/TW (2015)</b>" in page


def test_themes_of_a_run_bear_their_own_names_and_colours(tmp_path):
    report = {"title": "Báo cáo", "sentences": [{"text": "Một cửa số.", "themes": ["chuyen_doi_so", "an_sinh"]}]}
    run = make_run(tmp_path / "run", [report])
    named = {"chuyen_doi_so": "chuyển đổi số", "an_sinh": "an sinh <xã hội>"}
    (run / "run.json").write_text(
        json.dumps({"package": {"name": "danvan_nlp"}, "names": {"themes": named}}), encoding="utf-8"
    )
    page = report_page(run, tmp_path / "page.html").read_text(encoding="utf-8")
    assert 'title="chuyển đổi số, an sinh &lt;xã hội&gt;"' in page
    colours = re.findall(r'data-theme="\w+" style="--c:(#\w+)"', page)
    assert len(set(colours)) == 2
    assert "#eee" not in colours
