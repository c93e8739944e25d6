"""A card as each platform wants it: every field, within every limit, for any text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.common.pieces import pieces
from cards.action import Action, Verb
from cards.card import Button, Card, Fact, Style, Tone
from cards.encoders.dingtalk.encode import fit, fold, param_map
from cards.encoders.wecom.encode import AIBOT, APP, Limits, clip, plain, template_card
from cards.markdown import own, unlinked, unlinked_but_own, without_signs

APPROVE = Button("同意", Action("c1", Verb.APPROVE), Style.PRIMARY)
REJECT = Button("驳回", Action("c1", Verb.REJECT), Style.DANGER, asks="驳回的原因")
OPEN = Card(
    title="变更 12：MO-1023 交期",
    status="待审批",
    tone=Tone.WARN,
    body="**MO-1023** 12-05 → 12-08\n- 采购：PO-7 推迟 3 天",
    summary="MO-1023 12-05 → 12-08",
    facts=(Fact("截止", "12-01 18:00"),),
    buttons=(APPROVE, REJECT),
)
CLOSED = Card("变更 12", "已生效", Tone.SUCCESS, "王五 12-01 10:20 同意")

words = st.text(max_size=1500)
short_lines = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=60)
cards = st.builds(
    Card,
    title=words,
    status=words,
    tone=st.sampled_from(Tone),
    body=st.text(max_size=4000),
    summary=words,
    facts=st.lists(st.builds(Fact, words, words), max_size=9).map(tuple),
    buttons=st.lists(
        st.builds(
            Button,
            text=st.text(min_size=1, max_size=40),
            action=st.builds(Action, card=st.just("c" * 64), verb=st.sampled_from(Verb), choice=st.text(max_size=30)),
            style=st.sampled_from(Style),
            asks=st.text(max_size=60),
        ),
        max_size=9,
    ).map(tuple),
)


@given(
    st.builds(
        Action,
        card=st.from_regex(r"[0-9A-Za-z_\-@]{1,128}", fullmatch=True),
        verb=st.sampled_from(Verb),
        choice=st.text(max_size=30),
        seen=st.from_regex(r"[0-9a-f]{0,8}", fullmatch=True),
    )
)
def test_an_action_comes_back_as_it_went(action: Action) -> None:
    assert Action.unpack(action.pack()) == action


class TestDingTalk:
    def test_every_variable_of_the_template_is_there(self) -> None:
        assert param_map(OPEN) == {
            "title": "变更 12：MO-1023 交期",
            "body": "**MO-1023** 12-05 → 12-08\n- 采购：PO-7 推迟 3 天",
            "status": "待审批",
            "tone": "warn",
            "buttons": '[{"text":"同意","action":"c1/approve","style":"primary"},'
            '{"text":"驳回","action":"c1/reject","style":"danger","input":"驳回的原因"}]',
        }

    def test_a_card_without_buttons_says_so(self) -> None:
        assert param_map(CLOSED)["buttons"] == "[]"

    @given(cards)
    def test_every_value_is_a_string_within_its_limit(self, card: Card) -> None:
        for name, value in param_map(card).items():
            assert isinstance(value, str)
            assert len(value.encode()) <= 1024, name

    @given(cards)
    def test_buttons_are_the_first_of_the_card_whole(self, card: Card) -> None:
        rows = json.loads(param_map(card)["buttons"])
        assert [row["action"] for row in rows] == [button.action.pack() for button in card.buttons][: len(rows)]

    def test_six_ordinary_buttons_fit(self) -> None:
        longest = Button("原因四个字", Action("c" * 64, Verb.TRANSFER, "wang.xiaowu"), Style.DEFAULT)
        assert len(json.loads(param_map(Card("t", "s", Tone.INFO, "", buttons=(longest,) * 6))["buttons"])) == 6

    def test_a_long_body_keeps_how_it_begins_and_how_it_ends(self) -> None:
        body = "\n".join(f"- 第 {n} 行 MO-{n:04} 12-05 → 12-08" for n in range(80))
        first, last = param_map(Card("t", "s", Tone.INFO, body))["body"].split("…\n")
        assert body.startswith(first)
        assert body.endswith(last)
        assert (len(first.splitlines()), len(last.splitlines())) == (14, 13)

    @given(st.lists(short_lines, min_size=1, max_size=60))
    def test_of_a_body_of_short_lines_whole_lines_are_left_out(self, lines: list[str]) -> None:
        kept = fold("\n".join(lines)).split("\n")
        assert (kept[0], kept[-1]) == (lines[0], lines[-1])
        assert kept == lines or [line for line in kept if line == "…" or line in lines] == kept

    @pytest.mark.parametrize(
        ("text", "limit", "fitted"),
        [
            ("够短", 6, "够短"),
            ("一二三四", 10, "一二…"),
            ("一二\n三四五", 13, "一二\n…"),
            ("一\n二三四五六", 16, "一\n二三…"),
            ("ab\ncd", 5, "ab\ncd"),
        ],
    )
    def test_fit(self, text: str, limit: int, fitted: str) -> None:
        assert fit(text, limit) == fitted


class TestWeCom:
    def test_a_card_to_decide(self) -> None:
        assert template_card(OPEN, "c1-v3", AIBOT, "https://plan.example.com") == {
            "card_type": "button_interaction",
            "source": {"desc": "通盘", "desc_color": 2},
            "main_title": {"title": "变更 12：MO-1023 交期", "desc": "待审批"},
            "sub_title_text": "MO-1023 12-05 → 12-08",
            "horizontal_content_list": [{"keyname": "截止", "value": "12-01 18:00"}],
            "card_action": {"type": 1, "url": "https://plan.example.com"},
            "task_id": "c1-v3",
            "button_list": [
                {"text": "同意", "style": 1, "key": "c1/approve"},
                {"text": "驳回", "style": 3, "key": "c1/reject"},
            ],
        }

    def test_a_card_to_read_is_a_notice_with_a_link(self) -> None:
        encoded = template_card(CLOSED, "c1-v4", APP, "https://plan.example.com")
        assert encoded["card_type"] == "text_notice"
        assert encoded["card_action"] == {"type": 1, "url": "https://plan.example.com"}
        assert "button_list" not in encoded

    def test_without_a_summary_the_body_speaks_plainly(self) -> None:
        assert template_card(CLOSED, "c1-v4", APP, "u")["sub_title_text"] == "王五 12-01 10:20 同意"

    @pytest.mark.parametrize("limits", [AIBOT, APP])
    @given(card=cards)
    def test_every_field_is_within_its_limit(self, limits: Limits, card: Card) -> None:
        encoded = template_card(card, "c1-v1", limits, "u")
        assert len(encoded["main_title"]["title"]) <= limits.title
        assert len(encoded["main_title"]["desc"]) <= limits.description
        assert len(encoded["sub_title_text"]) <= limits.sub_title
        assert len(encoded["horizontal_content_list"]) <= 6
        assert all(len(row["keyname"]) <= 5 and len(row["value"]) <= limits.value
                   for row in encoded["horizontal_content_list"])
        assert len(encoded.get("button_list", ())) <= 6
        assert all(len(row["text"]) <= 10 for row in encoded.get("button_list", ()))

    @pytest.mark.parametrize(
        ("markdown", "words"),
        [
            ("**MO-1** `12-05` → 12-08", "MO-1 12-05 → 12-08"),
            ("# 影响\n- 采购 3 天\n- 仓储 1 天", "影响 采购 3 天 仓储 1 天"),
            ("> 引用\n\n正文", "引用 正文"),
            ("提前 -2 天", "提前 -2 天"),
        ],
    )
    def test_plain(self, markdown: str, words: str) -> None:
        assert plain(markdown) == words

    def test_clip(self) -> None:
        assert clip("一二三四五六", 5) == "一二三四…"
        assert clip("一二三四五", 5) == "一二三四五"


ADDRESSES = "见 http://evil.example/a?b=c、HTTPS://x.y 和 www.evil.example，dingtalk://dingtalkclient/page"
HARMLESS = "见 http：//evil.example/a?b=c、HTTPS：//x.y 和 www．evil.example，dingtalk：//dingtalkclient/page"


def test_a_bare_address_is_shown_and_leads_nowhere() -> None:
    assert unlinked(ADDRESSES) == HARMLESS
    for text in ("awww.x", "1://2：//3", "比例 3:2", "http:", "a / b"):
        assert "://" not in unlinked(text)
    assert [unlinked(text) for text in ("比例 3:2", "a // b", "wwwa.x")] == ["比例 3:2", "a // b", "wwwa.x"]


def test_no_address_of_anybody_is_a_link_on_a_card_or_in_a_message() -> None:
    card = Card(ADDRESSES, ADDRESSES, Tone.INFO, ADDRESSES, summary=ADDRESSES, facts=(Fact("因为", ADDRESSES),))
    long = Limits(999, 999, 999, 999)
    wecom = {**template_card(card, "t", long, "https://plan.example.com"), "card_action": None}
    for sent in (str(param_map(card)), str(wecom), "".join(pieces(ADDRESSES, 999))):
        assert HARMLESS in sent
        assert ("://" in sent, "www." in sent) == (False, False)


def test_only_an_address_of_ours_leads_anywhere() -> None:
    """And nobody makes theirs one by typing the signs: what is sent has lost them before ours come in."""
    ours = f"看 {own('https://plan.example.com/in/x')} 或 https://evil.example"
    assert unlinked_but_own(ours) == "看 https://plan.example.com/in/x 或 https：//evil.example"
    typed = own("https://evil.example")
    assert "://" not in unlinked_but_own(without_signs(f"因为 {typed}"))
    for broken in (typed[:-1], typed[1:], f"{typed[0]}{typed}", f"{typed}{typed[-1]}"):
        assert not {typed[0], typed[-1]} & {*unlinked_but_own(broken)}
