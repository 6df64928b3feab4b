import csv
import tomllib
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from danvan_nlp.annotated import read_annotated
from danvan_nlp.reading import read_source, repair
from danvan_nlp.reading.legacy import decode_legacy, encode_legacy, encoding_of_font
from danvan_nlp.reading.legacy.encodings import encodings
from danvan_nlp.reading.legacy.syllables import is_syllable

ANNOTATED = sorted((Path(__file__).resolve().parents[2] / "corpora" / "annotated").glob("*.txt"))
ENCODINGS = ["tcvn3", "vni", "vps", "viscii", "windows-1258", "utf-8"]
_TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]

ENGLISH = [
    "The naïve café owner's résumé was reviewed; a fiancée in São Paulo sent 20 % — “quite enough”, she said.",
    "Piñata, jalapeño, façade, Zürich, Ångström, coöperate: loan words keep their marks.",
    "© 2019 The Authors. All rights reserved. 25 °C ± 2, ½ cup, § 12, 3 × 4 µm.",
    "Do to me in on an can hay tin: no.",
]
FRENCH = [
    "Là où l'été dure, les élèves étudient à côté de la fenêtre; ça coûte très cher.",
    "Le préfet a été reçu à l'hôtel de ville, où il a prononcé un discours très applaudi.",
    "Garçon, où est passé le goûter des élèves ? — À l'école, bien sûr.",
    "été à où là",
    "À bientôt, mon cœur; n'oublie pas les œufs et l'huile d'olive dès ton arrivée à Nîmes.",
]
OTHERS = [
    "Größe, Übermut, schön, Straße, Bär und Öl",
    "El niño comió piña en el baño según Íñigo",
    "Ação, coração, não, põe",
]

PROSE = [
    "Les communes rurales ont été invitées à présenter leurs rapports sur la démocratie à la base en février.",
    "Le comité populaire a reçu neuf délégations étrangères; il a signé un accord de coopération décentralisée.",
    "Die Gemeinden müssen jährlich über die Bürgerbeteiligung berichten; die Prüfung folgt später für alle Ämter.",
    "Los municipios informarán cada año sobre la participación ciudadana; también habrá capacitación en línea.",
    "Os municípios deverão apresentar relatórios; não há exceções, e a comissão fará verificações à distância.",
    "Kommunerne skal hvert år indberette; på øen Ærø gælder særlige regler, og afgørelsen træffes af rådet.",
    "naïve résumé cliché fiancée façade déjà vu à la carte crème brûlée entrée",
    "© ® ™ § ¶ • … – — “ ” ‘ ’ € £ ¥ ½ ¼ ¾ ± × ÷ ° µ ² ³ ¹ ª º",
    "if (ñ < 3) { print(á[i] ^ 0xC3); } // Ça marche; naïve_façade += Ö",
    "mailto:josé.muñoz@correo.es https://fr.wikipedia.org/wiki/Démocratie?é=1&à=2 C:\\Données\\été\\février.docx",
    "Hội nghị tại Paris: « Démocratie à la base » do ông François Müller và bà Zoë Núñez chủ trì.",
]


def syllables() -> list[str]:
    data = tomllib.loads((files("danvan_nlp.data") / "syllables.toml").read_text(encoding="utf-8"))
    made = []
    for onset in ("", *data["onsets"]["words"]):
        for rime in data["rimes"]["words"]:
            vowels = [i for i, c in enumerate(rime) if c in "aăâeêioôơuưy"]
            for tone in _TONES:
                # The place of the tone mark does not matter to an encoding; the main vowel is the second of three.
                at = vowels[len(vowels) // 2 if len(vowels) > 1 else 0]
                made.append(onset + unicodedata.normalize("NFC", rime[: at + 1] + tone + rime[at + 1 :]))
    return made


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_syllable_goes_through_every_encoding_and_back(encoding: str) -> None:
    wrong = [s for s in syllables() if decode_legacy(encode_legacy(s, encoding), encoding) != s]
    assert not wrong
    if encoding != "tcvn3":
        wrong = [s for s in syllables() if decode_legacy(encode_legacy(s.upper(), encoding), encoding) != s.upper()]
        assert not wrong


def test_capitals_of_tcvn3_come_from_its_capital_fonts() -> None:
    wrong = [
        s for s in syllables() if decode_legacy(encode_legacy(s.upper(), "tcvn3"), "tcvn3", capitals=True) != s.upper()
    ]
    assert not wrong


def test_every_row_of_letters_is_complete_and_unambiguous() -> None:
    rows = list(
        csv.DictReader((files("danvan_nlp.data") / "legacy_letters.csv").read_text(encoding="utf-8").splitlines())
    )
    assert len(rows) == 134
    for encoding in ("tcvn3", "vni", "vps", "viscii"):
        codes = [row[encoding] for row in rows if row[encoding]]
        assert len(set(codes)) == len(codes)
        assert len(codes) == (74 if encoding == "tcvn3" else 134)


@pytest.mark.parametrize("key", ["tcvn3", "vni", "vps", "viscii"])
def test_the_example_of_an_encoding_is_decoded(key: str) -> None:
    about = tomllib.loads((files("danvan_nlp.data") / "legacy_encodings.toml").read_text(encoding="utf-8"))
    shown, meant = about[key]["example"]
    assert decode_legacy(shown, key) == meant
    assert encodings()[key].name


@pytest.mark.parametrize("text", ENGLISH + FRENCH + OTHERS)
def test_other_languages_are_never_touched(text: str) -> None:
    assert repair(text).plan.steps == ()
    assert repair("\n".join([text] * 20)).text == "\n".join([text] * 20)


@pytest.mark.parametrize("text", PROSE)
def test_no_stretch_of_prose_code_or_addresses_is_touched(text: str) -> None:
    words = text.split()
    stretches = (" ".join(words[i : i + n]) for n in (2, 3, 4, 5, 8) for i in range(len(words)))
    assert [stretch for stretch in stretches if repair(stretch).text != stretch] == []


ONE = "Thực hiện Kết luận số 114-KL/TW của Ban Bí thư, Huyện ủy đã chỉ đạo các xã đối thoại với nhân dân."
TWO = "Các cấp ủy tiếp 1.204 lượt công dân, giải quyết 98,5% đơn khiếu nại, tố cáo thuộc thẩm quyền."
ENGLISH_IN_IT = "Dự án ODA của World Bank (WB) tại huyện đã hoàn thành 85%."


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (f"{encode_legacy(ONE, 'tcvn3')}\n{encode_legacy(TWO, 'vni')}", f"{ONE}\n{TWO}"),
        (f"{ONE}\n{encode_legacy(TWO, 'vni')}", f"{ONE}\n{TWO}"),
        (f"The bank.\n{encode_legacy(ONE, 'tcvn3')}\nL'été à Đà Lạt", f"The bank.\n{ONE}\nL'été à Đà Lạt"),
        (encode_legacy(ENGLISH_IN_IT, "tcvn3"), ENGLISH_IN_IT),
        (encode_legacy(encode_legacy(ONE, "utf-8"), "utf-8"), ONE),
        (f"{ONE}\n{encode_legacy(TWO, 'utf-8')}", f"{ONE}\n{TWO}"),
    ],
    ids=["two encodings", "after Unicode", "between languages", "with English", "twice wrong", "wrong in part"],
)  # fmt: skip
def test_each_line_says_itself_in_which_encoding_it_is(written: str, meant: str) -> None:
    assert repair(written).text == meant


@pytest.mark.parametrize("path", ANNOTATED, ids=lambda path: path.stem)
def test_correct_vietnamese_is_never_touched_in_any_form(path: Path) -> None:
    text = read_annotated(path).text
    for form in ("NFC", "NFD"):
        written = unicodedata.normalize(form, text)
        assert repair(written).text == written
        for line in written.splitlines():
            assert repair(line).text == line


@given(st.lists(st.sampled_from(syllables()).filter(is_syllable), min_size=1, max_size=30))
def test_any_syllables_in_unicode_are_never_touched(words: list[str]) -> None:
    text = " ".join(words)
    assert repair(text).text == text
    assert repair(unicodedata.normalize("NFD", text)).plan.steps == ()


@given(st.text(max_size=200))
def test_a_plan_makes_the_same_change_again(text: str) -> None:
    repaired = repair(text)
    assert repaired.plan.apply(text) == repaired.text
    assert all(text[step.start : step.end] == step.before for step in repaired.plan)


def test_a_plan_of_another_text_is_refused() -> None:
    plan = repair("C«ng t¸c d©n vËn cña chÝnh quyÒn").plan
    assert plan.reason
    with pytest.raises(ValueError, match="another text"):
        plan.apply("C«ng an")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_whole_reports_come_back(encoding: str) -> None:
    equal = total = 0
    for path in ANNOTATED[:12]:
        text = unicodedata.normalize("NFC", read_annotated(path).text)
        # Signs that an encoding has no place for would not come back whatever the decoder does.
        text = text.translate(str.maketrans("“”‘’–…", "\"\"''-.")).translate(str.maketrans("", "", "¹²³°½×≥≤"))
        repaired = repair(encode_legacy(text, encoding))
        assert {step.encoding for step in repaired.plan} == {encoding}
        words = text.split()
        total += len(words)
        equal += sum(a == b for a, b in zip(repaired.text.split(), words, strict=True))
    assert equal / total >= (0.995 if encoding == "tcvn3" else 0.999)


def test_text_files_in_old_encodings_are_read(tmp_path: Path) -> None:
    text = "TỈNH UỶ KHAU LĂNG\nThực hiện Công văn số 12-CV/TU, cấp uỷ các cấp đã lãnh đạo công tác dân vận.\n"
    for encoding in ("tcvn3", "vni", "vps", "viscii"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(
            b"".join(
                c.encode("cp1252") if c.isascii() or ord(c) > 255 else c.encode("latin-1")
                for c in encode_legacy(text, encoding)
            )
        )
        source = read_source(path)
        assert source.text == text
        assert encodings()[encoding].name in source.repairs[0]


@pytest.mark.parametrize(
    ("font", "expected"),
    [
        (".VnTime", ("tcvn3", False)),
        (".VnTimeH", ("tcvn3", True)),
        (".VnArial Narrow", ("tcvn3", False)),
        (".VnArial NarrowH", ("tcvn3", True)),
        ("VNI-Times", ("vni", False)),
        ("VPS Times", ("vps", False)),
        ("Arial", None),
        ("Vnesse", None),
        (None, None),
    ],
)
def test_fonts_tell_their_encoding(font: str | None, expected: tuple[str, bool] | None) -> None:
    assert encoding_of_font(font) == expected
