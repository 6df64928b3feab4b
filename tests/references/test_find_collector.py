"""Finding mentions pauses the collector of reference cycles, and leaves it as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from danvan_nlp.references import find

TEXT = (
    "Thực hiện Quyết định số 217-QĐ/TW, 218-QĐ/TW, ngày 12/12/2013 của Bộ Chính trị, "
    "khoản 2 Điều 6 Nghị định số 04/2015/NĐ-CP và Luật Tiếp công dân năm 2013; Nghị quyết Trung ương 4 khóa XI, XII. "
    "Quyết định này thay thế Quyết định 51."
)


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    enabled = gc.isenabled()
    yield
    (gc.enable if enabled else gc.disable)()


@pytest.mark.parametrize("switch", [gc.enable, gc.disable])
def test_the_collector_is_left_as_the_caller_had_it(switch):
    switch()
    before = gc.isenabled()
    find(TEXT)
    assert gc.isenabled() == before


@pytest.mark.parametrize("switch", [gc.enable, gc.disable])
def test_the_collector_is_left_as_the_caller_had_it_where_reading_fails(switch):
    switch()
    before = gc.isenabled()
    with pytest.raises(AttributeError):
        find(None)  # type: ignore[arg-type]
    assert gc.isenabled() == before


def test_readers_in_several_threads_leave_the_collector_on():
    gc.enable()
    with ThreadPoolExecutor(4) as readers:
        list(readers.map(find, [TEXT * 20] * 40))
    assert gc.isenabled()


def test_nothing_that_is_made_waits_for_the_collector():
    find(TEXT)
    gc.disable()
    gc.collect()
    find(TEXT)
    assert gc.collect() == 0
