"""The wordings at which titles begin and end, compiled once from references.toml."""

from __future__ import annotations

import re
from functools import cache

from danvan_nlp.references.vocabulary import load_toml, one_of, wording


@cache
def title_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """How a title opens; marks it may end at; a new clause after a comma; a subject at its end; a local addition."""
    words = wording()
    bodies = load_toml("issuers.toml")["bodies"]
    subject = rf"(?:{one_of(words['subjects'])}|{one_of(bodies)})"
    verbs = one_of(words["subject_verbs"])
    opening = re.compile(rf"(?:{one_of(words['title_verbs'])})(?!\w)", re.IGNORECASE)
    marks = re.compile(
        rf"[;:“\"«…]|\.(?=\s|$|\.)|\((?=\s*(?i:{one_of(words['aside'])})(?!\w))"
        rf"|,|\s(?:và(?=\s)|(?:{one_of(words['clause_words'])}|{one_of(words['local_tails'])}|{one_of(words['clause_before_document'])})(?!\w))"
        r"|(?<!không)(?<!quyền)(?<!chưa)(?<!những)\sđược(?!\w)|\s(?:với|gồm)\s+\d"
    )
    after_comma = re.compile(
        rf",\s+(?!{one_of(words['no_clause'])}(?!\w))(?:{one_of(words['clause_after_comma'])}(?!\w)|năm\s+\d|\d+(?:[.,]\d+)?(?:%|/|\s+(?!tháng))"
        rf"|{subject}(?!\w)(?:\s+[^\s,;.:]+){{0,8}}?\s+{verbs}(?!\w))"
    )
    final_subject = re.compile(rf"\s(?:{subject})(?:\s+(?:[A-ZĐ]\w*|tỉnh|huyện|thành\s+phố|xã|phường|các\s+cấp))*$")
    return opening, marks, after_comma, final_subject, re.compile(rf"{one_of(words['local_tails'])}(?!\w)")


@cache
def introductions() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A sentence that opens with the documents it follows, and the body that its main clause begins with."""
    words = wording()
    opening = [phrase[0].upper() + phrase[1:] for phrase in words["introductions"]]
    return (
        re.compile(rf"(?<!\w){one_of(opening)}(?!\w)"),
        re.compile(rf",\s+{one_of(words['clause_bodies'])}(?!\w)"),
    )


@cache
def not_about() -> re.Pattern[str]:
    """What after "về" tells that no title follows: "về dự", "về thăm"."""
    return re.compile(rf"{one_of(wording()['not_about'])}(?!\w)")


@cache
def with_document() -> re.Pattern[str]:
    """Words after which another document ends the title: "gắn với Chỉ thị số"."""
    return re.compile(one_of(wording()["clause_before_document"]))


@cache
def verbs_alone() -> re.Pattern[str]:
    """Verbs that a title may begin with, and nothing they govern: the sentence's own ("… tiếp tục thực hiện, giảm")."""
    verbs = one_of(wording()["title_verbs"])
    return re.compile(
        rf"(?:{verbs}\s+)?(?:{verbs}\s+)?(?:thực\s+hiện|triển\s+khai)(?:\s+{one_of(wording()['adverbs'])})?"
        rf"\s*(?:,(?!\s+{verbs})|[;.:)]|$)",
        re.IGNORECASE,
    )


@cache
def issued_too() -> re.Pattern[str]:
    """What leads to another document of the same subject: "… và gửi Hướng dẫn số"."""
    return re.compile(rf"\s*(?:{one_of(wording()['issuing_verbs'])}|gửi|trình)\s*", re.IGNORECASE)
