"""谁知道: at most eight lines, what is still missing first; the list of everybody is one tap away."""

from dataclasses import replace

from cards.action import Verb
from handlers.reads.brief import LINES, brief
from handlers.reads.change.who_knows import Knows, departments
from storage.delivery.cards import Purpose
from tests.handlers.company import PRODUCTION, Company


async def test_who_owes_a_word_stands_before_who_gave_it(company: Company) -> None:
    no = await company.opens().proposes("han")
    await company.approves(no, "sales")
    told = await company.types("han", f"谁知道 {no}")
    title, reached, first, *rest = [line for line in told.splitlines() if line.strip()]
    assert title.startswith(f"**谁知道 {no} · MO-1 耳机组装 推迟2天")
    assert "1/" in reached
    assert first.startswith("- ⏳")
    assert any(line.startswith("- ✅ 销售部：苏经理 同意") for line in rest)
    assert len(told.splitlines()) <= LINES + 1


async def test_everybody_is_one_tap_away(company: Company) -> None:
    no = await company.opens().proposes("han")
    await company.types("han", f"谁知道 {no}")
    card = company.questions(PRODUCTION)[-1]
    assert any("全部" in button.text for button in card.buttons)
    told = await company.types("han", f"谁知道 {no} 全部")
    assert "- 苏经理（销售部）：已发 09:00 · 未点收到" in told


async def test_who_has_received_it_is_named(company: Company) -> None:
    no = await company.opens().proposes("han")
    asked = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", asked, Verb.RECEIVED)
    assert "销售部：苏经理 没决定，已收到：苏经理" in await company.types("han", f"谁知道 {no}")


async def test_ten_departments_are_eight_lines(company: Company) -> None:
    """What has no room is counted, and behind the tap."""
    no = await company.opens().proposes("han")
    change = await company.change(no)
    sales = next(step for step in change.steps if step.department == "sales")
    many = replace(change, steps=(*change.steps, *(replace(sales, department=f"d{n}") for n in range(10))))
    people: list[Knows] = []
    told = await company.look(lambda turn: list(departments(turn, many, people)))
    assert len(told) > len(many.steps)
    text = await company.look(lambda turn: brief(turn, "", ["", *told]))
    assert "另有" in text.splitlines()[-1]
    assert len(text.splitlines()) == LINES + 1
