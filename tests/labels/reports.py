"""A small report with what labels must survive: emoji, decomposed letters, a line break inside a sentence."""

from __future__ import annotations

import unicodedata
from pathlib import Path

REPORT = """HUYỆN ỦY LÂM KHÊ
Số 45-BC/HU
BÁO CÁO
công tác dân vận năm 2019

I. KẾT QUẢ
Huyện ủy đã quán triệt Kết luận số 114-KL/TW, ngày 14/7/2015 của Ban Bí thư đến 12 đảng bộ. Đã tiếp 214 lượt công dân.
Cán bộ 😀 cười với người dân khi tiếp công dân tại trụ sở xã.
- {decomposed}

II. HẠN CHẾ
Việc giải quyết đơn thư ở một số xã
còn chậm, có vụ việc kéo dài.
=Nội dung tuyên truyền còn chung chung, chưa sát cơ sở.
""".format(decomposed=unicodedata.normalize("NFD", "Tổ hòa giải đã hòa giải thành 31 vụ tranh chấp đất đai."))


def write_report(folder: Path, name: str = "a.txt", text: str = REPORT) -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write(text)
    return path
