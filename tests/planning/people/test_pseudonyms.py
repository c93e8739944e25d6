"""What leaves the company has no name, no number of anybody's and no masked value in it, and comes back as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.people.masks import DEFAULT_MASKS
from planning.people.organisation import Organisation, Person
from planning.people.pseudonyms import Hiding, Pseudonyms
from tests.planning.build import item

PEOPLE = (
    Person("zhang.haifeng", "张海峰", "production", identities={"dingtalk": "manager164", "wecom": "ZhangHF"}),
    Person("li.na", "李娜", "planning"),
    Person("ou", "欧阳建国", "sales"),
    Person("smith", "John Smith", "sales", identities={"wecom": "js01"}),
    Person("li", "李丽", "sales"),
)
ORGANISATION = Organisation.of((), PEOPLE, {"wang": "王小明"})
SECRETS = {
    "客户": "深圳市星辰电子有限公司", "customer": "Nordwind GmbH", "单价": "12.80", "price": "USD 1,350",
    "成本备注": "含返利，按合同价的九折结算", "客户等级": "A", "颜色": "深空灰",
}  # fmt: skip
ITEMS = (item("MO-2451", attributes=SECRETS), item("4500012345", attributes={"颜色": "白"}))
HIDING = Hiding.of(ORGANISATION, DEFAULT_MASKS, ITEMS, {ord("張"): ord("张")})


def hidden(text: str) -> str:
    return Pseudonyms(HIDING).hide(text)


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        ("张海峰说MO-2451拖两天", "〔人1〕说MO-2451拖两天"),
        ("海峰，老张，张工，張海峰", "〔人1〕,〔人2〕,〔人3〕,〔人4〕"),
        ("张 海 峰和李娜，还是张海峰", "〔人1〕和〔人2〕,还是〔人3〕"),
        ("张\u200b海峰 请假", "〔人1〕 请假"),
        ("找欧阳总", "找〔人1〕"),
        ("ask zhang.haifeng, Smith or li please", "ask 〔人1〕, 〔人2〕 or 〔人3〕 please"),
        ("小王没来", "〔人1〕没来"),
        ("工人都在加工", "工人都在加工"),
        ("打13800138000", "打〔号1〕"),
        ("打１３８-0013-8000转8", "打〔号1〕转8"),
        ("+86 138 0013 8000", "〔号1〕"),
        ("(0755) 8654 3210", "(〔号1〕"),
        ("一三八零零一三八零零零", "〔号1〕"),
        ("110101199003071233X", "〔号1〕"),
        ("发wang@example.com", "〔号1〕"),
        ("MO-2451 12.8一个", "MO-2451 〔数1〕一个"),
        ("1350件", "〔数1〕件"),
        ("13500件", "13500件"),
        ("星辰那单", "〔词1〕那单"),
        ("星 辰电子的", "〔词1〕子的"),
        ("NORDWIND的货", "〔词1〕的货"),
        ("给a级客户", "给〔词1〕级客户"),
        ("带料", "带料"),
        ("报价3块钱", "〔词1〕块钱"),
        ("卖12块钱", "卖〔词1〕"),
        ("深空灰的那批", "深空灰的那批"),
        ("4500012345 推到 2026-12-05", "4500012345 推到 2026-12-05"),
        ("20261205交", "20261205交"),
        ("CR-20261130-007同意", "CR-20261130-007同意"),
        ("〔人1〕和李娜", " 人1 和〔人1〕"),
    ],
)
def test_what_leaves(said: str, leaves: str) -> None:
    assert hidden(said) == leaves


WORDS = st.sampled_from(
    "拖两天|MO-2451|，| |的|改到|12月5号|300件|和|问|a|-|1|报废|。|what|〔|人1".split("|")
)
NAMES = st.sampled_from([one.name for one in PEOPLE] + ["王小明", "海峰", "建国", "zhang.haifeng", "manager164"])
NUMBERS = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}", fullmatch=True),
    st.from_regex(r"\+861[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"0[1-9][0-9]{1,2}-[2-8][0-9]{6,7}", fullmatch=True),
)
VALUES = st.sampled_from(["深圳市星辰电子有限公司", "星辰", "Nordwind", "12.80", "1350", "含返利，按合同价的九折结算"])
SEPARATE = re.compile(r"[\s()（）.·+-]")


@st.composite
def sentences(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence, and a secret that stands somewhere in it, between what no code or other number runs into."""
    secret = draw(st.one_of(NAMES, NUMBERS, VALUES))
    before, after = "".join(draw(st.lists(WORDS, max_size=6))), "".join(draw(st.lists(WORDS, max_size=6)))
    return f"{before}说{secret}，{after}", secret


@given(sentences())
def test_no_secret_leaves_wherever_it_stands(said: tuple[str, str]) -> None:
    text, secret = said
    assert SEPARATE.sub("", secret).casefold() not in SEPARATE.sub("", hidden(text)).casefold()


@given(st.lists(st.one_of(WORDS, NAMES, NUMBERS, VALUES), max_size=12).map("".join))
def test_what_comes_back_is_what_was_said(text: str) -> None:
    names = Pseudonyms(HIDING)
    told = names.hide(text)
    plain = Pseudonyms(Hiding.of(Organisation(), (), ())).hide
    assert names.back(told) is not None
    if not re.search(r"\d{7}|[@]", text):  # whoever hides nothing of the company's still hides telephone numbers
        assert plain(names.back(told) or "") == plain(text)


@given(st.lists(st.one_of(WORDS, NAMES, NUMBERS, VALUES), max_size=12).map("".join))
def test_it_hides_nothing_twice(text: str) -> None:
    names = Pseudonyms(HIDING)
    once = names.hide(text)
    assert re.sub("[〔〕]", "", once).count("〔") == 0
    assert names.back(names.back(once) or "") == names.back(once)


@pytest.mark.parametrize("text", ["改期 〔人9〕", "〔人〕", "〔", "a〕", "〔人1〕〔数1〕"])
def test_a_stand_in_that_was_not_given_is_none(text: str) -> None:
    names = Pseudonyms(HIDING)
    names.hide("李娜")
    assert names.back(text) is None


def test_the_same_words_have_the_same_stand_in() -> None:
    names = Pseudonyms(HIDING)
    assert names.hide("李娜问MO-1") == "〔人1〕问MO-1"
    assert names.hide("李娜的单子给李丽") == "〔人1〕的单子给〔人2〕"
    assert names.back("转告 〔人2〕 给〔人1〕") == "转告 李丽 给李娜"
