"""Masked columns never reach anybody who may not see them (rule I15), and a reason that holds a price is warned of
(edge case 26)."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.action import Verb
from cards.encoders.dingtalk.encode import param_map
from cards.encoders.wecom.encode import AIBOT, template_card
from cards.picture import picture_of, svg_of
from handlers.actions.change.propose import draft, submit_draft
from handlers.events import Said
from handlers.inbound.messages import hear
from handlers.notify.render_card import draw
from handlers.platforms import prefix_of
from handlers.turn import Turn
from planning.change.change import Change
from planning.people.masks import DEFAULT_MASKS, Mask
from planning.people.organisation import Person, Role
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, Company
from tests.handlers.office import Office
from tests.previews import NEWEST
from tests.small_company import plan

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

SECRET = "谁也不该看到的数4711"
COLUMNS = {"cost": SECRET, "Unit price": SECRET, "客户": SECRET}
OPEN = {"colour": "红色"}
ROOMS = {"dingtalk:cidProduction==": "production", "dingtalk:cidPlanning==": "planning", "wecom:sales": "sales"}
_events = count(1)


def secret_plan() -> Plan:
    """Every item of the small company has something to hide."""
    known = plan()
    return replace(known, items={code: replace(i, attributes=COLUMNS | OPEN) for code, i in known.items.items()})


@pytest.fixture
def hiding(office: Office) -> Office:
    office.bring(secret_plan())
    return office


def ask(office: Office, person: Person, text: str, room: str = "") -> str:
    """What is answered in a room, or one-to-one when none is given."""
    prefix = prefix_of(room) if room else next(iter(person.identities))
    user = person.identities.get(prefix, "")
    said = Said(
        room or f"{prefix}:user:{user}", "bot", f"m{next(_events)}", user, text, office.now, single=not room
    )

    def unit(uow: UnitOfWork) -> str:
        hear(office.turn(uow), said)
        messages = uow.outbox.claim(office.now, 99)
        for message in messages:
            uow.outbox.sent(message, office.now)
        uow.commit()
        return "\n".join(message.body for message in messages if message.body)

    return office.database.write_now(unit)


# -- 查计划 ------------------------------------------------------------------------------------------------


def test_one_to_one_who_may_see_a_column_sees_it(hiding: Office) -> None:
    lines = ask(hiding, hiding.environment.organisation.people["lin"], "查计划 RC-1").splitlines()
    assert lines[lines.index("**其他信息**") :] == [
        "**其他信息**",
        f"- cost：{SECRET}",
        f"- Unit price：{SECRET}",
        f"- 客户：{SECRET}",
        "- colour：红色",
    ]


@pytest.mark.parametrize(("person", "room"), [("he", ""), ("boss", ""), ("lin", "dingtalk:cidPlanning==")])
def test_others_see_that_it_is_there_and_not_for_them(hiding: Office, person: str, room: str) -> None:
    """The coordinator may see it, the others who hear in the planners' group may not."""
    lines = ask(hiding, hiding.environment.organisation.people[person], "查计划 RC-1", room).splitlines()
    assert lines[lines.index("**其他信息**") :] == [
        "**其他信息**",
        "- cost：＊＊＊（无权查看）",
        "- Unit price：＊＊＊（无权查看）",
        "- 客户：＊＊＊（无权查看）",
        "- colour：红色",
    ]


def test_a_group_sees_what_every_department_that_hears_there_may_see(hiding: Office) -> None:
    """Who may see it is the whole of the department whose group it is."""
    hiding.environment = replace(hiding.environment, masks=(Mask(("*",), departments=("sales", "production")),))
    people = hiding.environment.organisation.people
    assert SECRET in ask(hiding, people["he"], "查计划 RC-1", "wecom:sales")
    assert SECRET not in ask(hiding, people["lin"], "查计划 RC-1", "wecom:sales"), "the asker reads it as well"
    assert SECRET not in ask(hiding, people["han"], "查计划 RC-1", "dingtalk:cidSomewhere=="), "whoever sits there"


def test_a_list_of_items_tells_no_columns(hiding: Office) -> None:
    assert "其他信息" not in ask(hiding, hiding.environment.organisation.people["lin"], "查计划 生产部")


def test_english_too(hiding: Office) -> None:
    hiding.environment = replace(hiding.environment, words=replace(hiding.environment.words, locale="en"))
    told = ask(hiding, hiding.environment.organisation.people["he"], "plan RC-1")
    assert "**Further columns**\n- cost: ＊＊＊ (not for you)" in told


MASKS = st.lists(
    st.builds(
        Mask,
        fields=st.lists(st.sampled_from(["cost", "*price*", "客户", "*"]), min_size=1, max_size=2).map(tuple),
        roles=st.sets(st.sampled_from(list(Role))).map(frozenset),
        departments=st.sets(st.sampled_from(["sales", "production", "planning"])).map(tuple),
    ),
    max_size=2,
).map(tuple)


@given(data=st.data(), masks=MASKS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_answer_holds_a_masked_value_exactly_where_all_who_read_it_may_see_it(
    hiding: Office, data: st.DataObject, masks: tuple[Mask, ...]
) -> None:
    people = hiding.environment.organisation.people
    room = data.draw(st.sampled_from(["", "dingtalk:cidSomewhere==", *ROOMS]), "room")
    able = [p for p in people.values() if not room or prefix_of(room) in p.identities]
    person = data.draw(st.sampled_from(able), "person")
    hiding.environment = replace(hiding.environment, masks=masks)
    told, unnamed = ask(hiding, person, "查计划 RC-1", room), room not in ("", *ROOMS)
    for column, value in COLUMNS.items():
        shown = not unnamed and may_all_see(hiding, masks, column, person, room)
        assert (f"- {column}：{value}" in told) is shown
    assert ("- colour：" in told) is not unnamed, "nothing of the plan is told where no setting names the group"


def may_all_see(office: Office, masks: tuple[Mask, ...], column: str, person: Person, room: str) -> bool:
    """Said again, the long way."""
    over = [mask for mask in masks if any(_covers(field, column) for field in mask.fields)]
    if not over:
        return True
    everybody = office.environment.organisation.people.values()
    readers = [person, *(p for p in everybody if room and p.department == ROOMS[room])]
    return all((mask.roles & p.roles) or p.department in mask.departments for mask in over for p in readers)


def _covers(field: str, column: str) -> bool:
    return field == "*" or field.strip("*") in column.casefold()


# -- everything else that leaves the environment -----------------------------------------------------------------

ADDED = Operation("NEW-1", Op.ADD, {"title": "急单", "department": "production", "start": "2026-12-10", **COLUMNS})


async def test_nothing_that_is_said_shown_or_drawn_holds_a_masked_value(migrated_company: Company) -> None:
    """A week in the company: every reading command, every kind of card, both platforms, the audit trail."""
    company = migrated_company
    for person, room in (("lin", PLANNING), ("han", PRODUCTION), ("he", SALES), ("qian", PURCHASING)):
        for text in (
            "查计划 SO-1", "查计划", "影响 MO-1 推迟3天", "为什么 MO-1", "对比 1 现在", "早会", "待办", "帮助",
            "冻结 查看", "规则", "规则 试算 改期 MO-1 推迟1天 因为 停机", "基线", "代理", "帮助 全部", "待办 全部",
            "为什么", "总览", "总览 生产部", "待批", "晚交", "风险 本周",
        ):  # fmt: skip
            assert await company.types(person, text, room)
            company.clock.move(seconds=4)  # nobody types faster than a conversation is answered
    no = await company.proposes("han")
    assert await company.types("lin", f"谁知道 {no}", PLANNING)
    for text in (f"影响图 {no}", "待批", "待办 全部", "总览", "风险 本周", "帮助", "改期 SO-1 推迟1天 因为 客户"):
        assert await company.types("boss", text, PLANNING)
    assert await company.types("boss", "转告 韩冬 改期 SO-1 推迟1天 因为 客户", PLANNING)
    await company.types("lin", "改期 MO-1 推迟3天 因为 停机", PLANNING)  # two want the same field
    await company.rings(hours=80)
    await company.types("han", f"催办 {no}", PRODUCTION)
    added = await _added(company)
    await company.office.deliver()
    await company.approves(added.no)
    for text in ("查计划 NEW-1", "为什么", "总览", f"影响图 {added.no}"):
        await company.types("lin", text, PLANNING)
    await company.types("lin", "对比 1 现在", PLANNING)
    await company.rings(hours=20)
    assert (await company.change(added.no)).state.value == "applied"
    assert (await company.look(lambda turn: turn.plan().items["NEW-1"].attributes)) == COLUMNS
    sent = list(_sent(company))
    assert len(sent) > 60
    assert [text for text in sent if SECRET in text] == []
    trail = await company.look(lambda turn: turn.uow.audit.newest_first(500))
    assert [event for event in trail if SECRET in repr(event)] == []
    assert any("NEW-1 add" in event.facts.get("operations", "") for event in trail), "but that it was added is there"


OF_NO_ONE_REQUEST = {
    Purpose.CONFLICT, Purpose.QUESTION, Purpose.DELEGATION, Purpose.EXCEPTION, Purpose.SETTING, Purpose.ISSUE,
    Purpose.RECORD,
}  # fmt: skip


async def test_no_kind_of_card_and_no_picture_holds_a_masked_value(migrated_company: Company) -> None:
    company = migrated_company
    no = await company.proposes("han")
    added = await _added(company)

    def drawn(turn: Turn) -> list[str]:
        found = []
        for change in (turn.change(no), added):
            for row in turn.uow.cards.about(change.subject):
                for purpose in set(Purpose) - OF_NO_ONE_REQUEST:
                    card = draw(turn, replace(row, purpose=purpose), change)
                    found += [repr(card), repr(param_map(card)), repr(template_card(card, "t", AIBOT, "http://tongpan"))]
            found.append(svg_of(picture_of(turn.view(change), turn.plan())))
        return found

    texts = await company.look(drawn)
    assert len(texts) > 20
    assert [text for text in texts if SECRET in text] == []


@pytest.fixture
def migrated_company(company: Company) -> Company:
    return company.opens(secret_plan())


async def _added(company: Company) -> Change:
    """As another system proposes it: with the columns of an import."""

    def unit(uow: UnitOfWork) -> Change:
        turn = Turn(uow, company.clock.now(), company.environment)
        uow.plans.lock()
        drafted = draft(turn, turn.plan(), (ADDED,), "api:erp", "急单", "", "")
        submitted = submit_draft(turn, drafted, "api:erp")
        uow.commit()
        return submitted

    return await company.database.write(unit)


def _sent(company: Company) -> Iterator[str]:
    for channel in (company.office.channel, company.office.wecom):
        yield from (text for _, text in channel.posts)
        yield from (repr(delivery) for delivery in channel.cards)


# -- what nothing can mask ---------------------------------------------------------------------------------

WARNING = "⚠ 原因里可能有价格等不公开的内容，提交后群里的人都看得到。要改，请放弃后重新提出。"


@pytest.mark.parametrize(
    ("reason", "warned"),
    [("设备故障", False), ("每台多付35元", True), ("换成红色", False)],
)
async def test_the_preview_warns_of_a_reason_that_gives_something_away(
    migrated_company: Company, reason: str, warned: bool
) -> None:
    company = migrated_company
    await company.types("han", f"改期 MO-1 推迟2天 因为 {reason}")
    preview = await company.card(NEWEST, Purpose.PROPOSAL)
    assert (WARNING in company.shown(preview)[-1].body) is warned


@pytest.mark.parametrize(("person", "room", "warned"), [("lin", PLANNING, True), ("han", PRODUCTION, False)])
async def test_a_masked_value_is_warned_of_only_where_the_speaker_may_see_it(
    migrated_company: Company, person: str, room: str, warned: bool
) -> None:
    """Or the warning would tell who must not know whether a guess is right."""
    company = migrated_company
    await company.types(person, f"改期 MO-1 推迟2天 因为 {SECRET}要求", room)
    preview = await company.card(NEWEST, Purpose.PROPOSAL)
    assert (WARNING in company.shown(preview)[-1].body) is warned


SAID = "⚠ 你写的话里可能有价格等不公开的内容，收到这张单的人都看得到。这次已经算数；以后请不要写在这里。"


@pytest.mark.parametrize(
    "typed",
    [
        "驳回 {no} 因为 每台多付35元",
        "要求修改 {no} 因为 报价35元",
        "驳回 {no} 因为 每台多付35元 建议 推迟3天",
    ],
)
async def test_a_price_in_a_decision_is_warned_of_and_the_word_counts(migrated_company: Company, typed: str) -> None:
    company = migrated_company
    no = await company.proposes("han")
    assert SAID in await company.types("wang", typed.format(no=no))
    assert (await company.change(no)).step_of("production").decisions  # type: ignore[union-attr]


async def test_a_price_on_a_card_is_warned_of_beside_it(migrated_company: Company) -> None:
    company = migrated_company
    no = await company.proposes("han")
    await company.press("wang", await company.card(no, Purpose.APPROVAL, "production"), Verb.REJECT, input="多付35元")
    await company.office.deliver()
    assert company.told(PRODUCTION)[-1] == f"{no} {SAID}"


async def test_what_holds_no_price_is_not_warned_of(migrated_company: Company) -> None:
    no = await migrated_company.proposes("han")
    assert SAID not in await migrated_company.types("wang", f"驳回 {no} 因为 产能不够，少3件")


async def test_once_submitted_there_is_nothing_to_warn_of(migrated_company: Company) -> None:
    no = await migrated_company.proposes("han", "改期 MO-1 推迟2天 因为 每台多付35元")
    preview = await migrated_company.card(no, Purpose.PROPOSAL)
    assert WARNING in migrated_company.shown(preview)[-1].body
    assert WARNING not in (await migrated_company.drawn(preview)).body


def test_masks_are_what_the_house_has_unless_the_settings_say_otherwise(office: Office) -> None:
    assert office.environment.masks == DEFAULT_MASKS


