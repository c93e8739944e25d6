"""Cards of exceptions: what stands on one, and how it shows."""

from collections.abc import Sequence
from dataclasses import replace

from cards.card import Card
from cards.faces import ExceptionView, exception_card
from handlers.notify.facts.exception_lines import ExceptionLines, leading, worst_first
from handlers.turn import Turn
from planning.exceptions.cure import cure_of
from planning.exceptions.episode import Episode, State
from planning.exceptions.quieting import SNOOZED_FOR
from planning.refusal import Refused
from planning.subject import Subject, SubjectKind
from storage.delivery.cards import CardRow

SHOWN = 5
"""Lines of a card."""


def subject_of(card: int) -> Subject:
    """The subject of the card about this row."""
    return Subject(SubjectKind.EXCEPTION, str(card))


def rooms_of(turn: Turn, card: int) -> list[str]:
    """The conversations in which it stands, the one that was told first before those it climbed to."""
    return [row.conversation for row in turn.uow.cards.about(subject_of(card))] if card else []


def exceptions_on(turn: Turn, row: CardRow) -> list[Episode]:
    """Episodes on a card. Raises "card-unknown" for a card of another kind: an action can be made up."""
    is_one = row.subject.kind == SubjectKind.EXCEPTION and row.subject.id.isdecimal()
    number = int(row.subject.id) if is_one else 0
    first = turn.uow.exceptions.get(number)
    if first is None:
        raise Refused("card-unknown")
    return turn.uow.exceptions.on_card(number) or [first]  # all of it may stand where somebody else reads by now


def exception_facing(turn: Turn, row: CardRow) -> Card:
    """A card of exceptions as it shows now."""
    rows = exceptions_on(turn, row)
    still = [one for one in rows if one.state is State.OPEN]
    places = {one.place for one in still or rows}
    view = _list(turn, rows, still) if len(places) > 1 else _single(turn, rows, still)
    return exception_card(view, row.card_id)


def _single(turn: Turn, rows: Sequence[Episode], still: Sequence[Episode]) -> ExceptionView:
    lines, words = ExceptionLines(turn), turn.words
    leads = leading(still or rows)
    title = f"{lines.name(leads)} · {lines.subject(leads)}"
    if not still:
        over = [words("exception.over", name=lines.name(one), subject=lines.subject(one), n=one.number) for one in rows]
        return ExceptionView(title, words("status.exception-over"), over[:SHOWN], words)
    others = [f"{lines.name(one)}：{lines.what(one)}" for one in sorted(still, key=worst_first)
              if one is not leads and one.key.item == leads.key.item]  # fmt: skip
    also = words("exception.and", more=words.clauses(others)) if others else ""
    broken = lines.breaks(still, leads)
    first = words("exception.first", mark=lines.mark(leads), what=lines.what(leads))
    told = [first, also or broken, lines.cause(leads), lines.stands(leads), lines.keep(leads) or broken]
    view = _view(turn, title, list(dict.fromkeys(filter(None, told)))[:SHOWN], still, leads)
    return replace(view, facts=tuple(lines.facts(leads, lines.promises(still, leads))))


def _list(turn: Turn, rows: Sequence[Episode], still: Sequence[Episode]) -> ExceptionView:
    lines, words = ExceptionLines(turn), turn.words
    if not still:
        return ExceptionView(words("exception.several.over"), words("status.exception-over"),
                             [words("exception.several.over")], words)  # fmt: skip
    told = list(lines.rows(still))
    title = words("exception.several", n=len(told))
    shown = told if len(told) <= SHOWN else [*told[: SHOWN - 1], words("exception.all")]
    return _view(turn, title, shown, still, leading(still))


def _view(turn: Turn, title: str, told: Sequence[str], still: Sequence[Episode], leads: Episode) -> ExceptionView:
    words, worst = turn.words, max(one.severity for one in still)
    status = words(f"status.exception-{worst.name.lower()}")
    if all(one.is_quiet(turn.now) for one in still):
        status = words("status.exception-quiet")
    elif leads.is_taken(turn.now):
        status = words("status.exception-taken", name=turn.organisation.name_of(leads.taken_by))
    return ExceptionView(
        title, status, told, words, severity=worst.name.lower(), can_cure=any(cure_of(one) for one in still),
        can_wait=any(one.severity in SNOOZED_FOR for one in still),
    )  # fmt: skip
