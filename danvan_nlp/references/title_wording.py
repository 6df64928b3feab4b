"""The wordings at which titles begin and end, compiled once from references.toml."""

from __future__ import annotations

import re
from functools import cache

from danvan_nlp import data
from danvan_nlp.references.vocabulary import one_of, types, wording, words_of

OPENING_MARKS = "\"“”„«'‘"


@cache
def title_leads() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands between a number, with its date and issuer, and the title; and the "về việc" in it alone."""
    about = rf"{one_of(wording()['title_about'], any_case=True)}(?!\w)\s*:?\s*"
    before = r"[\s*_]*(?P<sign>[,:]?)[\s*_]*(?P<bracket>\(?)"
    return re.compile(rf"{before}(?P<about>{about}|)(?P<quote>[{OPENING_MARKS}]?)"), re.compile(about)


@cache
def title_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """How a title opens; marks it may end at; a new clause after a comma; a subject at its end; a local addition."""
    words = wording()
    bodies = data.toml("issuers")["bodies"]
    subject = rf"(?:{one_of(words['subjects'])}|{one_of(bodies)})"
    verbs = one_of(words["subject_verbs"])
    opening = re.compile(
        rf"(?!{one_of(words['no_title'], any_case=True)}(?!\w)){one_of(words['title_verbs'], any_case=True)}(?!\w)"
    )
    clauses = one_of([*words["clause_words"], *words["local_tails"], *words["clause_before_document"]])
    # A class of characters first, and what each must have beside it after: the engine then skips to those characters.
    marks = re.compile(
        r"[;:“\"«….,(\s](?:(?<=\S)(?:(?<=[;:“\"«…,])|(?<=\.)(?=\s|$|\.)"
        rf"|(?<=\()(?=\s*{one_of(words['aside'], any_case=True)}(?!\w)))"
        rf"|(?<=\s)(?:{clauses}(?!\w)|và(?=\s)|(?:với|gồm|tại|cho)\s+\d|(?:đến|tới)\s+\d{{1,3}}(?:/\d+)?\s+(?!tháng)"
        r"|được(?!\w)(?<!không\sđược)(?<!quyền\sđược)(?<!chưa\sđược)(?<!những\sđược)))"
    )
    after_comma = re.compile(
        rf",\s+(?!{one_of(words['no_clause'])}(?!\w))(?:{one_of(words['clause_after_comma'])}(?!\w)|năm\s+\d"
        r"|(?<!\d, )\d+(?:[.,]\d+)?(?:%|/|\s+(?!tháng))"
        rf"|[^\d,;.:()]{{2,40}}?\s{one_of(words['amounts_to'])}\s+\d"
        rf"|{subject}(?!\w)(?:\s+[^\s,;.:]+){{0,8}}?\s+{verbs}(?!\w))"
    )
    final_subject = re.compile(rf"\s(?:{subject})(?:\s+(?:[A-ZĐ]\w*|tỉnh|huyện|thành\s+phố|xã|phường|các\s+cấp))*$")
    return opening, marks, after_comma, final_subject, re.compile(rf"{one_of(words['local_tails'])}(?!\w)")


@cache
def introductions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A sentence that opens with the documents it follows, and the body that its main clause begins with."""
    words = wording()
    return (
        re.compile(words_of(phrase[0].upper() + phrase[1:] for phrase in words["introductions"])),
        re.compile(rf",\s*{one_of(words['clause_bodies'])}(?!\w)"),
    )


@cache
def rules_after() -> re.Pattern[str]:
    """What leads to the name of the rules that a decision puts into force: "kèm theo Quy chế"."""
    names = one_of(name[0].upper() + name[1:] for name in types().attachable)
    return re.compile(rf"{one_of(wording()['with_rules'])}\s+(?P<rules>{names})(?!\w)")


@cache
def carrying_out() -> re.Pattern[str]:
    """What after a comma leads to the document that the one with the title carries out."""
    return re.compile(rf",\s+{one_of(wording()['carrying_out'])}\s+")


@cache
def not_about() -> re.Pattern[str]:
    """What after "về" tells that no title follows: "về dự", "về thăm"."""
    return re.compile(rf"{one_of(wording()['not_about'])}(?!\w)")


@cache
def known_titles() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Titles that hold a mark at which titles otherwise end: what stands before the marks, and what after each."""
    rows = wording()["known_title"]
    return tuple(row["at"].lower() for row in rows), tuple(row["more"].lower() for row in rows)


@cache
def with_document() -> re.Pattern[str]:
    """Words after which another document ends the title: "gắn với Chỉ thị số"."""
    return re.compile(one_of(wording()["clause_before_document"]))


@cache
def verbs_alone() -> re.Pattern[str]:
    """Verbs that a title may begin with, and nothing they govern: the sentence's own ("… tiếp tục thực hiện, giảm")."""
    verbs = one_of(wording()["title_verbs"], any_case=True)
    carry_out = one_of(("thực hiện", "triển khai"), any_case=True)
    adverbs = one_of(wording()["adverbs"], any_case=True)
    return re.compile(rf"(?:{verbs}\s+)?(?:{verbs}\s+)?{carry_out}(?:\s+{adverbs})?\s*(?:,(?!\s+{verbs})|[;.:)]|$)")


@cache
def issued_too() -> re.Pattern[str]:
    """What leads to another document of the same subject: "… và gửi Hướng dẫn số"."""
    return re.compile(rf"\s*{one_of([*wording()['issuing_verbs'], 'gửi', 'trình'], any_case=True)}\s*")
