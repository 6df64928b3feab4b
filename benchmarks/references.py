"""How fast mentions are found: MB/s on one core over distinct synthetic text, cold and warm, and its growth.

Run ``python benchmarks/references.py [MEGABYTES]``. The text is made from a seed: no two paragraphs are alike, and
about one mention stands in 500 bytes, as in real reports.
"""

from __future__ import annotations

import json
import random
import sys
import time

TYPES = [
    ("Kết luận", "KL/TW", "-"),
    ("Chỉ thị", "CT/TU", "-"),
    ("Nghị quyết", "NQ/HU", "-"),
    ("Kế hoạch", "KH-UBND", "/"),
]
TYPES += [
    ("Quyết định", "QĐ-TTg", "/"),
    ("Nghị định", "NĐ-CP", "/"),
    ("Công văn", "UBND-KGVX", "/"),
    ("Hướng dẫn", "HD/BDVTU", "-"),
]
BODIES = [
    "Ban Bí thư",
    "Bộ Chính trị",
    "Thủ tướng Chính phủ",
    "Ban Thường vụ Tỉnh ủy",
    "UBND huyện Vân Trạch",
    "Sở Nội vụ",
]
NAMED = ["Luật Tiếp công dân năm 2013", "Nghị quyết Trung ương 4 khóa XII", "Nghị quyết Đại hội XIII của Đảng"]
WORDS = (
    "công tác dân vận của cơ quan nhà nước các cấp được quan tâm chỉ đạo thực hiện có hiệu quả góp phần nâng cao "
    "đời sống nhân dân trên địa bàn cấp ủy chính quyền thường xuyên tổ chức đối thoại tiếp xúc lắng nghe giải quyết "
    "kiến nghị chính đáng Mặt trận Tổ quốc đoàn thể vận động hội viên tham gia xây dựng nông thôn mới giảm nghèo bền "
    "vững thủ tục hành chính cán bộ công chức viên chức Tỉnh ủy Huyện ủy Sở Ban UBND Đảng ủy xã phường thôn bản hòa "
    "giải khiếu nại tố cáo 12 1.276 95,6%"
).split()


def mention(rng: random.Random) -> str:
    """One citation, its number, date and body drawn anew."""
    if rng.random() < 0.15:
        return rng.choice(NAMED)
    kind, symbol, sign = rng.choice(TYPES)
    text = f"{kind} số {rng.randrange(1, 2900)}{sign}{symbol}"
    if rng.random() < 0.5:
        text += (
            f", ngày {rng.randrange(1, 29)}/{rng.randrange(1, 13)}/{rng.randrange(2010, 2025)} của {rng.choice(BODIES)}"
        )
    if rng.random() < 0.4:
        text += " về " + " ".join(rng.choices(WORDS[:58], k=rng.randrange(6, 20)))
    return text


def make_text(size: int, seed: int) -> str:
    """Synthetic report text of about this many bytes."""
    rng = random.Random(seed)
    lines: list[str] = []
    total = 0
    while total < size:
        words = rng.choices(WORDS, k=rng.randrange(20, 70))
        if rng.random() < 0.55:
            words.insert(rng.randrange(len(words)), mention(rng))
        line = " ".join(words) + "."
        line = line[0].upper() + line[1:]
        lines.append(line)
        total += len(line.encode()) + 1
    return "\n".join(lines)


def seconds(text: str) -> tuple[float, int]:
    """Time to find the mentions of a text, and how many there are."""
    from danvan_nlp.references import find

    begin = time.process_time()
    count = len(find(text))
    return time.process_time() - begin, count


def main() -> None:
    """Print the figures as JSON."""
    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
    size = int(megabytes * 1e6)
    cold, _ = seconds(make_text(size // 4, 1))
    warm, count = min(seconds(make_text(size, seed)) for seed in (2, 3))
    one = min(seconds(make_text(size // 8, seed))[0] for seed in (4, 5, 6))
    eight = min(seconds(make_text(size, seed))[0] for seed in (7, 8))
    result = {
        "megabytes": megabytes,
        "mentions": count,
        "cold_mb_per_s": round(size / 4e6 / cold, 2),
        "warm_mb_per_s": round(size / 1e6 / warm, 2),
        "time_8x_over_1x": round(eight / one, 2),
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
