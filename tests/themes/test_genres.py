"""Texts of other genres that no part of the tagger learnt from."""

import pytest

from danvan_nlp.themes import SentenceContext, lang_score, load_model

TEXTS = {
    "recipe": "Cá lóc làm sạch, cắt khúc dày hai phân, ướp với nước màu, nước mắm, đường, tiêu và hành băm.\n"
    "Đổ nước dừa xăm xắp mặt cá, để lửa nhỏ cho đến khi nước sánh lại.",
    "football": "Phút 78, từ đường chuyền của tiền vệ số 8, tiền đạo ngoại binh đánh đầu ấn định tỷ số 2-1.\n"
    "Với ba điểm này, đội khách vươn lên đứng thứ tư trên bảng xếp hạng.",
    "fiction": "Bà cụ ngồi bên hiên, tay run run bóc từng múi bưởi cho thằng cháu.\n"
    "Nó hỏi bao giờ mẹ về, bà không trả lời, chỉ nhìn ra con đường đất đỏ hun hút.",
    "fire": "Rạng sáng nay, lực lượng cứu hỏa mất gần ba giờ mới khống chế được đám cháy tại một xưởng gỗ.\n"
    "Theo nhân chứng, ngọn lửa bùng lên từ khu vực sơn.\nRất may không có người bị thương.",
    "weather": "Đêm nay và sáng mai, các tỉnh phía Bắc trời rét, vùng núi có nơi rét đậm.\n"
    "Khu vực ven biển có gió đông bắc cấp 5, giật cấp 7.",
    "English": "Citizens were received on a weekly basis and 214 petitions were settled.\nWeaknesses remain.",
}


@pytest.mark.parametrize("genre", TEXTS)
def test_it_has_no_theme_and_its_score_says_why(genre: str) -> None:
    sentences = [SentenceContext(text=line, document=genre) for line in TEXTS[genre].split("\n")]
    assert not any(tagging.themes for tagging in load_model().tag(sentences))
    assert lang_score(TEXTS[genre]) < 0.5
