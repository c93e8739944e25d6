"""Numbers and quantities as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.language.values.numbers import number
from handlers.language.values.quantities import Quantity, read_quantity, same_unit
from planning.refusal import Refused

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"), ("3000", "3000"), ("1.50", "1.5"), ("007", "7"),
        ("3千", "3000"), ("1.5万", "15000"), ("2百", "200"), ("3百万", "3000000"), ("3k", "3000"), ("2W", "20000"),
        ("零", "0"), ("一", "1"), ("两", "2"), ("十", "10"), ("十二", "12"), ("二十", "20"), ("九十九", "99"),
        ("两百", "200"), ("一百零五", "105"), ("一百二", "120"), ("一百二十", "120"), ("三千", "3000"),
        ("三千五", "3500"), ("三千零五", "3005"), ("三千五百", "3500"), ("两千零八", "2008"),
        ("三千五百二十一", "3521"),
        ("一万", "10000"), ("两万三", "23000"), ("一万零三", "10003"), ("十二万", "120000"), ("一亿", "100000000"),
        ("13万2", "132000"), ("7千3百", "7300"), ("3万5千", "35000"), ("13万2000", "132000"), ("3千500", "3500"),
        ("2百5", "250"), ("3千05", "3005"), ("1亿2千万", "120000000"),
        ("二〇二六", None), ("一二三", None), ("叁仟伍佰", "3500"), ("壹拾贰", "12"), ("兩", None),
    ],
)  # fmt: skip
def test_a_number(text: str, value: str | None) -> None:
    assert number(text) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "text", ["", "十十", "百", "百三百", "三百三百", "万", "三千零", "零百", "几百",
    "3百2千", "2百300", "3百百", "零三五", "三四", "两三", "3.5.1", "3e5", "９９", "-3",
    "1" * 13, "９"]
)
def test_what_is_no_number(text: str) -> None:
    assert number(text) is None


def chinese(value: int) -> str:
    """The textbook reading of a number below a hundred million, written for this test alone."""
    if value >= 10**4:
        low = value % 10**4
        return chinese(value // 10**4) + "万" + (("零" if low < 1000 else "") + chinese(low) if low else "")
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text or "零"


@settings(deadline=None)
@given(st.integers(0, 10**8 - 1))
def test_a_chinese_numeral_reads_back_as_the_number_it_was_written_from(value: int) -> None:
    assert number(chinese(value)) == value


@settings(deadline=None)
@given(st.decimals(0, 10**9, places=3))
def test_a_decimal_reads_back(value: Decimal) -> None:
    assert number(f"{value:f}") == value


@pytest.mark.parametrize(
    ("text", "amount", "relative", "unit"),
    [
        ("3000", 3000, False, ""), ("3000件", 3000, False, "件"), ("3000 pcs", 3000, False, "pcs"),
        ("到3000", 3000, False, ""), ("改成三千台", 3000, False, "台"), ("加到3000件", 3000, False, "件"),
        ("减少到 2000", 2000, False, ""), ("数量改为3000", 3000, False, ""), ("to 3000", 3000, False, ""),
        ("+500", 500, True, ""), ("-500", -500, True, ""), ("加500", 500, True, ""), ("减五百件", -500, True, "件"),
        ("增加1.5万kg", 15000, True, "kg"), ("少 200", -200, True, ""), ("plus 5", 5, True, ""),
        ("3kg", 3, False, "kg"), ("3千克", 3, False, "千克"), ("2.5吨", Decimal("2.5"), False, "吨"),
    ],
)  # fmt: skip
def test_a_quantity(text: str, amount: Decimal, relative: bool, unit: str) -> None:
    assert read_quantity(text) == Quantity(Decimal(amount), relative, unit)


@pytest.mark.parametrize("text", ["", "很多", "3000左右", "约3000", "12-05", "+2天", "3000 4000", "SO-1042"])
def test_what_is_no_quantity(text: str) -> None:
    assert read_quantity(text) is None


@pytest.mark.parametrize("text", ["百件", "十十", "9999999999999"])
def test_a_number_that_makes_no_sense_is_named(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_quantity(text)
    assert (refused.value.refusal.code, refused.value.refusal.facts["found"]) == ("number-not-understood", text)


@pytest.mark.parametrize(
    ("typed", "stated", "same"),
    [("台", "件", True), ("", "kg", True), ("kg", "", True), ("公斤", "kg", True), ("吨", "kg", False),
     ("件", "kg", False),
     ("KG", "公斤", True), ("米", "mm", False),
     ("箱", "件", False), ("件", "箱", False), ("箱", "箱", True), ("", "箱", True), ("打", "个", False),
     ("托", "托", True), ("批", "件", False), ("箱", "", False), ("箱", "kg", False)],
)  # fmt: skip
def test_pieces_stand_for_each_other_measures_and_packages_for_themselves(typed: str, stated: str, same: bool) -> None:
    assert same_unit(typed, stated) is same


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("三五个", "3个、5个"), ("两三千件", "2000件、3000件"), ("二十多", "22、25"), ("+三四百", "300、400"),
        ("几千", "3000、5000"), ("三百四五十件", "340件、350件"), ("3000多件", "3200件、3500件"),
        ("一百来个", "100个、120个"),
        ("加十几万", "130000、150000"), ("3-5箱", "3箱、5箱"),
    ],
)  # fmt: skip
def test_what_is_only_about_so_many_is_asked_back_with_two(text: str, choices: str) -> None:
    with pytest.raises(Refused) as refused:
        read_quantity(text)
    assert refused.value.refusal.code == "number-approximate"
    assert refused.value.refusal.facts["choices"] == choices


@settings(deadline=None)
@given(st.sampled_from("一二两三四五六七八九"), st.sampled_from("一二两三四五六七八九"), st.sampled_from("个件箱"))
def test_two_digits_beside_each_other_are_no_number_of_pieces(one: str, other: str, unit: str) -> None:
    with pytest.raises(Refused):
        read_quantity(f"{one}{other}{unit}")
