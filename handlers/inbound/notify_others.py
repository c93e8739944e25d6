"""通知: one line to whom it concerns; what it would change is offered as a draft, never done without a tap."""

import re
import secrets
from collections.abc import Iterator, Sequence
from itertools import islice

from cards.markdown import plain
from cards.question import Offer, Question
from cards.words.dates import day
from handlers.actions.rhythm.issues import addressee, raise_by_word
from handlers.govern.who_may import may_propose
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.understand import NOT_UNDERSTOOD, understood_freely
from handlers.inbound.speech.wishes.changes import changes_of
from handlers.language import ChangeQuantity, Move, Write
from handlers.language.commands.issues import RaiseIssue
from handlers.language.commands.notifying import Notify
from handlers.language.parse import cut_short
from handlers.language.values.objects import codes_in
from handlers.notify.question_cards import put_up
from handlers.turn import Ask, Turn
from planning.people.organisation import Department, Person
from planning.plan.item import Item
from planning.refusal import Refused

MOST = 3
"""Items to choose from; beside them stands that it is only told."""
_RUN = re.compile(r"[\u4e00-\u9fff]{2,}|[A-Za-z][A-Za-z0-9]{2,}")
_SHORTEST = 2


def notify(turn: Turn, ask: Ask, command: Notify) -> str | None:
    """The question of what is meant, on a card; an issue where nothing would be changed.

    Raises what `understood_freely` makes of words that name nobody, and what raising an issue raises.
    """
    to = addressee(turn, ask, command.to)
    if to is None:
        found = cut_short(ask.text)
        raise understood_freely(turn, ask, Refused(NOT_UNDERSTOOD, found=found, nearest=turn.spell(RaiseIssue(found))))
    heard = Heard.of(turn, ask, command.said)
    wishes = list(islice(_wishes(turn, heard, command.said, to), MOST))
    if not wishes:
        return raise_by_word(turn, ask, RaiseIssue(f"{command.said} 给 {command.to}"))
    put_up(turn, _question(turn, ask, command, to, wishes))
    return None


def _wishes(turn: Turn, heard: Heard, said: str, to: Department | Person) -> Iterator[tuple[Item, Write]]:
    """The change that the words speak for, of each item that they may be about."""
    for item in _items(turn, said, to):
        found = [one for one in changes_of(heard, item.code) if isinstance(one, Move | ChangeQuantity)]
        if found:
            yield item, found[0]


def _items(turn: Turn, said: str, to: Department | Person) -> list[Item]:
    """By their codes; else the open ones of the department whose title or product shares the most with the words."""
    items = turn.plan().items if turn.uow.plans.exists() else {}
    by_code = {code.upper(): item for code, item in items.items()}
    if named := [by_code[code.upper()] for code in codes_in(said) if code.upper() in by_code]:
        return named
    department = to.department if isinstance(to, Person) else to.id
    theirs = [one for one in items.values() if one.department == department and not one.status.is_over]
    shared = {one.code: max(_shared(said, one.title), _shared(said, one.product)) for one in theirs}
    most = max(shared.values(), default=0)
    return [one for one in theirs if shared[one.code] == most] if most >= _SHORTEST else []


def _shared(said: str, name: str) -> int:
    """Length of the longest part of a name that stands in the words."""
    lowered, longest = said.lower(), 0
    for run in _RUN.findall(name.lower()):
        if run.isascii():
            longest = max(longest, len(run) if re.search(rf"\b{re.escape(run)}\b", lowered) else 0)
            continue
        parts = (run[at:end] for at in range(len(run)) for end in range(at + _SHORTEST, len(run) + 1))
        longest = max([longest, *(len(part) for part in parts if part in lowered)])
    return longest


def _question(
    turn: Turn, ask: Ask, command: Notify, to: Department | Person, wishes: Sequence[tuple[Item, Write]]
) -> Question:
    words = turn.words
    told = RaiseIssue(f"{command.said} 给 {command.to}")
    understood = [_in_words(turn, item, wish) for item, wish in wishes]
    key = "notify.understood" if len(wishes) == 1 else "notify.which"
    sentence = words(key, what=understood[0], whom=to.name)
    labels = [words("notify.so")] if len(wishes) == 1 else [words("notify.this", what=what) for what in understood]
    offers = [Offer(_drafts(turn, ask, command, wish), label) for (_, wish), label in zip(wishes, labels, strict=True)]
    offers.append(Offer(turn.spell(told), words("notify.only")))
    return Question(
        id=secrets.token_hex(8), conversation=ask.conversation, person=ask.person.id, said=ask.text,
        sentence=str(plain(sentence)), offers=tuple(offers), form="", asked_at=turn.now,
    )  # fmt: skip


def _drafts(turn: Turn, ask: Ask, command: Notify, wish: Write) -> str:
    """The change, whose preview is theirs to submit; of who may not propose it an issue that holds it."""
    bare = turn.spell(wish).split(" 因为 ")[0]
    if may_propose(turn, ask.person, wish):
        return f"{bare} 因为 {command.said}"
    return turn.spell(RaiseIssue(f"{wish.item} {command.said}（{bare}） 给 {command.to}"))


def _in_words(turn: Turn, item: Item, wish: Write) -> str:
    words = turn.words
    if isinstance(wish, Move) and wish.shift is not None:
        return words("notify.later" if wish.shift > 0 else "notify.earlier", item=item.code, n=abs(wish.shift))
    if isinstance(wish, Move) and wish.to is not None:
        return words("notify.to", item=item.code, date=day(wish.to, turn.today))
    return turn.spell(wish).split(" 因为 ")[0]
