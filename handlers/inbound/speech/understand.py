"""What to answer to words that are no command: commands they may mean, that a wish has none yet, or small talk."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from cards.question import holes
from handlers.inbound.questions import possible, sample
from handlers.inbound.speech.amend import amended
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import items_of, names_the_plan
from handlers.inbound.speech.wishes import REASON_HOLE, commands_for
from handlers.language import THIS, Cancel, ChangeQuantity, Command, Move, QueryPlan, SetDuration
from handlers.language.objects import code_in
from handlers.language.speech import model
from handlers.language.speech.days import no_day_in
from handlers.language.speech.intent import Intent
from handlers.language.speech.model import Guess
from handlers.turn import Ask, Turn
from planning.refusal import Refusal, Refused

NOT_UNDERSTOOD, NOT_YET, SMALL_TALK = "not-understood", "not-yet", "small-talk"
OFFERED = 3
_REASONED = (Move, ChangeQuantity, SetDuration, Cancel)
_FREE = (NOT_UNDERSTOOD, "change-missing", "object-missing", "when-missing", "leftover", "quantity-missing",
         "duration-missing", "impact-missing", "revise-missing")  # fmt: skip
"""Refusals of the grammar that leave it open what was meant; where a rare command only lacks its date or number, other
commands are no help."""
TALKATIVE, WITH_VALUES = 0.5, 0.3
"""So much must speak for a wish rather than for small talk; less, where it names a number or something of the plan.
Chosen on writers left out of the training: 1 % of the small talk was answered with a command."""
_SURE = 0.3
"""So far ahead a wish without a command must be of those that have one."""
_AHEAD = 0.35
"""So far ahead of the next, a wish is offered in two readings before the next one is."""
_TRIED = 5
_CLAUSES = re.compile(r"[，。；;,\n！!？?]|然后|顺便|另外|再帮|\band\b|\bthen\b")
_ALSO = re.compile(r"另外|然后|顺便|顺嘴|再帮|同埋|\bthen\b|\balso\b")
_SHORTEST = 3
_NEAREST = {
    Intent.REPORT: "look", Intent.ARRIVE: "look", Intent.BEGIN: "look", Intent.COMPLETE: "look", Intent.READY: "look",
    Intent.PROGRESS: "look", Intent.BOARD: "digest", Intent.GANTT: "look", Intent.WEEKLY: "digest",
    Intent.EXCEPTIONS: "digest", Intent.KPI: "digest", Intent.SIGN: "digest",
}  # fmt: skip
"""What comes nearest to a wish without a command; it only shows something."""


def understood_freely(turn: Turn, ask: Ask, refused: Refused) -> Refused:
    """What the grammar refused, with the commands that may be meant as next steps. Codes: as it was, NOT_YET,
    SMALL_TALK."""
    refusal = refused.refusal
    if refusal.code not in _FREE or (refusal.offers and refusal.code != NOT_UNDERSTOOD):
        return refused
    if any(_is_whole(turn, form) for form in refusal.offers):
        return refused
    heard = Heard.of(turn, ask)
    if no_day := no_day_in(heard.spoken, heard.today):
        forms = [f"改期 {item} <日期>" for item in items_of(heard, or_this=False)[:1]]
        return Refused("no-such-date", offers=forms, found=no_day)
    if offers := list(amended(heard)):
        return _with(refusal, offers)
    typed = [form for form in refusal.offers if code_in(form) or form.split(" ")[0] in heard.said]
    ranked = model.load().rank(heard.spoken)
    talk = next(guess for guess in ranked if guess.intent is Intent.SMALL_TALK)
    wishes = [guess for guess in ranked if guess.intent is not Intent.SMALL_TALK]
    if refusal.code == NOT_UNDERSTOOD and _is_small_talk(heard, talk, wishes[0]):
        return Refused(SMALL_TALK)
    possible = [guess for guess in wishes if not guess.intent.has_no_command_yet]
    if wishes[0].intent.has_no_command_yet and wishes[0].score - possible[0].score > _SURE:
        return Refused(NOT_YET, offers=_nearest(heard, wishes[0].intent), wish=turn.words(f"wish.{wishes[0].intent}"))
    spelt_as_read = turn.words.locale != "en"  # the canonical words of a command are Chinese
    if spelt_as_read and (offers := _offers(heard, possible, typed)):
        return _with(refusal, offers)
    return _with(refusal, typed)


def _is_whole(turn: Turn, form: str) -> bool:
    """A change with all it takes, its reason too: only its verb was not in its place."""
    verb = turn.vocabulary.verb_of(form)
    return verb is not None and verb[0].needs_reason and holes(form) == 0


def _is_small_talk(heard: Heard, talk: Guess, best: Guess) -> bool:
    if heard.codes or heard.changes or code_in(heard.said):
        return False
    says_something = heard.lengths or heard.amounts or names_the_plan(heard)
    return best.score - talk.score < (WITH_VALUES if says_something else TALKATIVE)


def _offers(heard: Heard, possible: Sequence[Guess], typed: Sequence[str]) -> list[str]:
    """The likeliest of each wish, then what else the likeliest may mean."""
    by_wish = [commands_for(guess.intent, heard) for guess in possible[:_TRIED]]
    if _ALSO.search(heard.spoken) or Intent.TWO in [guess.intent for guess in possible[:2]]:
        return _possible(heard, [*_of_clauses(heard), *chain.from_iterable(by_wish)])
    if len(possible) > 1 and possible[0].score - possible[1].score > _AHEAD:
        first, others = by_wish[0][:2], [by_wish[0][2:], *by_wish[1:]]
    else:
        first, others = by_wish[0][:1], [by_wish[0][1:], *by_wish[1:]]
    likeliest = [commands[0] for commands in others[1:] if commands]
    further = zip_longest(others[0], *(commands[1:] for commands in others[1:]))
    rest = [command for row in further for command in row if command]
    named = [form for form in typed if form.split(" ")[0] in heard.said]
    every = [*named, *first, *typed, *likeliest, *rest]
    return _possible(heard, sorted(every, key=lambda text: text not in first and _is_open(text)))


def _is_open(text: str) -> bool:
    """A command that still has to find what it is about."""
    return THIS in text or holes(text.removesuffix(f" 因为 {REASON_HOLE}")) > 0


def _possible(heard: Heard, texts: Sequence[str]) -> list[str]:
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
        if command is not None:
            chosen.setdefault(_apart_from_reason(command), text)
        if len(chosen) == OFFERED:
            break
    if len(chosen) == 1:
        return list(chosen.values())
    return [text.removesuffix(f" 因为 {REASON_HOLE}") for text in chosen.values()]


def _apart_from_reason(command: Command) -> Command:
    return replace(command, reason="") if isinstance(command, _REASONED) else command


def _of_clauses(heard: Heard) -> list[str]:
    """The likeliest command of each part of a sentence that holds two wishes."""
    found: list[str] = []
    for clause in _CLAUSES.split(heard.said):
        if len(clause.strip()) < _SHORTEST:
            continue
        part = Heard.of(heard.turn, heard.ask, clause.strip())
        best = model.load().rank(part.spoken)[0].intent
        found.extend(commands_for(best, part)[:1])
    return found


def _nearest(heard: Heard, intent: Intent) -> list[str]:
    near = _NEAREST.get(intent)
    if near == "look":
        items = items_of(heard, or_this=False)
        return [heard.turn.vocabulary.spell(QueryPlan(item)) for item in items[:2] if heard.codes or "-" in item]
    return commands_for(Intent(near), heard)[:1] if near else []


def _with(refusal: Refusal, offers: Sequence[str]) -> Refused:
    return Refused(refusal.code, offers=offers, **refusal.facts)
