"""How far it is from a sentence to what was meant, in figures."""

from collections import Counter
from collections.abc import Iterator, Sequence

from tests.conversation.table import Row, unsaid, wrong
from tests.conversation.world import Talk

WAYS = ("at once", "one tap", "two taps", "three taps", "asked back", "told why not", "told not yet", "a friendly line")
OPEN = "not yet right"
_TAPS = dict(enumerate(WAYS[:4]))
_WITHOUT_A_TAP = {"question": "asked back", "refused": "told why not", "not-yet": "told not yet"}


def way_of(row: Row, talk: Talk) -> str:
    """The way to what the table says; OPEN where none leads there yet."""
    if wrong(row, talk):
        return OPEN
    if row.to and row.leads != "refused" and talk.taps is not None:
        return _TAPS[min(talk.taps, 3)]
    return _WITHOUT_A_TAP.get(row.leads) or ("at once" if row.leads == "command" else "a friendly line")


def told(played: Sequence[tuple[Row, Talk]]) -> Iterator[str]:
    """A table of all, of those who know the product, and of those who never saw the grammar; then what was
    written unsaid, and what is open."""
    ways = [(row, way_of(row, talk)) for row, talk in played]
    groups = {
        "all": ways,
        "who know the product": [one for one in ways if not one[0].by],
        "who never saw the grammar": [one for one in ways if one[0].by],
    }
    yield f"{'':26}{'sentences':>10}" + "".join(f"{way:>17}" for way in (*WAYS, OPEN))
    for name, group in groups.items():
        counts = Counter(way for _, way in group)
        yield f"{name:26}{len(group):10}" + "".join(f"{counts[way]:17}" for way in (*WAYS, OPEN))
    yield ""
    yield from (f"unsaid: {row} — {', '.join(written)}" for row, talk in played if (written := unsaid(row, talk)))
    yield from (f"open: {row} — {row.open}" for row, way in ways if way == OPEN)
