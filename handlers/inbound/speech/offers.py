"""Which commands become the buttons: possible, permitted, about what was named, the likeliest first."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from cards.question import holes
from handlers.govern.who_may import may_propose, who_may_propose
from handlers.inbound.questions import possible, sample
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.named import is_about_what_was_named
from handlers.inbound.speech.proposals import spoken_of
from handlers.inbound.speech.wishes.against import is_against
from handlers.inbound.speech.wishes.by_intent import commands_for
from handlers.inbound.speech.wishes.following import shown_of
from handlers.inbound.speech.wishes.spelling import REASON_HOLE
from handlers.language import (
    THIS,
    Cancel,
    ChangeQuantity,
    Command,
    Move,
    SetDuration,
    Write,
    find_item,
    parse,
)
from handlers.language.clean import ANY_REASON
from handlers.language.speech import model
from handlers.language.speech.intent import Intent
from handlers.language.speech.model import Guess
from planning.refusal import Refused

OFFERED = 3
_REASONED = (Move, ChangeQuantity, SetDuration, Cancel)
AHEAD = 0.35
"""So far ahead of the next, a wish is offered in two readings before the next one is."""
_TRIED = 5
_CLAUSES = re.compile(r"[，。；;,\n！!？?]|然后|顺便|另外|再帮|\band\b|\bthen\b")
_SAID_OF_ONE = (
    (Intent.REJECT, re.compile(r"不(?:同意|批|准|行|可以|能批)|驳|\b(?:reject|no)\b")),
    (Intent.MODIFY, re.compile(r"退回|打回|重[新]?[提写报]|改[一下了]?再")),
    (Intent.WITHDRAW, re.compile(r"撤|\bwithdraw\b")),
    (Intent.REMIND, re.compile(r"催|\bremind|\bnudge")),
    (Intent.TRANSFER, re.compile(r"转[给交]|给\S{2,3}批")),
    (Intent.APPROVE, re.compile(r"同意|批|可以|没问题|没意见|通过|行|\b(?:ok|approve|yes)")),
)
"""What a clause says of the request it names; a no before a yes."""
_ALSO = re.compile(r"另外|然后|顺便|顺嘴|再帮|同埋|\bthen\b|\balso\b")
_SHORTEST = 3


def offers_for(heard: Heard, possible: Sequence[Guess], typed: Sequence[str]) -> list[str]:
    """The likeliest of each wish, then what else the likeliest may mean."""
    by_wish = [commands_of(heard, guess.intent) for guess in [possible[0], *_worth(heard, possible[1:])][:_TRIED]]
    if each := _of_each_request(heard):
        return possible_of(heard, [*each, *chain.from_iterable(by_wish)])
    if shown := shown_of(heard):
        return possible_of(heard, [*shown, *chain.from_iterable(by_wish)])
    is_two = Intent.TWO in [guess.intent for guess in possible[:2]] and not heard.puts_itself_right
    if is_two or _ALSO.search(heard.spoken):
        return possible_of(heard, [*_of_clauses(heard), *chain.from_iterable(by_wish)])
    is_ambiguous = any(len(day.choices) > 1 for day in heard.days)
    if len(possible) > 1 and (possible[0].score - possible[1].score > AHEAD or is_ambiguous):
        first, others = by_wish[0][:2], [by_wish[0][2:], *by_wish[1:]]
    else:
        first, others = by_wish[0][:1], [by_wish[0][1:], *by_wish[1:]]
    likeliest = [commands[0] for commands in others[1:] if commands]
    further = zip_longest(others[0], *(commands[1:] for commands in others[1:]))
    rest = [command for row in further for command in row if command]
    named = [form for form in typed if form.split(" ")[0] in heard.said]
    every = [*named, *first, *typed, *likeliest, *rest]
    return possible_of(heard, sorted(every, key=lambda text: text not in first and _is_open(text)))


def with_proposals(heard: Heard, found: list[str]) -> list[str]:
    """What a language model proposes and what is found here, in turns: the likeliest of ours is always among them."""
    proposed = possible_of(heard, list(spoken_of(heard, heard.ask.proposed)))
    if not proposed:
        return found
    once: dict[Command | str, str] = {}
    for text in filter(None, chain.from_iterable(zip_longest(proposed, found))):
        bare = text.removesuffix(f" 因为 {REASON_HOLE}")
        command = possible(heard.turn, heard.ask, sample(bare) if holes(bare) else bare)
        once.setdefault(_apart_from_reason(command) if command else bare, bare)
    return list(once.values())[:OFFERED] if len(once) > 1 else proposed


def commands_of(heard: Heard, intent: Intent) -> list[str]:
    """What may be meant by a wish, or by a report that is theirs to make."""
    try:
        return commands_for(intent, heard)
    except Refused:
        return []


def _worth(heard: Heard, guesses: Sequence[Guess]) -> list[Guess]:
    """Those against which no word speaks: the others take nobody's place."""
    return [guess for guess in guesses if not is_against(guess.intent, heard)]


def _is_open(text: str) -> bool:
    """A command that still has to find what it is about."""
    return THIS in text or holes(text.removesuffix(f" 因为 {REASON_HOLE}")) > 0


def possible_of(heard: Heard, texts: Sequence[str]) -> list[str]:
    """Those of them that are understood and permitted to this person, each once; at most one that still lacks more than
    its reason, and only as the likeliest."""
    turn, ask = heard.turn, heard.ask
    chosen: dict[Command, str] = {}
    for text in texts:
        bare = text.removesuffix(f" 因为 {REASON_HOLE}")
        lacks = holes(bare) > 0
        if holes(bare) > 1 or (lacks and chosen):
            continue
        command = possible(turn, ask, sample(bare) if lacks else bare)
        if command is None and not lacks and (handed := handed_on(heard, bare)):
            text, command = handed, possible(turn, ask, handed)
        if command is not None and is_about_what_was_named(heard, command, is_first=not chosen):
            chosen.setdefault(_apart_from_reason(command), text)
        if len(chosen) == OFFERED:
            break
    if len(chosen) == 1:
        return list(chosen.values())
    return [text.removesuffix(f" 因为 {REASON_HOLE}") for text in chosen.values()]


def handed_on(heard: Heard, text: str) -> str:
    """The change for somebody to propose who may; empty where they themselves may, or nobody does."""
    turn, person = heard.turn, heard.ask.person
    try:
        wish = parse(f"{text}{ANY_REASON}", heard.today, turn.vocabulary)
        if not isinstance(wish, Write) or not turn.uow.plans.exists() or may_propose(turn, person, wish):
            return ""
        find_item(turn.plan(), wish.item)
    except Refused:
        return ""
    others = who_may_propose(turn, wish, person)
    return f"转告 {others[0].name} {text}" if others else ""


def _apart_from_reason(command: Command) -> Command:
    return replace(command, reason="") if isinstance(command, _REASONED) else command


def _of_clauses(heard: Heard) -> list[str]:
    """The likeliest command of each part of a sentence that holds two wishes."""
    found: list[str] = []
    for clause in _CLAUSES.split(heard.said):
        if len(clause.strip()) < _SHORTEST:
            continue
        part = Heard.of(heard.turn, heard.ask, clause.strip())
        best = model.load().rank(part.marked)[0].intent
        found.extend(commands_of(part, best)[:1])
    return found


def _of_each_request(heard: Heard) -> list[str]:
    """`7号同意，3号不同意`: what each clause says of a request of its own."""
    found: dict[str, str] = {}
    for clause in _CLAUSES.split(heard.said):
        part = Heard.of(heard.turn, heard.ask, clause.strip()) if len(clause.strip()) >= _SHORTEST else None
        if part is None or len(part.changes) != 1:
            continue
        said = next((one for one in _SAID_OF_ONE if one[1].search(part.spoken)), None)
        if said and (commands := commands_of(part, said[0])):
            found.setdefault(part.changes[0], commands[0])
    return list(found.values()) if len(found) > 1 else []
