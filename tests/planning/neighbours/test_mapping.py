"""Mappings: what a row says in our terms, and what is held of it."""

import copy
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from planning.neighbours.canonical import Value
from planning.neighbours.mapping import Create, map_row, native_of
from planning.neighbours.mapping_document import read_mapping
from planning.neighbours.row import Facts, Held, Row, Trouble
from planning.refusal import Refused

CHINA, TODAY = ZoneInfo("Asia/Shanghai"), date(2026, 12, 5)
DOCUMENT: dict[str, Any] = {
    "source": "k3", "stream": "PRD_MO", "version": 7, "key": ["FID", "FEntry"], "stamp": "FModifyDate",
    "only": {"FDocumentStatus": ["B", "C"]},
    "item": {"type": "production", "code": "{FBillNo}-{FSeq}", "create": "draft"},
    "all_or_nothing": ["quantity", "finish"],
    "fields": {
        "title": {"from": "FName", "kind": "text"},
        "quantity": {"from": "FQty", "kind": "decimal", "min": 0, "scale": 2, "write": "FQty"},
        "unit": {"from": "FUnit", "kind": "unit", "words": "units"},
        "finish": {"from": "FFinish", "kind": "day", "write": "FFinish"},
        "status": {"from": "FStatus", "kind": "word", "words": "states"},
        "department": {"from": "FShop", "kind": "code", "words": "shops"},
    },
    "words": {"units": {"Pcs": "件"}, "states": {"3": "released", "4": "running"}, "shops": {"BM01": "assembly"}},
}  # fmt: skip
MAPPING = read_mapping(DOCUMENT)
ROW: dict[str, Any] = {
    "FID": 100, "FEntry": 7, "FDocumentStatus": "C", "FBillNo": "MO-1024", "FSeq": 1, "FName": " 电机 ", "FQty": 800.0,
    "FUnit": "Pcs", "FFinish": "2026-12-10T00:00:00", "FStatus": "3", "FShop": "BM01",
}  # fmt: skip


def mapped(**other: Any) -> Facts:
    fields = {**ROW, **other}
    return map_row(MAPPING, Row(MAPPING.row_key(fields), fields), TODAY, CHINA)


def test_a_row_in_our_terms() -> None:
    assert mapped() == Facts("100/7", "MO-1024-1", "production", {
        "title": "电机", "quantity": Decimal(800), "unit": "件", "finish": date(2026, 12, 10), "status": "released",
        "department": "assembly",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("native", "value", "held"),
    [
        ("FQty", "many", Held("quantity", "many", Trouble.NOT_A_NUMBER)),
        ("FQty", "NaN", Held("quantity", "NaN", Trouble.NOT_A_NUMBER)),
        ("FQty", "1,2", Held("quantity", "1,2", Trouble.NOT_A_NUMBER)),
        ("FQty", -1, Held("quantity", "-1", Trouble.BELOW_MIN)),
        ("FFinish", "2026-02-30", Held("finish", "2026-02-30", Trouble.NOT_A_DATE)),
        ("FFinish", "soon", Held("finish", "soon", Trouble.NOT_A_DATE)),
        ("FFinish", "2036-12-10", Held("finish", "2036-12-10", Trouble.TOO_FAR)),
        ("FStatus", "9", Held("status", "9", Trouble.UNKNOWN_WORD)),
        ("FStatus", "", Held("status", "", Trouble.UNKNOWN_WORD)),
        ("FUnit", "箱", Held("unit", "箱", Trouble.UNKNOWN_WORD)),
        ("FShop", "BM99", Held("department", "BM99", Trouble.UNKNOWN_WORD)),
    ],
)
def test_what_cannot_be_taken_is_held_and_the_rest_goes_through(native: str, value: object, held: Held) -> None:
    facts = mapped(**{native: value})
    assert facts.held == (held,)
    assert held.field not in facts.values
    together = {"quantity", "finish"}
    kept_back = together - {held.field} if held.field in together else set()
    assert facts.waits == kept_back
    assert set(facts.values) == set(MAPPING.fields) - {held.field} - kept_back


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-12-09T16:00:00.000Z", date(2026, 12, 10)),
        (1796832000000, date(2026, 12, 10)),
        ("2026-12-10T00:00:00", date(2026, 12, 10)),
        ("2026-12-10 00:00:00", date(2026, 12, 10)),
        ("2026/12/5", date(2026, 12, 5)),
        ("２０２６-12-05", date(2026, 12, 5)),
        ("2026年12月5日", date(2026, 12, 5)),
        ("", None),
        (None, None),
    ],
)
def test_a_day_as_each_system_writes_it(written: object, day: Value) -> None:
    assert mapped(FFinish=written).values["finish"] == day


@pytest.mark.parametrize(
    ("written", "number"), [("1,200", "1200"), ("３００", "300"), (33.3333, "33.33"), ("0.005", "0.01"), (0, "0")]
)
def test_a_number_as_each_system_writes_it(written: object, number: str) -> None:
    assert mapped(FQty=written).values["quantity"] == Decimal(number)


def test_a_row_outside_only_is_kept_and_not_mapped() -> None:
    facts = mapped(FDocumentStatus="A")
    assert (facts.is_selected, facts.values, facts.held) == (False, {}, ())


def test_a_row_without_its_code_is_held_whole() -> None:
    facts = mapped(FBillNo="")
    assert facts.held == (Held("code", "100/7", Trouble.MISSING),)
    assert (facts.code, facts.values) == ("", {})


def test_what_is_not_in_the_row_says_nothing() -> None:
    fields = {name: value for name, value in ROW.items() if name != "FFinish"}
    assert "finish" not in map_row(MAPPING, Row("100/7", fields), TODAY, CHINA).values


def test_a_moment_keeps_its_instant() -> None:
    document = copy.deepcopy(DOCUMENT)
    document["fields"] = {"start": {"from": "FFinish", "kind": "moment"}}
    document["all_or_nothing"] = []
    facts = map_row(read_mapping(document), Row("1", {**ROW, "FFinish": "2026-12-10T08:00:00"}), TODAY, CHINA)
    assert facts.values == {"start": datetime(2026, 12, 10, tzinfo=UTC)}


def test_what_is_written_there_is_rounded_as_it_is_kept_there() -> None:
    values: dict[str, Value] = {"quantity": Decimal("33.3333"), "finish": date(2026, 12, 10), "status": "released"}
    assert list(native_of(MAPPING, values)) == [
        ("quantity", "FQty", Decimal("33.33")), ("finish", "FFinish", date(2026, 12, 10)),
    ]  # fmt: skip


def test_every_native_name_is_known() -> None:
    assert MAPPING.native == {*ROW}
    assert (MAPPING.version, MAPPING.create) == (7, Create.DRAFT)


def _without(name: str) -> Mapping[str, Any]:
    return {key: value for key, value in DOCUMENT.items() if key != name}


def _field(**parts: Any) -> Mapping[str, Any]:
    return {**DOCUMENT, "fields": {"finish": parts}, "all_or_nothing": []}


@pytest.mark.parametrize(
    ("document", "at"),
    [
        (_without("source"), "source"),
        (_without("key"), "key"),
        (_without("item"), "item"),
        (_without("fields"), "fields"),
        ({**DOCUMENT, "fieldz": {}}, "fieldz"),
        ({**DOCUMENT, "version": 0}, "version"),
        ({**DOCUMENT, "item": {"type": "x", "code": "{a}", "create": "perhaps"}}, "item.create"),
        ({**DOCUMENT, "all_or_nothing": ["start"]}, "all_or_nothing"),
        ({**DOCUMENT, "words": {"units": "Pcs"}}, "words.units"),
        ({**DOCUMENT, "fields": {"colour": {}}, "all_or_nothing": []}, "fields"),
        (_field(kind="day"), "fields.finish.from"),
        (_field(**{"from": "F", "kind": "week"}), "fields.finish.kind"),
        (_field(**{"from": "F", "kind": "word"}), "fields.finish.words"),
        (_field(**{"from": "F", "kind": "word", "words": "none"}), "fields.finish.words"),
        (_field(**{"from": "F", "kind": "decimal", "min": "low"}), "fields.finish.min"),
        (_field(**{"from": "F", "kind": "decimal", "scale": -1}), "fields.finish.scale"),
        (_field(**{"from": "F", "kind": "day", "wrte": "F"}), "fields.finish.wrte"),
    ],
)
def test_a_mistake_is_named_by_its_place(document: Mapping[str, Any], at: str) -> None:
    with pytest.raises(Refused) as refused:
        read_mapping(document)
    assert refused.value.refusal.code == "mapping"
    assert refused.value.refusal.facts["at"] == at
