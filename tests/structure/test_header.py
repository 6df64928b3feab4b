import pytest

from danvan_nlp.structure import parse
from danvan_nlp.types import Header, Source


def header(text: str) -> Header:
    return parse(Source(text, "txt", "")).header


def test_a_party_report_names_number_date_issuer_and_signer() -> None:
    found = header(
        "HUYỆN ỦY LÂM KHÊ\tĐẢNG CỘNG SẢN VIỆT NAM\nSố 45-BC/HU\tLâm Khê, ngày 10 tháng 12 năm 2019\n\nBÁO CÁO\n"
        "kết quả công tác dân vận năm 2019\n-----\nI. TÌNH HÌNH\nHuyện có 12 xã.\n\nNơi nhận:\n- Tỉnh ủy,\n- Lưu.\n\n"
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nLò Văn Phúc\n"
    )
    assert (found.doc_type, found.number, found.symbol, found.date) == ("báo cáo", "45", "BC/HU", "2019-12-10")
    assert (found.issuer, found.locality, found.admin_level) == ("HUYỆN ỦY LÂM KHÊ", "lam-khe", "cap_huyen")
    assert found.title == "kết quả công tác dân vận năm 2019"
    assert (found.signer, found.signer_title) == ("Lò Văn Phúc", "PHÓ BÍ THƯ")
    assert found.recipients == ("Tỉnh ủy", "Lưu")


def test_a_state_report_has_a_slash_after_its_number() -> None:
    found = header(
        "ỦY BAN NHÂN DÂN\nTỈNH AN HẢI\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 088/BC-UBND\nAn Hải, ngày 3 tháng 2 năm 2020\nBÁO CÁO\nCông tác dân vận chính quyền năm 2019\n"
        "I. KẾT QUẢ\nTỉnh có 9 huyện.\n"
    )
    assert (found.number, found.symbol, found.date) == ("88", "BC-UBND", "2020-02-03")
    assert (found.locality, found.admin_level) == ("an-hai", "cap_tinh")


def test_a_report_without_letterhead_takes_number_and_place_from_its_text() -> None:
    found = header(
        "BÁO CÁO\nTổng kết công tác dân vận\n\nI. TÌNH HÌNH\nTỉnh Hải Vân có 9 huyện. Tỉnh ủy Hải Vân đã chỉ đạo.\n\n"
        "Phụ lục 1\n(Kèm theo Báo cáo số 691-BC/TU, ngày 07/8/2020 của Tỉnh ủy)\nNăm\tSố\n2020\t4\n"
    )
    assert (found.number, found.symbol, found.date, found.locality) == ("691", "BC/TU", "2020-08-07", "hai-van")


@pytest.mark.parametrize(
    "line", ["Số     -BC/TU", "Số: ..…/BC-UBND", "Số      -BC/TU      Lâm Xuyên, ngày 3 tháng 2 năm 2020"]
)
def test_a_number_left_blank_is_no_part_of_the_issuer(line: str) -> None:
    found = header(f"TỈNH ỦY LÂM XUYÊN\n{line}\nBÁO CÁO\ncông tác dân vận năm 2019\nI. KẾT QUẢ\nTỉnh có 9 huyện.\n")
    assert (found.number, found.issuer, found.locality) == (None, "TỈNH ỦY LÂM XUYÊN", "lam-xuyen")
    assert found.symbol in ("BC/TU", "BC-UBND")


def test_a_text_without_header_says_nothing() -> None:
    assert header("Một câu văn không có gì.") == Header()


def test_of_two_who_sign_together_the_first_is_the_signer() -> None:
    found = header(
        "BÁO CÁO\nKết quả phối hợp năm 2022\n\nI. KẾT QUẢ\nĐã tiếp 12 lượt người.\n\n"
        "BAN DÂN VẬN TỈNH ỦY\t\tCÔNG AN TỈNH\n"
        "TRƯỞNG BAN\t\tGIÁM ĐỐC\nBế Xuân Trường\t\tĐại tá Nông Quốc Việt\n"
    )
    assert (found.signer, found.signer_title) == ("Bế Xuân Trường", "TRƯỞNG BAN")


def test_columns_that_a_scan_ran_together_are_told_apart() -> None:
    found = header(
        "UỶ BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHÀNH PHỐ KIM BẢNG Độc lập - Tự do - Hạnh phúc\n"
        "Số: 2316/BC-UBND Kim Bảng, ngày 24 tháng 11 năm 2017\nBÁO CÁO\nCông tác dân vận năm 2017\n\n"
        "I. KẾT QUẢ\nĐã tiếp 12 lượt người.\n\nNơi nhận: TM. UỶ BAN NHÂN DÂN\n- Thành uỷ; CHỦ TỊCH\n"
        "- Lưu: VT. Đặng Quốc Khởi\n"
    )
    assert (found.issuer, found.place) == ("ỦY BAN NHÂN DÂN THÀNH PHỐ KIM BẢNG", "Kim Bảng")
    assert (found.signer, found.signer_title) == ("Đặng Quốc Khởi", "CHỦ TỊCH")
    assert found.recipients == ("Thành ủy", "Lưu: VT")


def test_recipients_may_stand_on_one_line() -> None:
    found = header("I. KẾT QUẢ\nĐã tiếp 12 lượt người.\n\nNơi nhận: - Tỉnh ủy (b/c); - Các huyện ủy; - Lưu VP.\n")
    assert found.recipients == ("Tỉnh ủy (b/c)", "Các huyện ủy", "Lưu VP")


def test_a_committee_is_no_ministry_and_society_no_commune() -> None:
    front = "{}\nSố 12-BC/ĐU\nBÁO CÁO\nCông tác dân vận năm 2019\n\nI. KẾT QUẢ\nĐã tiếp 12 lượt người.\n"
    assert header(front.format("ĐẢNG BỘ HUYỆN LÂM KHÊ")).admin_level == "cap_huyen"
    assert header(front.format("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI")).admin_level == "cap_tinh"


def test_a_footnote_mark_on_the_issuer_is_no_part_of_its_name() -> None:
    found = header("TỈNH ỦY QUẾ LÂM¹\n*\nSố 12-BC/TU\n\nBÁO CÁO\nvề công tác dân vận\n\nTỉnh có 9 huyện.\n")
    assert (found.issuer, found.locality) == ("TỈNH ỦY QUẾ LÂM", "que-lam")


@pytest.mark.parametrize(
    "subject", ["V/v báo cáo kết quả công tác dân vận\nnăm 2016", "(V/v: báo cáo kết quả công tác dân vận năm 2016)"]
)
def test_a_letter_without_title_is_named_by_its_subject(subject: str) -> None:
    found = header(
        f"UBND HUYỆN LÂM KHÊ\nSố: 318/UBND-NV\n{subject}\nLâm Khê, ngày 14 tháng 12 năm 2016\nKính gửi: UBND tỉnh.\n\n"
        "Huyện đã tổ chức 03 hội nghị đối thoại với người dân.\n"
    )
    assert (found.doc_type, found.title) == ("công văn", "báo cáo kết quả công tác dân vận năm 2016")


@pytest.mark.parametrize("word", ["Sỗ", "Sổ", "Só", "SỐ"])
def test_the_number_line_is_read_through_a_wrong_accent(word: str) -> None:
    found = header(
        f"HUYỆN ỦY LÂM KHÊ\n{word}: 07-BC/HU\nBÁO CÁO\nCông tác dân vận năm 2014\n\nĐã tiếp 12 lượt người.\n"
    )
    assert (found.number, found.symbol, found.issuer) == ("7", "BC/HU", "HUYỆN ỦY LÂM KHÊ")


@pytest.mark.parametrize(
    ("head", "signed"),
    [
        (
            "TỈNH ỦY PHÚ LĂNG HUYỆN ỦY NA SA * Số 57-BC/HU\tĐẢNG CỘNG SẢN VIỆT NAM Na Sa, ngày 9 tháng 7 năm 2020",
            "Nơi nhận: - Tỉnh ủy, - Lưu.\tT/M BAN THƯỜNG VỤ PHÓ BÍ THƯ (đã ký) Lò Văn Phúc",
        ),
        (
            "| TỈNH ỦY PHÚ LĂNG  **HUYỆN ỦY NA SA**  \\*  Số 57-BC/HU "
            "| **ĐẢNG CỘNG SẢN VIỆT NAM**  *Na Sa, ngày 9 tháng 7 năm 2020* |",
            "| ***Nơi nhận:***  - Tỉnh ủy,  - Lưu. | **T/M BAN THƯỜNG VỤ**  **PHÓ BÍ THƯ**  **Lò Văn Phúc** |",
        ),
    ],
    ids=["tabs", "bars"],
)
def test_a_cell_may_hold_a_whole_letterhead_or_signature(head: str, signed: str) -> None:
    found = header(f"{head}\n\nBÁO CÁO\nkết quả công tác dân vận\n\nI. KẾT QUẢ\nHuyện có 12 xã.\n\n{signed}\n")
    assert (found.issuer, found.locality, found.date) == ("HUYỆN ỦY NA SA", "na-sa", "2020-07-09")
    assert (found.signer, found.signer_title) == ("Lò Văn Phúc", "PHÓ BÍ THƯ")


@pytest.mark.parametrize(
    "issuer",
    ["BAN DÂN VẬN TỈNH ỦY PHÚ LĂNG", "ỦY BAN NHÂN DÂN THÀNH PHỐ HỘI KHÊ", "ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH PHÚ LĂNG"],
)
def test_a_body_named_with_another_in_its_name_is_one_body(issuer: str) -> None:
    assert header(f"{issuer}\nSố 5-BC/X\n\nBÁO CÁO\nnăm 2019\n\nI. KẾT QUẢ\nĐã làm.\n").issuer == issuer
