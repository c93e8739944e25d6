"""What a forecast reads: what an item hangs on and what hangs on it, however many hang there beside it."""

from datetime import date
from decimal import Decimal

from planning.facts.forecast import Outlook, involved_in
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.schedule.network import Network


def item(code: str, type_: str = "production", product: str = "") -> Item:
    day = date(2026, 12, 1)
    return Item(code, code, day, day, 1, type_, quantity=Decimal(10), product=product)


def network(items: list[Item], *pairs: tuple[str, str]) -> Network:
    links = tuple(Link(before, behind) for before, behind in pairs)
    return Network.of(Plan("p", "p", 1, {one.code: one for one in items}, links, "weekdays"))


def test_what_hangs_beside_it_is_not_read() -> None:
    beside = [f"S-{n}" for n in range(50)]
    star = network([item("PRE"), *map(item, beside), item("END")], *(("PRE", code) for code in beside), ("S-1", "END"))
    assert sorted(involved_in(star, ["S-1"])) == ["END", "PRE", "S-1"]
    assert sorted(involved_in(star, ["S-1", "S-2"])) == ["END", "PRE", "S-1", "S-2"]



def test_links_are_told_apart_by_their_ends() -> None:
    chain = network([item("A"), item("B"), item("C")], ("A", "B"), ("B", "C"))
    outlook = Outlook(chain, {}, {}, date(2026, 12, 1))
    assert [one.predecessor.code for one in outlook.relations_into("B")] == ["A"]
    assert [one.successor.code for one in outlook.relations_behind("B")] == ["C"]
