"""The rows of directives that links need, and their merging over documents."""

from hypothesis import given
from hypothesis import strategies as st

from danvan_nlp import linking
from danvan_nlp.types import Directive, Header, Link

from .cases import all_cases
from .marked import Marked, read

HEADER = Header(admin_level="cap_tinh", locality="lang-son", date="2020-08-05")


def _linked(text: str) -> tuple[Marked, list[Link]]:
    marked = read(text)
    links = linking.link(
        marked.mentions, text=marked.text, units=marked.units, header=HEADER, registry=linking.load_registry()
    )
    return marked, links


def _rows(text: str) -> dict[str, Directive]:
    marked, links = _linked(text)
    rows = linking.directives(marked.mentions, links, linking.load_registry())
    return {row.target_id: row for row in rows}


def test_known_documents_bring_the_registry_s_facts() -> None:
    row = _rows("Triển khai [[Kết luận số 114-KL/TW]].")["114-KL/TW@TW@2015"]
    assert (row.number, row.symbol, row.scope, row.date, row.known) == ("114", "KL/TW", "TW", "2015-07-14", True)


def test_a_local_document_is_put_together_from_its_mentions() -> None:
    row = _rows(
        "[[Kế hoạch số 12-KH/TU]], ngày 11/12/2015 của Ban Thường vụ Tỉnh ủy về công tác dân vận.\n"
        "Theo [[Kế hoạch số 12-KH/TU]], các huyện đã triển khai."
    )["12-KH/TU@lang-son@2015"]
    assert (row.type, row.number, row.symbol, row.scope) == ("kế hoạch", "12", "KH/TU", "lang-son")
    assert (row.date, row.year, row.issuer) == ("2015-12-11", "2015", "Ban Thường vụ Tỉnh ủy")
    assert (row.title, row.known) == ("công tác dân vận", False)


def test_a_named_document_outside_the_registry_carries_its_name() -> None:
    row = _rows("Học tập [[Nghị quyết Trung ương 5 khóa VIII]].")["nq-tw5-khoa-viii@TW@1998"]
    assert (row.number, row.title) == (None, "Nghị quyết Trung ương 5 khóa VIII")


def test_every_target_of_the_cases_has_one_row() -> None:
    for case in all_cases():
        marked, links = _linked(case.text)
        rows = linking.directives(marked.mentions, links, linking.load_registry())
        assert [r.target_id for r in rows] == sorted({made.target for made in links if made.target})
        for row in rows:
            assert row.target_id.endswith(f"@{row.scope}@{row.year or '?'}")


def test_a_known_row_wins_over_assembled_ones() -> None:
    known = _rows("Triển khai [[Kết luận số 114-KL/TW]].")["114-KL/TW@TW@2015"]
    assembled = Directive(
        target_id=known.target_id, type=None, number="114", symbol="KL/TW", scope="TW", issuer=None, date=None,
        year="2015", term=None, title="tên ghi sai",
    )  # fmt: skip
    assert linking.merge([assembled], [known]) == [known]


_text = st.one_of(st.none(), st.sampled_from(["Tỉnh ủy", "UBND tỉnh", "công tác dân vận"]))
_row = st.builds(
    Directive,
    target_id=st.sampled_from(["1-KH/TU@a@2016", "2-KH/TU@a@2016"]), type=_text, number=st.just("1"),
    symbol=st.just("KH/TU"), scope=st.just("a"), issuer=_text, date=_text, year=st.just("2016"), term=_text,
    title=_text,
)  # fmt: skip


@given(st.lists(_row, max_size=6), st.randoms())
def test_merging_does_not_depend_on_how_the_rows_were_divided(rows: list[Directive], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert linking.merge(rows) == linking.merge(*([row] for row in shuffled))
