"""Free speech becomes buttons, never deeds: on the demo company, as its people speak."""

from dataclasses import replace

import pytest

from handlers.actions.plan.import_plan import bring_in
from handlers.events import Said
from handlers.inbound.messages import Response, answer, hear
from handlers.turn import Turn
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.free_speech.score import NOW, SPEAKER, FreeSpeech

GROUP = "dingtalk:cidPl3Zx8HnW6yB4kF=="


class Room:
    """A group of the demo company."""

    def __init__(self, database: Database) -> None:
        self.company, self.database, self.said = FreeSpeech(database), database, 0

    def offers(self, text: str, person: str = SPEAKER, quoted: str = "") -> list[str]:
        asks = self.responds(text, person, quoted).asks
        if asks is None:
            return []
        return [offer.command for offer in asks.offers if not offer.label] + ([asks.form] if asks.form else [])

    def responds(self, text: str, person: str = SPEAKER, quoted: str = "") -> Response:
        said = self._said(text, person, quoted)
        response = self.database.look(lambda uow: answer(Turn(uow, NOW, self.company.environment), said))
        assert response is not None
        return response

    def told(self, text: str, person: str = SPEAKER) -> list[str]:
        """What is sent for it."""
        said = self._said(text, person)

        def unit(uow: UnitOfWork) -> list[str]:
            hear(Turn(uow, NOW, self.company.environment), said)
            sent = uow.outbox.claim(NOW, 99)
            for message in sent:
                uow.outbox.sent(message, NOW)
            uow.commit()
            return [message.body for message in sent if message.conversation == GROUP and message.body]

        return self.database.write_now(unit)

    def _said(self, text: str, person: str, quoted: str = "") -> Said:
        self.said += 1
        user = self.company.environment.organisation.people[person].identities["dingtalk"]
        return Said(GROUP, "bot", f"e{self.said}", user, text, NOW, quoted=quoted)


@pytest.fixture
def room(database: Database) -> Room:
    room = Room(database)
    room.told("待办")  # what the company's requests sent is out of the way
    return room


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("po3421往后拖两天吧", "改期 PO-3421 推迟2天"),
        ("3422那个喇叭改成六千五百只", "改数量 PO-3422 6500"),
        ("007没问题，批了吧", "同意 CR-20261130-007"),
        ("还有哪些在等我处理啊", "待办"),
        ("催一下003，还有谁没回", "催办 CR-20261130-003"),
        ("what if PO-3421 slips three days?", "影响 改期 PO-3421 推迟3天"),
    ],
)  # fmt: skip
def test_it_becomes_a_whole_command(room: Room, text: str, offered: str) -> None:
    assert offered in [command.partition(" 因为")[0] for command in room.offers(text)]


def test_at_most_three_and_none_of_them(room: Room) -> None:
    offers = room.offers("po3421往后拖两天吧")
    assert 1 < len(offers) <= 3


def test_a_contradiction_is_asked(room: Room) -> None:
    """12-04 is a Friday."""
    offers = room.offers("把PO-3421挪到12月4号（周三）")
    assert [offer.partition("到 ")[2][:10] for offer in offers] == ["2026-12-02", "2026-12-04"], offers


def test_two_wishes_are_two_rows(room: Room) -> None:
    offers = room.offers("007我同意了，另外催一下003那张单")
    assert {"同意 CR-20261130-007", "催办 CR-20261130-003"} <= set(offers)


def test_no_that_is_another_day(room: Room) -> None:
    room.told("改期 PO-3421 到 12-20 因为 缺货")
    assert room.offers("不对，是22号")[0] == "改期 PO-3421 到 2026-12-22 因为 缺货"


def test_who_may_not_change_the_plan_is_offered_no_change(room: Room) -> None:
    assert not [offer for offer in room.offers("po3421往后拖两天吧", "gao.jianguo") if offer.startswith("改")]


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("MO-2441的进度甘特图发我看看", "甘特 MO-2441"), ("把生产部的看板发出来", "看板 生产部"),
        ("show me the kanban please", "看板"), ("整个项目的甘特图有没有", "甘特"),
    ],
)  # fmt: skip
def test_a_picture_that_is_wished_for_is_a_tap(room: Room, text: str, offered: str) -> None:
    assert offered in room.offers(text)


def test_what_has_happened_is_a_tap(room: Room) -> None:
    assert room.offers("MO-2441今天报工三百件，报废两件")[0] == "报工 MO-2441 300件 报废2"


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("登记停机", "停机 生产部"), ("我要登记一下停机", "停机 生产部"),
        ("machine down on MO-2441, back on Wednesday", "停机 MO-2441 预计 2026-12-02"),
        ("MO-2442做到多少了", "进度 MO-2442"), ("B2组装到哪一步了", "进度 MO-2442"),
    ],
)  # fmt: skip
def test_a_wish_that_has_a_command_by_now_is_offered_it(room: Room, text: str, offered: str) -> None:
    assert offered in room.offers(text, "zhang.haifeng")


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("到货了", "到货 <单号> 全部"), ("货到了", "到货 <单号> 全部"),
        ("PO-3442 到货了", "到货 PO-3442 全部"), ("PO-3442 到了1800套", "到货 PO-3442 1800套"),
        ("做完了300件", "报工 <单号> 300件"), ("MO-2441 做完了300件,报废4", "报工 MO-2441 300件 报废4"),
        ("MO-2441 报废了4个", "报工 MO-2441 0 报废4"), ("做完了", "完成 <单号>"), ("MO-2441 做完了", "完成 MO-2441"),
        ("开工了", "开工 <单号>"), ("MO-2441 开始做了", "开工 MO-2441"),
        ("停机", "停机 生产部"), ("停机了", "停机 生产部"), ("贴片线停了", "停机 MO-2441"), ("设备坏了", "停机 生产部"),
    ],
)  # fmt: skip
def test_what_happened_said_in_a_few_words_is_a_tap(room: Room, text: str, offered: str) -> None:
    who = "zhao.min" if "货" in text or text.startswith("PO") else "zhang.haifeng"
    assert room.offers(text, who)[0] == offered


def test_a_part_is_not_its_whole(room: Room) -> None:
    """After a split the code is read as the plan has it."""
    plan = room.database.look(lambda uow: uow.plans.load())
    part = replace(plan.items["MO-2441"], code="MO-2441/2")
    rest = replace(plan.items["MO-2441"], code="MO-7")

    def unit(uow: UnitOfWork) -> None:
        turn = Turn(uow, NOW, room.company.environment)
        bring_in(turn, replace(plan.with_items([part, rest]), revision=0), "plan.csv", "ops")
        uow.commit()

    room.database.write_now(unit)
    assert room.offers("MO-2441/2 做完了300件", "zhang.haifeng")[0] == "报工 MO-2441/2 300件"
    assert room.offers("MO-7今天做完了300件,报废4", "zhang.haifeng")[0] == "报工 MO-7 300件 报废4"


@pytest.mark.parametrize("text", ["报工", "怎么报工", "我要报个工"])
def test_who_only_names_a_report_is_told_how_it_is_written(room: Room, text: str) -> None:
    assert "报工 MO-2451 300" in room.responds(text, "zhang.haifeng").text


def test_small_talk_gets_one_line_a_day(room: Room) -> None:
    assert len(room.told("大家辛苦啦，周末愉快")) == 1
    assert room.told("哈哈哈谢谢") == []
    assert len(room.told("谢谢", "wu.fan")) == 1


@pytest.mark.parametrize("text", ["不要同意007", "007先别批", "don't approve 007 yet"])
def test_a_no_is_offered_no_yes(room: Room, text: str) -> None:
    assert not [offer for offer in room.offers(text) if offer.startswith("同意")]


def test_nothing_is_done(room: Room) -> None:
    def state() -> tuple[int, dict[str, int]]:
        return room.database.look(lambda uow: (uow.plans.head(), uow.changes.counts()))

    before = state()
    for text in ("007没问题，批了吧", "po3421往后拖两天吧", "把PO-3421砍掉算了", "我那张单不要了，撤了"):
        room.told(text)
    assert state() == before
