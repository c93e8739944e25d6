"""What a request changes against the one whose place it takes, for those who have seen that."""

from datetime import date

from cards.words import Words
from cards.words.dates import day
from planning.change.change import Change


def against(old: Change, new: Change, words: Words, today: date) -> str:
    """比上一轮：MO-1 完成 12-15 → 12-14，晚交 2 单 → 1 单; where neither differs, that the effect is the same."""
    told = list[str]()
    for item in dict.fromkeys(operation.item for operation in new.operations):
        was, became = _finish(old, item), _finish(new, item)
        if was and became and was != became:
            dates = {"before": day(was, today), "after": day(became, today)}
            told.append(words("card.compared.finish", item=item, **dates))
    counts = len(old.impact.late_orders), len(new.impact.late_orders)
    if counts[0] != counts[1]:
        told.append(words("card.compared.late", before=counts[0], after=counts[1]))
    same = words("card.compared.same" if old.impact.hash == new.impact.hash else "card.compared.other")
    return words("card.compared", what=words.list(told[:2]) or same)


def _finish(change: Change, item: str) -> date | None:
    found = next((line for line in change.impact.lines if (line.item, line.field) == (item, "finish")), None)
    return date.fromisoformat(found.after) if found and found.after else None
