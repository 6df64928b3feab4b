"""The cases of tests/linking/cases: which document each mention means, what acts on what, which citations slip."""

import pytest

from danvan_nlp import linking
from danvan_nlp.types import Header, Link

from .cases import Case, all_cases
from .marked import Marked, read


def _with(expected: str) -> list[object]:
    return [
        pytest.param(
            c, id=c.id, marks=[pytest.mark.xfail(reason=c.fails, strict=True)] if c.fails else []
        )
        for c in all_cases()
        if getattr(c, expected) is not None
    ]  # fmt: skip


def _links(case: Case, marked: Marked) -> list[Link]:
    return linking.link(
        marked.mentions, text=marked.text, units=marked.units, header=Header(**case.header),
        registry=linking.load_registry(),
    )  # fmt: skip


@pytest.mark.parametrize("case", _with("targets"))
def test_each_mention_means_its_document(case: Case) -> None:
    links = _links(case, read(case.text))
    assert [made.target for made in links] == case.targets
    assert all(made.reason for made in links)
    assert all((made.score is None) == (made.target is None) for made in links)


@pytest.mark.parametrize("case", _with("relations"))
def test_one_document_acts_on_another(case: Case) -> None:
    marked = read(case.text)
    found = linking.relations(marked.mentions, text=marked.text, units=marked.units)
    told = sorted(["self" if r.source is None else r.source, r.target, r.type] for r in found if r.source is not None)
    told += sorted(["self", r.target, r.type] for r in found if r.source is None)
    wanted = sorted(r for r in case.relations or [] if r[0] != "self")
    assert told == wanted + sorted(r for r in case.relations or [] if r[0] == "self")


@pytest.mark.parametrize("case", _with("slips"))
def test_slips_are_found_and_only_slips(case: Case) -> None:
    marked = read(case.text)
    header = Header(**case.header)
    found = linking.findings(
        marked.mentions, _links(case, marked), text=marked.text, units=marked.units,
        registry=linking.load_registry(), header=header,
    )  # fmt: skip
    slips = {(f.mention, f.expected) for f in found if f.kind == "slip"}
    assert {(i, e) for i, e in case.slips or []} <= slips
    assert {i for i, _ in slips} == {i for i, _ in case.slips or []}
