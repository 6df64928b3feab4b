"""What holds for any text: one link a mention with a reason, offsets in place, no matter how Unicode spells it."""

import unicodedata
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from danvan_nlp import linking
from danvan_nlp.types import Header, Mention, Unit

from .cases import all_cases
from .marked import read

REGISTRY = linking.load_registry()


def _decomposed(text: str, at: int) -> int:
    return len(unicodedata.normalize("NFD", text[:at]))


def test_composed_and_decomposed_texts_have_the_same_links_and_relations() -> None:
    for case in all_cases():
        plain = read(case.text)
        text = unicodedata.normalize("NFD", plain.text)
        mentions = [
            replace(m, start=_decomposed(plain.text, m.start), end=_decomposed(plain.text, m.end))
            for m in plain.mentions
        ]
        units = [
            replace(u, start=_decomposed(plain.text, u.start), end=_decomposed(plain.text, u.end)) for u in plain.units
        ]
        header = Header(**case.header)
        for one, two in (
            (
                linking.link(plain.mentions, text=plain.text, units=plain.units, header=header, registry=REGISTRY),
                linking.link(mentions, text=text, units=units, header=header, registry=REGISTRY),
            ),
            (
                [
                    (r.source, r.target, r.type)
                    for r in linking.relations(plain.mentions, text=plain.text, units=plain.units)
                ],
                [(r.source, r.target, r.type) for r in linking.relations(mentions, text=text, units=units)],
            ),
        ):
            assert one == two, case.id


_NUMBERS = st.sampled_from(["5", "25", "114", "16", "999"])
_SYMBOLS = st.sampled_from([None, "NQ/TW", "CT/TW", "CT/TU", "CT-TTg", "KH-UBND", "KL/TW", "QĐ/HU", "QH13", "??"])
_DATES = st.sampled_from([None, "2013-06-03", "2015-07-14", "2026-01-01", "2013"])
_NAMES = st.sampled_from([None, "nq-tw6-khoa-xii", "nq-dai-hoi-xv", "luat-to-cao", "nq-tw4", "nq-dai-hoi-2015-2020"])


@st.composite
def _documents(draw: st.DrawFn) -> tuple[str, list[Mention]]:
    text, mentions = "", []
    for _ in range(draw(st.integers(0, 6))):
        text += draw(st.sampled_from(["Thực hiện ", "; ", " và ", ", ngày 3/6/2013 về công tác dân vận ", "\n"]))
        surface = draw(st.sampled_from(["Nghị quyết số 25-NQ/TW", "Chỉ thị 05", "x"]))
        name = draw(_NAMES)
        mentions.append(
            Mention(
                start=len(text), end=len(text) + len(surface), kind=draw(st.sampled_from(["full", "short", "self"])),
                type="nghị quyết", number=None if name else draw(_NUMBERS), symbol=None if name else draw(_SYMBOLS),
                date=draw(_DATES), issuer=draw(st.sampled_from([None, "Bộ Chính trị", "Tỉnh ủy", "UBND huyện"])),
                name=name, alias_of=draw(st.sampled_from([None, 0])) if mentions else None,
            )
        )  # fmt: skip
        text += surface
    return text, mentions


@settings(max_examples=150, deadline=None)
@given(_documents(), st.sampled_from([None, "cao-bang", "mo-cay"]), st.sampled_from([None, "cap_tinh", "cap_huyen"]))
def test_any_document_is_linked_without_loss(
    document: tuple[str, list[Mention]], locality: str | None, level: str | None
) -> None:
    text, mentions = document
    units = [Unit(start=0, end=len(text), role="sentence")] if text else []
    header = Header(locality=locality, admin_level=level, date="2020-08-07")
    links = linking.link(mentions, text=text, units=units, header=header, registry=REGISTRY)
    assert len(links) == len(mentions)
    for made in links:
        assert made.reason
        assert (made.target is None) == (made.score is None)
        assert made.score is None or 0 < made.score <= 1
        assert made.target is None or made.target.count("@") == 2
    rows = linking.directives(mentions, links, REGISTRY)
    assert {r.target_id for r in rows} == {made.target for made in links if made.target}
    for r in linking.relations(mentions, text=text, units=units):
        assert r.source != r.target
        assert 0 <= r.start < r.end <= len(text)
    linking.findings(mentions, links, text=text, units=units, registry=REGISTRY, header=header)
    assert links == linking.link(mentions, text=text, units=units, header=header, registry=REGISTRY)
