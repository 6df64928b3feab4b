"""How fast mentions are found, beside the extractors of other languages: one core, text that no cache has seen.

``python benchmarks/references.py [MEGABYTES]`` prints JSON; 50 MB unless told. All times are CPU times of one process.

- cold: from the import on, over MEGABYTES of distinct reports; warm: as many other reports after them. Every report
  is written from a seed: numbers, dates, bodies, places, titles and sentences are drawn anew, one mention stands in
  about 560 bytes, and seven of ten state a date, six an issuer and a title, as in real reports.
- one_document and one_line: the same amount as a single report, and without any line break.
- time_8x: time for 8 times the text over the time for the text; less than 10 is linear.
- memory: by how much the peak of the process grows over the second half of the reports, and what one report of
  MEGABYTES takes beyond its own text.
- peers: eyecite on English opinions and refex on German judgments written in the same way, at the same density.
  They are no dependencies of this project: ``pip install eyecite hyperscan legal-reference-extraction``.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

REPORT, BATCH = 50_000, 40
PEER_BYTES = 2_000_000
PACKAGES = {"eyecite": "eyecite", "eyecite_hyperscan": "eyecite hyperscan", "refex": "legal-reference-extraction"}
SYLLABLES = (
    "công tác dân vận của cơ quan nhà nước các cấp được quan tâm chỉ đạo thực hiện có hiệu quả góp phần nâng cao đời "
    "sống nhân dân trên địa bàn cấp ủy chính quyền thường xuyên tổ chức đối thoại tiếp xúc lắng nghe giải quyết kiến "
    "nghị chính đáng đoàn thể vận động hội viên tham gia xây dựng nông thôn mới giảm nghèo bền vững thủ tục hành chính "
    "cán bộ công chức viên chức xã phường thôn bản hoà giải khiếu nại tố cáo tuyên truyền phổ biến pháp luật củng cố "
    "kiện toàn mô hình điển hình phong trào thi đua an sinh xã hội việc làm giáo dục y tế văn hóa môi trường dân tộc "
    "tôn giáo quốc phòng an ninh trật tự doanh nghiệp hợp tác hộ gia đình cựu chiến binh phụ nữ thanh niên nông dân"
).split()
NAMES = "Sa Giang Vân Trạch Lục Nhạm Phiêng Đắk Tân Hòa Bình Long Phú Thạch Linh Mường Khê Nậm Kim Sơn Yên Bắc".split()
TYPES = {
    "Kết luận": ("-", "KL/TW", "KL/TU"),
    "Chỉ thị": ("-", "CT/TW", "CT/TU", "CT/HU"),
    "Nghị quyết": ("-", "NQ/TW", "NQ/TU", "NQ/HU"),
    "Chương trình": ("-", "CTr/TU", "CTr/BCSĐUBND-BDVTU"),
    "Hướng dẫn": ("-", "HD/BDVTU", "HD/BTGTU"),
    "Kế hoạch": ("/", "KH-UBND", "KH-SNV", "KH-BCĐ"),
    "Quyết định": ("/", "QĐ-TTg", "QĐ-UBND"),
    "Nghị định": ("/", "NĐ-CP"),
    "Công văn": ("/", "UBND-KGVX", "SNV-CCHC"),
}
BODIES = "Ban Bí thư|Bộ Chính trị|Thủ tướng Chính phủ|Chính phủ|Ban Chấp hành Trung ương Đảng|Ban Thường vụ Tỉnh ủy {}|"
BODIES += "UBND tỉnh {}|UBND huyện {}|Huyện ủy {}|Sở Nội vụ|Ban Dân vận Tỉnh ủy|Hội đồng nhân dân tỉnh {}"
LAWS = ("Tiếp công dân", "Khiếu nại", "Tố cáo", "Thực hiện dân chủ ở cơ sở", "Mặt trận Tổ quốc Việt Nam", "Đất đai")
TITLE_VERBS = "tăng cường|nâng cao|đổi mới|tiếp tục đẩy mạnh|một số nhiệm vụ, giải pháp|ban hành|triển khai".split("|")


class Writer:
    """Writes reports from a seed; no two sentences are alike."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)

    def words(self, low: int, high: int) -> str:
        """Syllables, at least ``low`` and fewer than ``high``."""
        return " ".join(self.rng.choices(SYLLABLES, k=self.rng.randrange(low, high)))

    def place(self) -> str:
        """The name of a place."""
        return " ".join(self.rng.choices(NAMES, k=2))

    def date(self) -> str:
        """A date in one of the ways of writing it."""
        day, month, year = self.rng.randrange(1, 29), self.rng.randrange(1, 13), self.rng.randrange(2008, 2025)
        return self.rng.choice(("{}/{}/{}", "{}-{}-{}", "{:02}/{:02}/{}", "{} tháng {} năm {}")).format(
            day, month, year
        )

    def number(self, sign: str, symbol: str) -> str:
        """A number with its symbol."""
        year = f"/{self.rng.randrange(2008, 2025)}" if symbol == "NĐ-CP" else ""
        return f"{self.rng.randrange(1, 2900)}{year}{sign}{symbol}"

    def named(self) -> str:
        """A document named without number."""
        kind = self.rng.randrange(3)
        if kind == 0:
            return f"Luật {self.rng.choice(LAWS)} năm {self.rng.randrange(2008, 2025)}"
        term = self.rng.choice(("X", "XI", "XII", "XIII"))
        if kind == 1:
            return f"Nghị quyết Trung ương {self.rng.randrange(3, 10)} khóa {term}"
        return f"Nghị quyết Đại hội đại biểu Đảng bộ tỉnh lần thứ {term}"

    def mention(self) -> str:
        """One citation as reports cite: bare, full, a list, a short form, or by name."""
        chance = self.rng.random()
        if chance < 0.12:
            return self.named()
        kind = self.rng.choice(list(TYPES))
        if chance < 0.16:
            return f"{kind} này"
        sign, *symbols = TYPES[kind]
        symbol = self.rng.choice(symbols)
        text = f"{kind} số {self.number(sign, symbol)}"
        if chance < 0.22:
            text += f", {self.number(sign, symbol)}"
        if self.rng.random() < 0.85:
            text += self.rng.choice((", ngày ", " ngày ")) + self.date()
        if self.rng.random() < 0.75:
            text += f" của {self.rng.choice(BODIES.split('|')).format(self.place())}"
        if self.rng.random() < 0.72:
            title = f"{self.rng.choice(TITLE_VERBS)} {self.words(8, 24)}"
            text += self.rng.choice((" về {}", " về việc {}", " “{}”", " về “{}”")).format(title)
        return text

    def sentence(self) -> str:
        """A sentence with figures and names, every other one with a mention."""
        words = self.words(18, 62).split()
        for _ in range(self.rng.randrange(4)):
            words[self.rng.randrange(len(words))] = self.rng.choice(
                (f"{self.rng.randrange(2, 900)}", f"{self.rng.randrange(100)},{self.rng.randrange(10)}%", self.place(),
                 f"UBND xã {self.place()}", f"1.{self.rng.randrange(100, 999)} lượt,")
            )  # fmt: skip
        if self.rng.random() < 0.52:
            words.insert(self.rng.randrange(len(words)), self.mention())
        text = " ".join(words)
        return f"{text[0].upper()}{text[1:]}."

    def report(self, size: int) -> str:
        """A report of about this many bytes: headings, paragraphs, bullets."""
        lines = [f"BÁO CÁO\nKết quả {self.words(6, 14)}\n"]
        total = 0
        while total < size:
            lead = self.rng.choice(("", "", "", "- ", "+ ", f"{self.rng.randrange(1, 9)}. "))
            line = lead + " ".join(self.sentence() for _ in range(self.rng.randrange(1, 3)))
            if self.rng.random() < 0.04:
                line = (
                    f"\n{self.rng.randrange(1, 9)}.{self.rng.randrange(1, 9)}. {self.words(5, 12).capitalize()}\n{line}"
                )
            lines.append(line)
            total += len(line.encode()) + 1
        return "\n".join(lines)


def reports(size: int, seed: int) -> Iterator[str]:
    """Distinct reports that hold this many bytes together."""
    for index in range(max(1, size // REPORT)):
        yield Writer(seed * 1_000_003 + index).report(min(size, REPORT))


def opinion(rng: random.Random, size: int) -> str:
    """An English opinion: cases, statutes and short forms."""
    words = (
        "the court held that plaintiff had failed to state a claim under this rule and judgment was affirmed".split()
    )
    cites: list[Callable[[], str]] = [
        lambda: (
            f"{rng.choice(words).title()} v. {rng.choice(words).title()}, {rng.randrange(1, 600)} U.S. "
            f"{rng.randrange(1, 999)}, {rng.randrange(1, 999)} ({rng.randrange(1900, 2024)})"
        ),
        lambda: f"{rng.randrange(1, 999)} F.3d {rng.randrange(1, 1400)} (9th Cir. {rng.randrange(1994, 2020)})",
        lambda: f"{rng.randrange(1, 50)} U.S.C. § {rng.randrange(1, 9999)}",
        lambda: f"Id. at {rng.randrange(1, 900)}",
    ]
    return _written(rng, size, words, cites)


def judgment(rng: random.Random, size: int) -> str:
    """A German judgment: sections of laws and decisions of courts."""
    words = (
        "der Kläger hat gegen die Beklagte keinen Anspruch auf Zahlung weil das Gericht dem Antrag nicht folgt".split()
    )
    cites: list[Callable[[], str]] = [
        lambda: f"§ {rng.randrange(1, 900)} Abs. {rng.randrange(1, 5)} {rng.choice(('BGB', 'VwGO', 'ZPO', 'StGB'))}",
        lambda: f"§§ {rng.randrange(1, 400)}, {rng.randrange(400, 900)} BGB",
        lambda: (
            f"BGH, Urteil vom {rng.randrange(1, 28)}.{rng.randrange(1, 12)}.{rng.randrange(1990, 2024)} - "
            f"{rng.choice(('VIII', 'IX', 'XI'))} ZR {rng.randrange(1, 400)}/{rng.randrange(10, 24)}"
        ),
    ]
    return _written(rng, size, words, cites)


def _written(rng: random.Random, size: int, words: list[str], cites: list[Callable[[], str]]) -> str:
    pieces: list[str] = []
    total = 0
    while total < size:
        pieces.append(" ".join(rng.choices(words, k=rng.randrange(40, 120))) + f", {rng.choice(cites)()}.")
        total += len(pieces[-1].encode()) + 1
    return "\n".join(pieces)


def clocked(call: Callable[[str], Any], texts: Iterator[str]) -> tuple[float, int, int]:
    """CPU seconds that a call takes on texts, without the time to write them; their bytes; what it found.

    Some are written at a time, then all of them read, as a run over files does.
    """
    seconds, size, found = 0.0, 0, 0
    while batch := list(islice(texts, BATCH)):
        begin = time.process_time()
        found += sum(len(call(text)) for text in batch)
        seconds += time.process_time() - begin
        size += sum(len(text.encode()) for text in batch)
    return seconds, size, found


def speed(call: Callable[[str], Any], texts: Iterator[str]) -> dict[str, float]:
    """MB/s and bytes to a mention."""
    seconds, size, found = clocked(call, texts)
    return {"mb_per_s": round(size / 1e6 / seconds, 2), "bytes_per_mention": round(size / max(1, found))}


def peak() -> float:
    """Most memory the process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def own(size: int) -> dict[str, Any]:
    """The figures of this project."""
    begin = time.process_time()
    from danvan_nlp.references import find

    seconds = time.process_time() - begin
    taken, total, found = clocked(find, reports(size // 2, 1))
    half = peak()
    more, rest, others = clocked(find, reports(size // 2, 2))
    result: dict[str, Any] = {
        "cold_mb_per_s": round((total + rest) / 1e6 / (seconds + taken + more), 2),
        "warm": speed(find, reports(size, 3)),
        "bytes_per_mention": round((total + rest) / (found + others)),
        "memory_growth_kb_per_mb": round((peak() - half) * 1024 / ((rest + size) / 1e6), 1),
    }
    before = peak()
    whole = "\n".join(reports(size, 4))
    result["one_document"] = speed(find, iter([whole]))
    result["one_document_memory_mb_per_mb"] = round((peak() - before) / (len(whole.encode()) / 1e6), 1)
    result["one_line"] = speed(find, iter([whole.replace("\n", " ")]))
    result |= {f"time_8x_{name}": growth(find, size, line=name == "one_line") for name in ("one_document", "one_line")}
    return result


def growth(find: Callable[[str], Any], size: int, *, line: bool) -> float:
    """Time for one document of a size over the time for one of an eighth of it, the best of three, taken in turn."""
    texts = ["\n".join(reports(length, 5)) for length in (size // 8, size)]
    if line:
        texts = [text.replace("\n", " ") for text in texts]
    rounds = [[clocked(find, iter([text]))[0] for text in texts] for _ in range(3)]
    return round(min(taken[1] for taken in rounds) / min(taken[0] for taken in rounds), 2)


def imported(name: str) -> Any:
    """A module that this project does not need, or None."""
    try:
        return import_module(name)
    except ImportError:
        return None


def peers(size: int) -> dict[str, Any]:
    """The figures of other extractors, or how to install them."""
    count = max(1, size // REPORT)
    opinions = [opinion(random.Random(seed), REPORT) for seed in range(count)]
    judgments = [judgment(random.Random(seed), REPORT) for seed in range(count)]
    calls: dict[str, Callable[[str], Any]] = {}
    if eyecite := imported("eyecite"):
        calls["eyecite"] = eyecite.get_citations
        if imported("hyperscan"):
            tokenizer = import_module("eyecite.tokenizers").HyperscanTokenizer()
            calls["eyecite_hyperscan"] = lambda text: eyecite.get_citations(text, tokenizer=tokenizer)
    if refex := imported("refex.orchestrator"):
        extractor = refex.CitationExtractor()
        calls["refex"] = lambda text: extractor.extract(text).citations
    result: dict[str, Any] = {}
    for name, package in PACKAGES.items():
        texts = judgments if name == "refex" else opinions
        if call := calls.get(name):
            call(texts[0][:2000])
            result[name] = speed(call, iter(texts))
        else:
            result[name] = f"not installed: pip install {package}"
    return result


def main() -> None:
    """Print the figures as JSON."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 50.0
    size = int(megabytes * 1e6)
    result = {"megabytes": megabytes} | own(size) | {"peers": peers(min(size, PEER_BYTES))}
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
