"""Cards of exceptions: to whom, when, how many, and what their buttons do."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from cards.action import Action, Verb
from cards.card import Card
from handlers.events import Answer, Clicked
from handlers.inbound.clicks import click
from handlers.inbound.timers_due import ring
from handlers.notify.render_card import draw
from handlers.platforms import Platforms
from handlers.timers import SCAN
from planning.exceptions.episode import State
from planning.exceptions.finding import Severity
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.trail.audit import Kind
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.lifecycle.test_scan import MONDAY, Days, item, late_board

SALES, PRODUCTION, PLANNING = "wecom:sales", "dingtalk:cidProduction==", "dingtalk:cidPlanning=="
WAREHOUSE = "dingtalk:cidWarehouse=="
DAYS = timedelta(days=4)
"""After which the next digest has been sent, whatever lies between."""


class Told(Days):
    """With the first days over, so that cards go out."""

    def __init__(self, database: Database, plan: Plan) -> None:
        super().__init__(database, plan, trial_days=0)

    def cards(self, conversation: str = "") -> list[CardRow]:
        wanted = [conversation] if conversation else [SALES, PRODUCTION, PLANNING, WAREHOUSE, "wecom:purchasing"]
        return self.office.database.look(
            lambda uow: [row for home in wanted for row in uow.cards.put_up_since(Purpose.EXCEPTION, home, MONDAY)]
        )

    def look(self, row: CardRow) -> Card:
        return self.office.database.look(lambda uow: draw(self.office.turn(uow), row))

    def press(self, person: str, row: CardRow, verb: Verb, said: str = "") -> Answer:
        platform = row.conversation.partition(":")[0]
        user = self.office.environment.organisation.people[person].identities[platform]
        event = Clicked(row.conversation, "bot", f"click-{row.card_id}-{verb}-{said}", user, row.card_id,
                        Action(row.card_id, verb).pack(), self.office.now, {"input": said} if said else {})  # fmt: skip

        def unit(uow: UnitOfWork) -> Answer:
            answer = click(self.office.turn(uow), event)
            assert answer is not None
            uow.commit()
            return answer

        return self.office.database.write_now(unit)

    def kinds(self) -> list[str]:
        return [event.kind for event in self.office.database.look(lambda uow: uow.audit.newest_first(50))]


@pytest.fixture
def told(database: Database) -> Told:
    told = Told(database, late_board())
    told.live("11-30 09:30")
    told.office.say("wang", "开工 MO-2451")
    return told


def slow(told: Told) -> CardRow:
    """Wednesday evening: 150 of the 200 boards a day are made. The card that comes of it."""
    told.live("12-02 17:10")
    told.office.say("wang", "报工 MO-2451 450")
    (row,) = told.cards(SALES)
    return row


def test_one_card_to_its_owner_and_nobody_else(told: Told) -> None:
    told.live("12-01 12:00")
    assert told.cards() == []  # nothing is wrong yet
    row = slow(told)
    assert [one.conversation for one in told.cards()] == [SALES, WAREHOUSE]  # that one about the stocktaking
    card = told.look(row)
    assert card.title == "预测破承诺 · DL-6451 云栖发货"
    assert card.status == "要处理"
    assert card.body.splitlines() == [
        "- 🟠 承诺 12-14，预测 12-16（晚 2 个工作日）",
        "- 根因：MO-2451 主板贴片 · 影响 1 项、1 个部门",
        "- 负责人 何佳 · 17:10 起 · 还没有人提变更",
        "- 要保住 12-14：MO-2451 需 12-11 前完（每天 222）",
    ]
    assert [(fact.name, fact.value) for fact in card.facts] == [
        ("根因", "MO-2451 主板贴片"), ("牵连", "影响 1 项、1 个部门"), ("负责人", "何佳"), ("进展", "还没有人提变更"),
        ("怎么保", "MO-2451 12-11 前完（每天 222）"),
    ]  # fmt: skip
    assert [button.text for button in card.buttons] == ["提出变更", "已在处理", "稍后", "静音"]


def test_it_is_not_said_twice(told: Told) -> None:
    row = slow(told)
    said = told.live("12-03 20:00")
    assert [conversation for conversation, text in said if text == f"card {row.card_id}"] == [SALES]
    assert len(told.cards(SALES)) == 1


def test_its_end_is_shown_where_its_beginning_was(told: Told) -> None:
    told.live("12-03 09:00")
    (row,) = told.cards(WAREHOUSE)
    told.office.say("li", "完成 CK-1")
    card = told.look(row)
    assert card.status == "已消除"
    assert [line.rpartition(" · ")[0] for line in card.body.splitlines()] == [
        "- ✅ 已消除 · 该开未开 · CK-1 盘点", "- ✅ 已消除 · 逾期未完 · CK-1 盘点",
    ]  # fmt: skip
    assert not card.buttons
    assert any(text == f"card {row.card_id}" for _, text in told.said())  # it was sent anew


def test_a_warning_waits_for_its_round(told: Told) -> None:
    told.live("12-02 13:00")
    assert told.cards(WAREHOUSE) == []
    told.live("12-02 14:00")
    assert len(told.cards(WAREHOUSE)) == 1


def test_high_waits_for_the_day(told: Told) -> None:
    told.live("12-03 08:00")  # the scan of 07:30 has found that the stocktaking is overdue
    assert told.open()["overdue CK-1"] is Severity.HIGH
    (row,) = told.cards(WAREHOUSE)  # since it was not begun, which is over
    assert told.look(row).status == "已消除"
    told.live("12-03 08:40")
    assert [one.wanted_version - row.wanted_version for one in told.cards(WAREHOUSE)] == [1]
    assert "逾期未完" in told.look(row).title


def test_what_nobody_acts_on_climbs(told: Told) -> None:
    row = slow(told)
    told.live("12-04 20:00")  # the manager reads in the same room
    assert told.cards(PLANNING) == []
    told.live("12-07 09:00")  # after sixteen working hours, the coordinator
    assert [one.conversation for one in told.cards() if one.subject == row.subject] == [SALES, PLANNING]


def test_somebody_who_sees_to_it_is_named_and_nothing_climbs(told: Told) -> None:
    row = slow(told)
    answer = told.press("he", row, Verb.TAKE)
    assert answer.card.status == "何佳 已在处理"
    assert Kind.EXCEPTION_TAKEN in told.kinds()
    told.live("12-03 16:30")
    told.press("he", row, Verb.TAKE)  # for another day
    told.live("12-04 09:00")
    assert climbed(told, row) == 0, "after eight working hours it would have, at 08:30"
    told.live("12-07 09:00")
    assert climbed(told, row) == 1, "the word counts for a working day"


def climbed(told: Told, row: CardRow) -> int:
    return told.office.database.look(lambda uow: uow.exceptions.on_card(int(row.subject.id)))[0].climbed


def test_putting_off_needs_a_word_and_worse_wakes_it(told: Told) -> None:
    row = slow(told)
    assert "静音 EX-2 1天 因为 ＜原因＞" in told.press("he", row, Verb.SNOOZE).card.body
    assert told.press("he", row, Verb.SNOOZE, "客户在确认").card.status == "暂不提醒"
    assert Kind.EXCEPTION_SNOOZED in told.kinds()


def test_who_may_put_it_off(told: Told) -> None:
    slow(told)
    assert told.office.say("li", "静音 EX-2 因为 不急") == "EX-2 由 何佳、苏经理、林静 处理，要推迟提醒请找他们。"
    assert told.office.say("he", "静音 EX-2 3天 因为 不急") == "EX-2 最多推迟 1 个工作日，写的是 3 个。"
    assert told.office.say("he", "静音 EX-2 1天 因为 不急").startswith("好，12-03 17:10 前不再提醒")
    assert told.office.say("he", "静音 EX-99 因为 不急") == "没有 EX-99。发“异常 全部”看现在有哪些。"


def test_only_a_coordinator_mutes(told: Told) -> None:
    row = slow(told)
    assert "静音要由计划协调员来做" in told.press("he", row, Verb.MUTE, "吵").card.body
    assert told.office.say("lin", "静音 EX-2 10天 因为 客户已同意") == "已静音到 12-16 17:10。"
    assert "DL-6451" in told.office.say("lin", "异常 已静音")
    assert "DL-6451" not in told.office.say("lin", "异常 全部")
    assert Kind.EXCEPTION_MUTED in told.kinds()


def test_a_change_is_proposed_as_theirs_who_press(told: Told) -> None:
    row = slow(told)
    told.press("he", row, Verb.CURE)
    drafts = told.office.database.look(lambda uow: uow.changes.newest_draft("he", SALES, MONDAY))
    assert drafts is not None
    (operation,) = drafts.operations
    assert (operation.item, operation.to) == ("DL-6451", date(2026, 12, 16))


def crowd(count: int, owner: str = "li") -> Plan:
    """So many items of the warehouse that nobody has begun."""
    days = [("12-01", f"12-{2 + n % 9:02}") for n in range(count)]
    rows = [item(f"CK-{n}", "盘点", "task", "warehouse", *both, owner=owner) for n, both in enumerate(days)]
    return Plan("main", "一厂", 0, {row.code: row for row in rows}, (), "weekdays")


def test_a_conversation_gets_three_cards_in_a_day(database: Database) -> None:
    told = Told(database, crowd(12))
    told.live("12-11 20:00")
    rows = told.cards(WAREHOUSE)
    a_day = Counter(row.created_at.astimezone(told.office.environment.zone).date() for row in rows)
    assert max(a_day.values()) <= 3
    on = {one.number: one.card for one in told.office.database.look(lambda uow: uow.exceptions.open_ones())}
    assert on
    assert all(on.values())  # each stands on a card


def test_a_list_names_the_worst_and_how_to_see_all(database: Database) -> None:
    told = Told(database, crowd(12))
    told.live("12-02 14:00")
    cards = [told.look(row) for row in told.cards(WAREHOUSE)]
    (card,) = [one for one in cards if one.title == "异常 10 件"]
    assert len(card.body.splitlines()) <= 5
    assert card.body.splitlines()[-1] == "- 发“异常 全部”看每一件"


def test_where_calls_are_counted_all_of_a_run_is_one_card(database: Database) -> None:
    told = Told(database, crowd(12))
    traits = [replace(one, calls_a_month=5000) for one in told.office.environment.platforms.by_prefix.values()]
    told.office.environment = replace(told.office.environment, platforms=Platforms.of(traits))
    told.live("12-02 14:00")
    (row,) = told.cards(WAREHOUSE)
    assert told.look(row).title == "异常 12 件"


@pytest.mark.parametrize("seed", range(3))
def test_generated_days_keep_the_limits(database: Database, seed: int) -> None:
    """Days of reports, or of none: no key twice, few cards, none on a day off, none to anybody beside the ladder,
    and each end is told: on its card, else in the digest."""
    random = Random(seed)
    told = Told(database, _generated(random))
    day, said = date(2026, 11, 30), list[tuple[str, str]]()
    for _ in range(25):
        said += told.live(f"{day:%m-%d} 10:00")
        for code in random.sample(sorted(told.office.plan().items), 3):
            words = random.choice(["开工 {}", "完成 {}", "报工 {} 20", "报工 {} 5 报废3"])
            told.office.say("lin", words.format(code))
        said += told.live(f"{day:%m-%d} 20:00")
        day += timedelta(1)
    zone = told.office.environment.zone
    rows = told.cards()
    a_day = Counter((row.conversation, row.created_at.astimezone(zone).date()) for row in rows)
    critical = {one.number for one in told.office.database.look(lambda uow: uow.exceptions.newest(MONDAY))
                if one.worst is Severity.CRITICAL}  # fmt: skip
    plain = Counter((row.conversation, row.created_at.astimezone(zone).date()) for row in rows
                    if int(row.subject.id) not in critical)  # fmt: skip
    assert a_day
    assert max(plain.values(), default=0) <= 3
    assert all(on.weekday() < 5 for _, on in plain)
    every = told.office.database.look(lambda uow: [*uow.exceptions.open_ones(), *uow.exceptions.closed_since(MONDAY)])
    owners = {one.card: one.owner for one in every}
    each = Counter((owners[int(row.subject.id)], row.created_at.astimezone(zone).date()) for row in rows
                   if int(row.subject.id) not in critical)  # fmt: skip
    assert max(each.values()) <= 5, "who reads in one conversation gets no more than that does"
    items = told.office.plan().items
    for row in rows:
        on_it = [one for one in every if one.card == int(row.subject.id)]
        ladder = {home(told, items[one.place].department) for one in on_it} | {home(told, "planning")}
        assert row.conversation in ladder
        is_over = all(one.state is State.CLOSED for one in on_it)
        assert (told.look(row).status == "已消除") is is_over
    long_ago = told.office.now - DAYS
    over = [one for one in every if one.card and one.closed_at and one.closed_at < long_ago]
    assert over
    for one in over:
        (first, *_) = [row for row in rows if row.subject.id == str(one.card)]
        if first.conversation == SALES:  # the card there cannot be changed
            assert any(where == SALES and f"EX-{one.number}" in text and "已消除" in text for where, text in said)


def home(told: Told, department: str) -> str:
    return told.office.environment.organisation.departments[department].conversation


def _generated(random: Random) -> Plan:
    items: dict[str, Item] = {}
    for n in range(30):
        start = date(2026, 11, 30) + timedelta(random.randint(0, 20))
        while start.weekday() > 4:
            start += timedelta(1)
        seats = [("warehouse", "li"), ("production", "wang"), ("sales", ""), ("purchasing", "")]
        department, owner = random.choice(seats)
        made = item(f"IT-{n}", "活", random.choice(["task", "production", "delivery"]), department,
                    f"{start:%m-%d}", f"{start:%m-%d}", owner=owner, quantity=Decimal(50))  # fmt: skip
        items[made.code] = replace(made, duration=1)
    return Plan("main", "一厂", 0, items, (), "weekdays")


def test_cut_off_before_it_is_kept_it_is_told_once(told: Told) -> None:
    told.live("12-02 13:00")
    soon = told.office.now + timedelta(hours=1)
    (due,) = [one for one in told.office.database.look(lambda uow: uow.timers.due(soon)) if one.kind == SCAN]
    told.office.now = due.due_at

    def cut_off(uow: UnitOfWork) -> None:
        ring(told.office.turn(uow), due)
        assert uow.exceptions.open_ones()
        raise ConnectionError("the machine went down")

    with pytest.raises(ConnectionError):
        told.office.database.write_now(cut_off)
    assert told.cards(WAREHOUSE) == []
    told.live("12-02 14:00")
    told.ring(due)  # another process had seen it due as well
    assert len(told.cards(WAREHOUSE)) == 1
