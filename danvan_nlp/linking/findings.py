"""What a person should look at: slips in citations, and first mentions that lack what the drafting rules ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from danvan_nlp.findings import name_of, say
from danvan_nlp.language.key import fold
from danvan_nlp.linking.bodies import body
from danvan_nlp.linking.first_mentions import first_mentions
from danvan_nlp.linking.known import same_date
from danvan_nlp.linking.reach import ahead
from danvan_nlp.linking.registry import Entry, Registry, fold_number, relaxed_symbol
from danvan_nlp.linking.similar import title_words, words
from danvan_nlp.linking.written_dates import date_after
from danvan_nlp.types import Finding, Header, Link, Mention, Unit

_LOCAL = "local"
_CONTEXT_WORDS = 3
_LONGEST_INSERTION = 3
_TAIL = 250


def findings(
    mentions: Sequence[Mention], links: Sequence[Link], *, text: str, units: Sequence[Unit], registry: Registry,
    header: Header | None = None,
) -> list[Finding]:  # fmt: skip
    """Find slips (kind ``slip``) and incomplete first mentions (kind ``first_mention``), in the order of the text.

    Parameters
    ----------
    mentions : sequence of Mention
        The document's references, in the order of the text.
    links : sequence of Link
        One for each mention, from `link`.
    text : str
        The document's text.
    units : sequence of Unit
        Its units, in the order of the text.
    registry : Registry
        Known directives; only facts seen in a source are held against a mention.
    header : Header, optional
        The report's header, for dates that lie after the report's own and for the drafting rule that it falls under.

    Returns
    -------
    list of Finding
        With what was expected and what was found.

    Examples
    --------
    >>> from danvan_nlp.linking import load_registry
    >>> text = "Kết luận số 114-KL/TW, ngày 31/6/2015"
    >>> mention = Mention(start=0, end=21, kind="full", type="kết luận", number="114", symbol="KL/TW")
    >>> found = findings([mention], [Link(target="114-KL/TW@TW@2015", score=0.9)], text=text, units=[],
    ...                  registry=load_registry())
    >>> [(f.kind, f.found, f.expected) for f in found]
    [('slip', '31/6/2015', '2015-07-14')]
    """
    found: list[Finding] = []
    stated = _stated_dates(mentions, links)
    report_date = header.date if header else None
    for i, (m, made) in enumerate(zip(mentions, links, strict=True)):
        if m.kind in ("self", "anaphor"):
            continue
        entry = registry.target(made.target) if made.target else None
        own = _without_shared(mentions, i, text)
        found += _impossible(i, own, text, entry)
        found += _later(i, own, report_date)
        found += _two_years(i, own)
        if entry:
            found += _against(i, own, entry)
        elif made.target:
            found += _two_dates(i, own, stated[made.target])
    found += first_mentions(mentions, links, text, units, header)
    return sorted(found, key=lambda f: (f.start, f.end, f.kind, f.message))


def _without_shared(mentions: Sequence[Mention], index: int, text: str) -> Mention:
    """A mention with the date and issuer written before the next one: what a list shares is not this mention's slip."""
    m = mentions[index]
    stop = mentions[index + 1].start if index + 1 < len(mentions) else None
    here = ahead(text, m.start, _TAIL, stop)
    return replace(
        m,
        date=m.date if m.date and m.date[:4] in here else None,
        issuer=m.issuer if m.issuer and fold(m.issuer) in here else None,
    )


def _slip(index: int, m: Mention, what: str, expected: str | None, found: str | None) -> Finding:
    message = say("differs_from_cited", part=name_of("parts", what))
    return Finding(
        kind="slip", start=m.start, end=m.end, message=message, expected=expected, found=found, mention=index
    )


def _impossible(index: int, m: Mention, text: str, entry: Entry | None) -> Iterator[Finding]:
    """A date that no calendar holds, right after the mention: "ngày 30/2/2018"."""
    if m.date and len(m.date) > len("2018-02"):
        return
    written = date_after(text, m.end)
    if written and not written.possible:
        yield Finding(
            kind="slip", start=m.start, end=m.end, message=say("impossible_date"), found=str(written), mention=index,
            expected=entry.date if entry and entry.confidence == "seen" else None,
        )  # fmt: skip


def _later(index: int, m: Mention, report_date: str | None) -> Iterator[Finding]:
    """A document dated after the report that cites it."""
    if report_date and m.date and len(m.date) == len(report_date) and m.date > report_date:
        yield Finding(
            kind="slip", start=m.start, end=m.end, message=say("later_than_report"),
            expected=f"<= {report_date}", found=m.date, mention=index,
        )  # fmt: skip


def _two_years(index: int, m: Mention) -> Iterator[Finding]:
    """A number that bears another year than the date: "04/2015/NĐ-CP ngày 09/01/2014"."""
    if m.year and m.date and m.date[:4] != m.year:
        yield _slip(index, m, "year", m.year, m.date)


def _against(index: int, m: Mention, entry: Entry) -> Iterator[Finding]:
    """Where a mention contradicts what the registry holds of its document."""
    if m.number and entry.number and fold_number(m.number) != fold_number(entry.number):
        yield _slip(index, m, "number", entry.number, m.number)
    if m.symbol and entry.symbol and relaxed_symbol(m.symbol) != relaxed_symbol(entry.symbol):
        yield _slip(index, m, "symbol", entry.symbol, m.symbol)
    if entry.confidence != "seen":
        return
    if m.date and entry.date and not same_date(m.date, entry.date):
        told = entry.date[: len(m.date)]
        yield _slip(index, m, "year" if len(told) == len("2013") else "date", told, m.date)
    if m.term and entry.term and m.term.upper() != entry.term:
        yield _slip(index, m, "term", entry.term, m.term)
    issuer, said = body(entry.issuer, "name"), body(m.issuer, "name")
    # In "báo cáo thực hiện Kết luận 114-KL/TW của UBND tỉnh" the report is the committee's, save after a date.
    settled = said != _LOCAL or m.date
    if issuer and said is not None and said != issuer and settled and "," not in (entry.issuer or ""):
        yield _slip(index, m, "issuer", entry.issuer, m.issuer)
    wrong = inserted(m.title, entry.title)
    if wrong:
        yield _slip(index, m, "title", entry.title, m.title)


def inserted(stated: str | None, known: str | None) -> str | None:
    """The words that a stated title puts into the middle of a known one, or in place of some of its words.

    Examples
    --------
    >>> inserted("nâng cao hiệu quả công tác dân vận của cơ quan hành chính nhà nước các cấp",
    ...          "nâng cao hiệu quả công tác dân vận của cơ quan nhà nước các cấp")
    'hành chính'
    >>> inserted("công tác dân vận của các cơ quan nhà nước các cấp", "công tác dân vận của cơ quan nhà nước các cấp")
    """
    light = title_words()["light"]
    a, b = ([w for w in words(title or "") if w not in light] for title in (known, stated))
    codes = SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes()
    for before, here, after in zip(codes, codes[1:], codes[2:], strict=False):
        if before[0] != "equal" or after[0] != "equal" or here[0] not in ("insert", "replace"):
            continue
        known_words, said = a[here[1] : here[2]], b[here[3] : here[4]]
        long_enough = all(c[4] - c[3] >= _CONTEXT_WORDS for c in (before, after))
        if long_enough and len(said) <= _LONGEST_INSERTION and len(known_words) <= _LONGEST_INSERTION:
            return " ".join(said)
    return None


def _stated_dates(mentions: Sequence[Mention], links: Sequence[Link]) -> dict[str, list[tuple[int, str]]]:
    """For each target the dates its mentions state, in the order of the text."""
    dates: dict[str, list[tuple[int, str]]] = {made.target: [] for made in links if made.target}
    for i, (m, made) in enumerate(zip(mentions, links, strict=True)):
        if made.target and m.date and len(m.date) == len("2015-07-14"):
            dates[made.target].append((i, m.date))
    return dates


def _two_dates(index: int, m: Mention, dates: Sequence[tuple[int, str]]) -> Iterator[Finding]:
    """One document under two dates of one year: the date it has oftener, else the first, is held to be right."""
    if not m.date or (index, m.date) not in dates:
        return
    said = [d for _, d in dates]
    right = max(dict.fromkeys(said), key=said.count)
    if m.date != right:
        yield _slip(index, m, "date", right, m.date)
