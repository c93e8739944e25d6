"""What to answer to words that are no command: commands they may mean, that a wish has none yet, or small talk."""

import re
from collections.abc import Sequence
from dataclasses import replace

from cards.question import holes
from handlers.govern.authorize import require_command
from handlers.inbound.questions import possible, sample
from handlers.inbound.references import meant
from handlers.inbound.speech.amend import amended
from handlers.inbound.speech.asked_back import asked_back, of_theirs
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import HOLE, names_the_plan
from handlers.inbound.speech.noes import hinted_yes, refused_yes
from handlers.inbound.speech.offers import AHEAD, commands_of, offers_for, possible_of, with_proposals
from handlers.inbound.speech.wishes.by_intent import commands_for
from handlers.inbound.speech.wishes.spelling import REASON_HOLE
from handlers.language import (
    Approve,
    Command,
    Reject,
    Write,
    parse,
)
from handlers.language.clean import ANY_REASON, split_reason
from handlers.language.everyday.homophones import spelt_right
from handlers.language.everyday.plain_reasons import parted
from handlers.language.parse import UNCLEAR, cut_short
from handlers.language.speech import model
from handlers.language.speech.cues import heeded
from handlers.language.speech.intent import Intent
from handlers.language.speech.model import Guess
from handlers.language.values.objects import code_in
from handlers.turn import Ask, Turn
from planning.refusal import Refusal, Refused

NOT_UNDERSTOOD, NOT_YET, SMALL_TALK, NEAREST = "not-understood", "not-yet", "small-talk", "item-nearest"
_OF_AN_ITEM = (Intent.MOVE, Intent.QUANTITY, Intent.DURATION, Intent.CANCEL)
_FREE = (NOT_UNDERSTOOD, "change-missing", "object-missing", "when-missing", "leftover", "quantity-missing",
         "duration-missing", "impact-missing", "revise-missing")  # fmt: skip
"""Refusals of the grammar that leave it open what was meant; where a rare command only lacks its date or number, other
commands are no help."""
_UNCLEAR = ("report-unclear", "wish-missing", "split-unclear", "people-unclear")
"""The same where it is said of what (`转告范磊 SO-1042提前一天`); to a verb alone it is told how it is written."""
TALKATIVE, WITH_A_DAY, OF_THE_PLAN, STRANGE = 0.55, 0.2, 0.25, 2.3
"""So much must speak for a wish rather than for small talk; less, where it names a day or something of the plan; and
so much more, as far as the words are strange to the model: people talk of everything, and wish for little. Chosen on
twelve writers left out of the training: the most wishes understood with less than 2 % of their small talk taken for
one."""
UNLIKELY = -0.65
"""Below this no wish is offered: it is none of those the model knows."""
OF_NOTHING = 0.2
"""So much more where something would be done, and nothing of the plan is named (`手套用完了`)."""
TO_SOMEBODY = 1.0
"""So much more where it is said to a colleague and the bot only hears it."""
_ACTS = (Intent.MUTE, Intent.BIND, Intent.PEOPLE, Intent.WITHDRAW)
_MOVED_TO = re.compile(
    r"[改挪推移延排](?:期|后)?(?:[到至]|下?周[一二三四五六日天])"
    r"|\b(?:move|shift|push|pull|postpone|delay|bring)\b.*\bto\b"
)
_SURE = 0.3
"""So far ahead a wish without a command must be of those that have one."""
_BESIDE = 0.6
"""So near to the likeliest wish a report is offered beside it."""
_ASKS = re.compile(r"^(?!.*(?:怎么|如何|咋)).*(?:[哪那][天日](?!起)|几号|几时|什么时候|何时|[吗嘛么][?？]?$|[?？]$)")
"""A question is no report."""
_CHANGES = re.compile("改|挪|推[迟后延]|延[期后]|提前|顺延|往[前后]|取消")
_RATHER = re.compile(r"(?:不对|不是|actually no|no,? wait)[，, ]")
_TO_SOMEBODY = re.compile(r"@\S+\s")
_NEAREST = {Intent.WEEKLY: "digest", Intent.KPI: "digest", Intent.SIGN: "digest", Intent.STOCK: "ready"}
"""What comes nearest to a wish without a command; it only shows something."""


class Guessed(Refused):
    """A refusal whose next steps are guesses: nothing that was said tells for certain what was meant."""


def understood_freely(turn: Turn, ask: Ask, refused: Refused) -> Refused:
    """What the grammar refused, with the commands that may be meant as next steps. Codes: as it was, NEAREST, NOT_YET,
    SMALL_TALK, and what is asked back. Guessed: as it was, with guesses."""
    refusal = refused.refusal
    if refusal.code not in (*_FREE, *_UNCLEAR) or (refusal.offers and refusal.code != NOT_UNDERSTOOD):
        return refused
    if any(_is_whole(turn, form) for form in refusal.offers):
        return refused
    heard = Heard.of(turn, ask)
    if refusal.code in _UNCLEAR and not (heard.taken or heard.people or heard.departments):
        return refused
    if (right := spelt_right(heard.said)) != heard.said:
        heard = Heard.of(turn, ask, right)
        if meant := _misspelt(heard, right):
            return meant
    if near := heard.nearly():
        nearest = Refusal(NEAREST, {"item": "、".join(heard.codes), "nearest": "、".join(near)})
        return _certain(_spoken(replace(heard, codes=near), nearest))
    if says_no := refused_yes(heard):
        return Refused(NOT_UNDERSTOOD, offers=says_no, **refusal.facts)
    asked = hinted_yes(heard) or of_theirs(heard, asked_back(heard))
    return asked or _with_its_reason(heard, refusal) or _spoken(heard, refusal)


def _with_its_reason(heard: Heard, refusal: Refusal) -> Refused | None:
    """What may be meant by a change beside what has happened (`能不能推三天，设备坏了`), that as its reason."""
    for rest, reason in parted(heard.said):
        wish = Heard.of(heard.turn, heard.ask, rest)
        if wish.codes and (wish.lengths or wish.days or wish.amounts):
            spoken = _spoken(wish, refusal)
            offers = [_because(heard, offer, reason) for offer in spoken.refusal.offers]
            return type(spoken)(spoken.refusal.code, offers=offers, **spoken.refusal.facts)
    return None


def _because(heard: Heard, offer: str, reason: str) -> str:
    bare = offer.removesuffix(f" 因为 {REASON_HOLE}")
    with_reason = f"{bare} 因为 {reason}"
    wanted = possible(heard.turn, heard.ask, with_reason) if not holes(bare) else None
    return with_reason if isinstance(wanted, Write) and not split_reason(bare)[1] else offer


def _misspelt(heard: Heard, right: str) -> Refused | None:
    """The command that it is but for its spelling, as a tap; why not, where it is a decision that is not theirs."""
    turn, ask = heard.turn, heard.ask
    try:
        command = meant(turn, ask, _read(heard, right))
    except Refused as refused:
        return refused if refused.refusal.code in ("nothing-waits", "which-change", "unknown-change") else None
    if possible(turn, ask, turn.vocabulary.spell(command)) is not None:
        return Refused(NOT_UNDERSTOOD, offers=[right], found=ask.text, nearest=right)
    return Refused("not-an-approver", no=command.change_no) if isinstance(command, (Approve, Reject)) else None


def _read(heard: Heard, text: str) -> Command:
    """The command, with a reason where it lacks one. Raises what the readers of commands raise."""
    try:
        return parse(text, heard.today, heard.turn.vocabulary)
    except Refused as refused:
        if refused.refusal.code != "reason-missing":
            raise
    return parse(f"{text}{ANY_REASON}", heard.today, heard.turn.vocabulary)


def _spoken(heard: Heard, refusal: Refusal) -> Refused:
    turn = heard.turn
    if offers := list(amended(heard)):
        return _with(refusal, offers)
    typed = [form for form in refusal.offers if code_in(form) or form.split(" ")[0] in heard.said]
    typed = [form for form in typed if not heard.codes or code_in(form) in ("", *heard.codes)]
    ranked = _ranked(heard)
    talk = next(guess for guess in ranked if guess.intent is Intent.SMALL_TALK)
    no_fact = bool(_ASKS.search(heard.spoken)) or bool(heard.changes)
    wishes = [one for one in ranked if one.intent is not Intent.SMALL_TALK and not (no_fact and one.intent.is_fact)]
    if refusal.code == NOT_UNDERSTOOD and _is_small_talk(heard, talk, wishes[0]):
        return Refused(SMALL_TALK)
    possible = [guess for guess in wishes if not _has_no_command(heard, guess.intent) and _may_be(heard, guess, wishes)]
    # progress is asked in a report's own words
    rivals = [guess for guess in possible if not (guess.intent.is_fact or guess.intent is Intent.PROGRESS)]
    is_sure = wishes[0].score - rivals[0].score > _SURE
    if is_sure and wishes[0].intent.is_fact:
        return _of_fact(heard, wishes[0].intent, refusal)
    if is_sure and _has_no_command(heard, wishes[0].intent):
        return Refused(NOT_YET, offers=_nearest(heard, wishes[0].intent), wish=turn.words(f"wish.{wishes[0].intent}"))
    if lacking := _lacks_its_item(heard, possible):
        return Refused("object-missing", offers=[lacking], example=lacking)
    if why := _not_theirs(heard, possible):
        return why
    is_none = possible[0].score < UNLIKELY and not (heard.codes or heard.changes)
    offers = typed if is_none else with_proposals(heard, offers_for(heard, possible, typed)) or typed
    return Guessed(refusal.code, offers=offers, **refusal.facts)


def _certain(refused: Refused) -> Refused:
    return _with(refused.refusal, refused.refusal.offers)


def _ranked(heard: Heard) -> list[Guess]:
    """What may be wanted, likeliest first: by the model, by plain words, and by what this company's people chose."""
    ranked = heeded(heard.spoken, model.load().rank(heard.marked))
    return heard.turn.environment.speech.of(heard.turn.uow.plan_id).heeded(heard.votes(), ranked)


def _may_be(heard: Heard, guess: Guess, wishes: Sequence[Guess]) -> bool:
    """Check whether a report may stand beside wishes: it is near the likeliest, and nothing is to be changed."""
    return not guess.intent.is_fact or (
        wishes[0].score - guess.score < _BESIDE and not _CHANGES.search(heard.spoken)
    )


def _has_no_command(heard: Heard, intent: Intent) -> bool:
    return intent.has_no_command_yet and not commands_for(intent, heard)


def _of_fact(heard: Heard, intent: Intent, refusal: Refusal) -> Refused:
    """The report as a tap; why not, where it is others' to report, or nothing of it can be made out."""
    try:
        facts = possible_of(heard, commands_for(intent, heard))
    except Refused as refused:
        return refused
    return _with(refusal, facts) if facts else Refused(UNCLEAR, found=cut_short(heard.said), example="报工 MO-2451 300")


def _not_theirs(heard: Heard, wishes: Sequence[Guess]) -> Refused | None:
    """Why what is plainly meant is not theirs to do; None where it is, or is not sure."""
    if wishes[0].score - wishes[1].score < AHEAD:
        return None
    for text in commands_of(heard, wishes[0].intent)[:1]:
        try:
            command = parse(sample(text) if holes(text) else text, heard.today, heard.turn.vocabulary)
            require_command(heard.turn, heard.ask.person, command)
        except Refused as refused:
            code = refused.refusal.code
            return refused if code.startswith("may-not") and not refused.refusal.offers else None
    return None


def _lacks_its_item(heard: Heard, wishes: Sequence[Guess]) -> str:
    """The change that is meant, of an item that nobody named; empty where it may be something else, or of something."""
    if wishes[0].intent not in _OF_AN_ITEM or wishes[0].score - wishes[1].score < AHEAD:
        return ""
    commands = commands_of(heard, wishes[0].intent)
    about_none = [text for text in commands if HOLE in text]
    whole = about_none[0].removesuffix(f" 因为 {REASON_HOLE}") if len(about_none) == len(commands) and commands else ""
    return whole if whole and possible(heard.turn, heard.ask, sample(whole)) else ""


def _is_whole(turn: Turn, form: str) -> bool:
    """A change with all it takes, its reason too: only its verb was not in its place."""
    verb = turn.vocabulary.verb_of(form)
    return verb is not None and verb[0].needs_reason and holes(form) == 0


def _is_small_talk(heard: Heard, talk: Guess, best: Guess) -> bool:
    if heard.codes or heard.changes or code_in(heard.said):
        return False
    if heard.days and _RATHER.match(heard.spoken) and not names_the_plan(heard):
        return True  # a day in place of another: nobody knows here of what
    if heard.ask.quoted and _ASKS.search(heard.spoken):
        return False
    if heard.days and _MOVED_TO.search(heard.spoken):
        return False
    says_values, of_the_plan = bool(heard.lengths or heard.amounts), names_the_plan(heard)
    enough = TALKATIVE + STRANGE * model.load().strange(heard.marked)
    enough -= WITH_A_DAY * (bool(heard.days) and not best.intent.is_fact) + OF_THE_PLAN * of_the_plan
    if _TO_SOMEBODY.match(heard.ask.text):
        enough += TO_SOMEBODY
    if not (says_values or of_the_plan) and (best.intent.is_fact or best.intent in _ACTS):
        enough += OF_NOTHING
    return best.score - talk.score < enough


def _nearest(heard: Heard, intent: Intent) -> list[str]:
    near = _NEAREST.get(intent)
    return commands_for(Intent(near), heard)[:1] if near else []


def _with(refusal: Refusal, offers: Sequence[str]) -> Refused:
    return Refused(refusal.code, offers=offers, **refusal.facts)
