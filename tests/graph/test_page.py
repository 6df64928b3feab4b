"""The graph's page in a real browser: search, filter, click, cascade; no text runs, nothing is fetched."""

from __future__ import annotations

import random

import pytest

from danvan_nlp.graph import CitationGraph

from .browser import open_browser
from .runs import make_run

EVIL = "<script>document.title='hacked'</script><img src=x onerror=\"document.title='hacked'\">"


def report(n, targets, evil=""):
    sentences = [
        {"text": f"Thực hiện {t.split('@')[0]} {evil} đạt kết quả.", "cites": {t.split("@")[0]: t}} for t in targets
    ]
    facts = {"number": str(n), "symbol": "BC/TU", "target_id": f"{n}-BC/TU@tinh@2020", "date": "2020-05-01"}
    return {**facts, "doc_type": "báo cáo", "place": f"Tỉnh {n}{evil}", "sentences": sentences}


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """2,000 nodes, 8,000 links."""
    folder = tmp_path_factory.mktemp("big")
    draw = random.Random(3)
    names = [f"{n}-KH/TU@tinh-{n % 50}@{2010 + n % 12}" for n in range(1599)] + ["114-KL/TW@TW@2015"]
    reports = [report(n, {names[min(int(draw.paretovariate(0.35)), 1599)] for _ in range(20)}) for n in range(399)]
    known = [{"target_id": t, "type": "kế hoạch", "title": f"Kế hoạch {EVIL}"} for t in names]
    first = report(399, ["114-KL/TW@TW@2015", names[7]], EVIL)
    known[-1] |= {"type": "kết luận", "date": "2015-07-14"}
    known[7] |= {"date": "2015-10-21"}
    sentence = {
        "text": "Kế hoạch 7-KH/TU thực hiện Kết luận 114-KL/TW.",
        "cites": {"7-KH/TU": names[7], "114-KL/TW": names[-1]},
    }
    first["sentences"].append(sentence)
    first |= {"relations": [("7-KH/TU", "implements", "114-KL/TW")], "directives": known}
    graph = CitationGraph.from_run(make_run(folder / "run", [*reports, first]))
    for n in range(2000 - len(graph.graph)):
        graph.graph.add_node(f"lone {n}", kind="unresolved", label=f"Văn bản {n}")
    return graph.to_html(folder / "graph.html")


def test_the_page_holds_no_address_and_no_markup_of_a_text(page):
    text = page.read_text(encoding="utf-8")
    assert "<script>document" not in text
    assert "<img" not in text
    for address in ("http://", "https://", "//cdn"):
        assert address not in text.replace("http://www.w3.org/2000/svg", "")


def test_two_thousand_nodes_can_be_searched_filtered_and_read(page, tmp_path):
    with open_browser(tmp_path) as browser:
        browser.open(page)
        assert browser.run("return nodes.length") == 2000
        ten_times = "const t = performance.now(); for (let i = 0; i < 10; i++) draw(); return performance.now() - t"
        assert browser.run(ten_times) < 2000, "drawing has to keep up with a hand that drags"

        browser.type_into("#search", "114 kl")
        hits = browser.run("return [...document.querySelectorAll('#hits button')].map(b => b.textContent)")
        assert hits[0].startswith("Kết luận 114-KL/TW")
        browser.run("document.querySelector('#hits button').click()")
        assert browser.run("return document.querySelector('#panel h2').textContent") == "Kết luận 114-KL/TW (2015)"
        timeline = browser.run("return [...document.querySelectorAll('#panel .timeline li')].map(li => li.textContent)")
        assert timeline[0] == "Kết luận 114-KL/TWban hành 14/07/2015"
        assert timeline[1].endswith("thực hiện, 21/10/2015, sau 99 ngày")

        browser.run("document.querySelectorAll('#panel details').forEach(d => d.open = true)")
        browser.run("return new Promise(done => setTimeout(done, 200))")
        quotes = browser.run("return [...document.querySelectorAll('#panel blockquote')].map(q => q.textContent)")
        assert any(EVIL in quote for quote in quotes), "the text is shown as it is"
        assert browser.run("return document.querySelectorAll('#panel mark')[0].textContent") == "114-KL/TW"
        where = browser.run("return document.querySelector('#panel blockquote .fact').textContent")
        assert " · 2020 · d" in where, "place, year and sentence"

        browser.run("choose(null)")
        place = browser.run(
            """const i = order.find(i => nearest(...at(nodes[i])) === i);
            const box = canvas.getBoundingClientRect(), [x, y] = at(nodes[i]);
            return [box.x + x, box.y + y, nodes[i].label];"""
        )
        browser.click_at(*place[:2])
        assert browser.run("return document.querySelector('#panel h2').textContent") == place[2]

        everything = browser.run("return byId('count').textContent")
        browser.run("const s = byId('type'); s.value = 'kết luận'; s.dispatchEvent(new Event('input'))")
        assert browser.run("return byId('count').textContent").startswith("1 / 2000")
        browser.run(
            "byId('type').value = ''; const y = byId('from'); y.value = 2020; y.dispatchEvent(new Event('input'))"
        )
        assert browser.run("return byId('count').textContent") != everything
        browser.screenshot(tmp_path / "graph.png")
        assert browser.run("return document.title") == "Mạng lưới trích dẫn văn bản"
        assert browser.errors() == []
        assert browser.requests() == []


def test_hands_on_the_keyboard_reach_everything(page, tmp_path):
    with open_browser(tmp_path) as browser:
        browser.open(page)
        browser.type_into("#search", "114 kl\ue007")
        assert browser.run("return document.querySelector('#panel h2').textContent") == "Kết luận 114-KL/TW (2015)"
        assert browser.run("return document.querySelectorAll('#hits button').length") == 0
        unreached = (
            "return [...document.querySelectorAll('#panel *, header *, #view *')].filter(e => e.tabIndex < 0 &&"
            " getComputedStyle(e).cursor === 'pointer').map(e => e.outerHTML)"
        )
        assert browser.run(unreached) == [], "what can be clicked can be reached"
        before = browser.run("return view.scale")
        browser.run("byId('nearer').click()")
        assert browser.run("return view.scale") > before
        browser.run("byId('search').value = ''; choose(null)")
        browser.type_into("#search", "không có văn bản này")
        assert browser.run("return byId('hits').textContent") == "Không tìm thấy văn bản nào."


def test_the_panel_says_who_has_no_plan_and_what_came_after(tmp_path):
    root, plan = "34-PL-UBTVQH11@UBTVQH@2007", "5-KH/TU@a@2008"
    sentence = {"text": "Kế hoạch 5-KH/TU thực hiện Pháp lệnh 34.", "cites": {"5-KH/TU": plan, "Pháp lệnh 34": root}}
    one = {"target_id": "1-BC@a@2020", "place": "A", "locality": "a", "sentences": [sentence]}
    one |= {"relations": [("5-KH/TU", "implements", "Pháp lệnh 34")], "doc_type": "báo cáo"}
    two = {"target_id": "2-BC@b@2020", "place": "B", "doc_type": "báo cáo"}
    two |= {"sentences": [{"text": "Nêu Pháp lệnh 34.", "cites": {"Pháp lệnh 34": root}}]}
    graph = CitationGraph.from_run(make_run(tmp_path / "run", [one, two]))
    with open_browser(tmp_path) as browser:
        browser.open(graph.to_html(tmp_path / "graph.html"))
        browser.run("choose(nodes.findIndex(n => n.id === arguments[0]), true)", root)
        lists = browser.run(
            "return [...document.querySelectorAll('#panel details ul')].map(u => u.parentNode.textContent)"
        )
        assert lists[0].startswith("Nơi dẫn văn bản mà không nêu kế hoạch của mình (1)")
        assert "2-BC@b@2020" in lists[0]
        assert "10/11/2022 (theo danh mục văn bản)" in lists[1]
        assert browser.errors() == []


def test_an_empty_graph_has_a_page_that_says_so(tmp_path):
    page = CitationGraph.from_run(make_run(tmp_path / "run", [])).to_html(tmp_path / "graph.html")
    with open_browser(tmp_path) as browser:
        browser.open(page)
        assert browser.run("return byId('panel').textContent") == "Không có văn bản nào để vẽ."
        assert browser.errors() == []


def test_of_a_large_graph_no_node_is_drawn_without_its_links(tmp_path):
    graph = CitationGraph.from_run(make_run(tmp_path / "run", [report(n, [f"{n}-KH/TU@a@2010"] * 3) for n in range(9)]))
    page = graph.to_html(tmp_path / "graph.html", max_nodes=6)
    with open_browser(tmp_path) as browser:
        browser.open(page)
        assert browser.run("return [nodes.length, nodes.every((_, i) => into[i].length + out[i].length > 0)]") == [
            6,
            True,
        ]
