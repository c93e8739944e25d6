"""A word or a click that comes too late is told what became of the request, when, by whom, and how to go on."""

import pytest

from cards.action import Verb
from storage.delivery.cards import Purpose
from tests.handlers.company import PLANNING, Company

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

AGAIN = "要重新提出，请发送：改期 MO-1 推迟2天 因为 设备故障"


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


async def late_words(company: Company, no: str) -> set[str]:
    """Every way to come too late, typed and pressed."""
    typed = [
        await company.types("wang", f"同意 {no}"),
        await company.types("wang", f"驳回 {no} 因为 太晚"),
        await company.types("wang", f"要求修改 {no} 因为 再看看"),
        await company.types("han", f"修改 {no} 推迟3天"),
        await company.types("han", f"撤回 {no}"),
        await company.types("han", f"催办 {no}"),
        await company.types("lin", f"延长 {no}", PLANNING),
    ]
    row = await company.card(no, Purpose.APPROVAL, "production")
    mine = await company.card(no, Purpose.PROPOSAL)
    pressed = [
        await company.press("wang", row, Verb.APPROVE),
        await company.press("wang", row, Verb.REJECT),
        await company.press("wang", row, Verb.TRANSFER),
        await company.press("han", mine, Verb.SUBMIT),
        await company.press("han", mine, Verb.DETOUR),
    ]
    return {*typed, *(card.summary for card in pressed)}


async def test_an_expired_request_says_since_when_and_how_to_propose_it_again(open_company: Company) -> None:
    no = await open_company.proposes("han")
    await open_company.rings(days=9)
    assert await late_words(open_company, no) == {f"{no} 已于 11-26 18:00 过期，什么也没有做。{AGAIN}"}
    assert await open_company.types("han", AGAIN.partition("：")[2]) == "", "typed back it is a new preview"


async def test_a_rejected_one_says_who_rejected_it(open_company: Company) -> None:
    no = await open_company.proposes("han")
    await open_company.types("wang", f"驳回 {no} 因为 产能不够")
    (told,) = await late_words(open_company, no)
    assert told == f"{no} 已被驳回（生产部 王五 驳回 09:00），什么也没有做。{AGAIN}"


async def test_a_withdrawn_one_says_who_took_it_back(open_company: Company) -> None:
    no = await open_company.proposes("han")
    await open_company.types("han", f"撤回 {no}")
    assert await late_words(open_company, no) == {f"{no} 已于 09:00 被 韩冬 撤回，什么也没有做。{AGAIN}"}


async def test_a_superseded_one_names_the_new_one(open_company: Company) -> None:
    no = await open_company.proposes("han")
    new = await open_company.proposes("han", f"修改 {no} 推迟3天")
    told = f"{no} 已于 09:00 被 {new} 取代，什么也没有做。请看新的一张：谁知道 {new}"
    assert await late_words(open_company, no) == {told}


async def test_one_in_effect_says_its_revision(open_company: Company) -> None:
    no = await open_company.proposes("han")
    await open_company.approves(no)
    revision = (await open_company.change(no)).applied_revision
    told = f"{no} 已于 09:00 生效（第 {revision} 版），什么也没有做。要再改，请重新提出。"
    assert await late_words(open_company, no) == {told}


@pytest.mark.parametrize(
    ("typed", "again"),
    [
        ("改期 MO-1 到 下周五 因为 停机", "改期 MO-1 到 2026-12-18 因为 停机"),  # as it was meant when it was typed
        ("@通盘 改期 MO-1 到 12-15 因为 停机", "改期 MO-1 到 2026-12-15 因为 停机"),
        ("改工期 MO-1 +2天 因为 停机", "改工期 MO-1 +2天 因为 停机"),
    ],
)
async def test_what_was_typed_is_offered_as_it_was_meant(open_company: Company, typed: str, again: str) -> None:
    open_company.clock.move(days=14)
    no = await open_company.proposes("han", typed)
    await open_company.types("han", f"撤回 {no}")
    assert (await open_company.types("wang", f"同意 {no}")).endswith(f"要重新提出，请发送：{again}")


async def test_a_day_that_is_over_is_not_offered(open_company: Company) -> None:
    no = await open_company.proposes("han", "改期 MO-1 到 12-15 因为 停机")
    await open_company.rings(days=30)
    told = await open_company.types("wang", f"同意 {no}")
    assert "过期" in told
    assert told.endswith("要再改，请重新提出。")


async def test_a_revision_is_offered_as_the_command_it_holds(open_company: Company) -> None:
    no = await open_company.proposes("han")
    new = await open_company.proposes("han", f"修改 {no} 推迟3天")
    await open_company.types("han", f"撤回 {new}")
    told = await open_company.types("wang", f"同意 {new}")
    assert told.endswith("要重新提出，请发送：改期 MO-1 推迟3天 因为 设备故障")


async def test_a_step_that_is_decided_says_what_was_decided_when_and_by_whom(open_company: Company) -> None:
    no = await open_company.proposes("lin", "改期 MO-1 推迟2天 因为 设备故障", PLANNING)
    await open_company.types("wang", f"同意 {no}")
    told = f"{no} 的生产部这一步已决定（王五 同意 09:00），什么也没有做。"
    assert await open_company.types("han", f"驳回 {no} 因为 不行") == told
    card = await open_company.press("han", await open_company.card(no, Purpose.APPROVAL, "production"), Verb.APPROVE)
    assert card.summary == told
