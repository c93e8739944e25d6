"""What to answer to words that are no command: commands they may mean, that a wish has none yet, or small talk."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain, zip_longest

from cards.question import holes
from handlers.govern.authorize import require_command
from handlers.govern.who_may import may_propose, who_may_propose
from handlers.inbound.questions import possible, sample
from handlers.inbound.references import meant
from handlers.inbound.speech.amend import FRESH, amended
from handlers.inbound.speech.facts import facts_for
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import HOLE, items_of, names_the_plan
from handlers.inbound.speech.named import is_about_what_was_named
from handlers.inbound.speech.noes import hinted_yes, refused_yes
from handlers.inbound.speech.proposals import spoken_of
from handlers.inbound.speech.wishes import REASON_HOLE, commands_for, gone, is_against, shown_of
from handlers.language import (
    THIS,
    Approve,
    Cancel,
    ChangeQuantity,
    Command,
    Move,
    Reject,
    Revise,
    SetDuration,
    Write,
    find_item,
    parse,
)
from handlers.language.approximate import APPROXIMATE, either
from handlers.language.clean import ANY_REASON, split_reason
from handlers.language.homophones import spelt_right
from handlers.language.objects import code_in
from handlers.language.parse import UNCLEAR, cut_short
from handlers.language.plain_reasons import parted
from handlers.language.speech import model
from handlers.language.speech.cues import heeded
from handlers.language.speech.days import a_few_days_in, direction_of, later_than_now_in, no_day_in, vague_amount_in
from handlers.language.speech.intent import Intent
from handlers.language.speech.model import Guess
from handlers.turn import Ask, Turn
from planning.plan.item import Item
from planning.plan.link import LagKind
from planning.refusal import Refusal, Refused

NOT_UNDERSTOOD, NOT_YET, SMALL_TALK, NEAREST = "not-understood", "not-yet", "small-talk", "item-nearest"
OFFERED = 3
_OF_AN_ITEM = (Intent.MOVE, Intent.QUANTITY, Intent.DURATION, Intent.CANCEL)
_REASONED = (Move, ChangeQuantity, SetDuration, Cancel)
_FREE = (NOT_UNDERSTOOD, "change-missing", "object-missing", "when-missing", "leftover", "quantity-missing",
         "duration-missing", "impact-missing", "revise-missing")  # fmt: skip
"""Refusals of the grammar that leave it open what was meant; where a rare command only lacks its date or number, other
commands are no help."""
_UNCLEAR = ("report-unclear", "wish-missing", "split-unclear", "people-unclear")
"""The same where it is said of what (`转告范磊 SO-1042提前一天`); to a verb alone it is told how it is written."""
TALKATIVE, WITH_VALUES, STRANGE = 0.5, 0.25, 0.25
"""So much must speak for a wish rather than for small talk; less, where it names a number or something of the plan; and
so much more, as far as the words are strange to the model: people talk of everything, and wish for little. Chosen on
writers left out of the training: none of their small talk was answered with a command, nor with 0.05 less of each."""
OF_NOTHING = 0.4
"""So much more where something would be done, and nothing of the plan is named (`手套用完了`)."""
_ACTS = (Intent.MUTE, Intent.BIND, Intent.PEOPLE, Intent.WITHDRAW)
_MOVED_TO = re.compile(r"[改挪推移延排](?:期|后)?[到至]|\b(?:move|shift|push|pull|postpone|delay|bring)\b.*\bto\b")
_PUT_OFF = re.compile("[这那个就先再都]*(?:放一?放|缓一?缓|拖一?拖|往后[放拖推]一?[放拖推]?)[着吧了再说啊嘛先]*[。.]?")
_SHIFTED = re.compile(
    r"[再就先还得要能不可以想帮我麻烦请给推迟后延期顺提前早往缓晚移挪赶拖吧嘛啊了呢吗行好么个\s，,。.!！?？~]*"
    r"|(?:(?:please|pls|can|could|we|it|by|push|delay|move|postpone|later|earlier|sooner)\b|[\s+?.!])*"
)
"""Words of a shift, of which nothing says what it is of."""
_SURE = 0.3
"""So far ahead a wish without a command must be of those that have one."""
_AHEAD = 0.35
"""So far ahead of the next, a wish is offered in two readings before the next one is."""
_BESIDE = 0.6
"""So near to the likeliest wish a report is offered beside it."""
_ASKS = re.compile(r"^(?!.*(?:怎么|如何|咋)).*(?:[哪那][天日](?!起)|几号|几时|什么时候|何时|[吗嘛么][?？]?$|[?？]$)")
"""A question is no report."""
_CHANGES = re.compile("改|挪|推[迟后延]|延[期后]|提前|顺延|往[前后]|取消")
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
    asked = hinted_yes(heard) or _of_theirs(heard, _asked_back(heard))
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


def _asked_back(heard: Heard) -> Refused | None:
    """A day that there is not, or that has passed, and a number that is none."""
    item, spell = next(iter(items_of(heard, or_this=False)), ""), heard.turn.vocabulary.spell
    if no_day := no_day_in(heard.spoken, heard.today):
        return Refused("no-such-date", offers=[f"改期 {item} <日期>"] if item else [], found=no_day)
    if item and (passed := gone(heard)):
        return Refused("day-gone", offers=[f"改期 {item} <日期>"], found=passed)
    later, days = later_than_now_in(heard.spoken, heard.today)
    if item and later:
        offers = [spell(Move(item, to=day)) for day in days]
        return Refused("day-vague", offers=[*offers, f"改期 {item} <日期>"], found=later)
    vague, amounts = vague_amount_in(heard.spoken)
    if item and vague and not heard.amounts:
        wanted = (ChangeQuantity(item, one.amount * (one.sign or 1), relative=bool(one.sign)) for one in amounts)
        return Refused("amount-vague", offers=[*map(spell, wanted), f"改数量 {item} <数量>"], found=vague)
    if item in _items(heard) and _PUT_OFF.fullmatch(heard.spoken):
        return Refused("day-vague", offers=[f"改期 {item} <日期>"], found=heard.said)
    if bare := _bare_shift(heard):
        return bare
    few, direction = a_few_days_in(heard.spoken)
    if few and not heard.days:
        return _how_many_days(heard, few, "推迟" if direction > 0 else "提前")
    return None


def _items(heard: Heard) -> Mapping[str, Item]:
    return heard.turn.plan().items if heard.turn.uow.plans.exists() else {}


def _bare_shift(heard: Heard) -> Refused | None:
    """`推迟3天`, and nothing else: of what was just previewed, of one's own request, or of what is still to be said."""
    turn, ask = heard.turn, heard.ask
    if len(heard.lengths) != 1 or heard.codes or heard.changes or heard.ask.quoted:
        return None
    length = heard.lengths[0]
    around = f"{heard.spoken[: length.start]} {heard.spoken[length.end :]}"
    sign = direction_of(heard.spoken, length)
    if not sign or not _SHIFTED.fullmatch(around):
        return None
    unit = LagKind.CALENDAR if length.in_weeks else LagKind.WORKING
    shift = Move(HOLE, shift=sign * length.days, unit=unit)
    draft = turn.uow.changes.newest_draft(ask.person.id, ask.conversation, turn.now - FRESH)
    said = [replace(shift, item=draft.operations[0].item)] if draft else []
    own = [one for one in turn.uow.changes.open_ones() if one.proposer == ask.person.id and len(one.operations) == 1]
    revised = [Revise(one.no, replace(shift, item=one.operations[0].item)) for one in own[-1:] if not said]
    form = turn.vocabulary.spell(shift)
    return Refused("object-missing", offers=[*map(turn.vocabulary.spell, [*said, *revised]), form], example=form)


def _of_theirs(heard: Heard, asked: Refused | None) -> Refused | None:
    """What is asked back, for whom the speaker may have to ask to propose it."""
    if asked is None:
        return None
    offers = [_or_handed_on(heard, offer) for offer in asked.refusal.offers]
    return Refused(asked.refusal.code, offers=offers, **asked.refusal.facts)


def _or_handed_on(heard: Heard, offer: str) -> str:
    whole = sample(offer) if holes(offer) else offer
    handed = "" if possible(heard.turn, heard.ask, whole) else _handed_on(heard, whole)
    return handed.removesuffix(whole) + offer if handed else offer


def _how_many_days(heard: Heard, few: str, way: str) -> Refused:
    """Ask how many days, of the item that is spoken of; which one as well, where that may be any."""
    turn, ask = heard.turn, heard.ask
    items = [code for code in items_of(heard, or_this=False) if code in _items(heard)]
    if not items and (draft := turn.uow.changes.newest_draft(ask.person.id, ask.conversation, turn.now - FRESH)):
        items = [operation.item for operation in draft.operations[:1]]
    about = re.search(rf"{APPROXIMATE}", few)
    counts = either(about[0]) if about else either("几")
    unit = few[about.end() :] if about else "天"
    if not items:
        form = f"改期 {HOLE} {way}{about[0] if about else '几'}{unit}"
        return Refused("object-missing", offers=[form], example=form)
    form = f"改期 {items[0]} {way} <天数>"
    offers = [form.replace("<天数>", f"{count}{unit}") for count in counts]
    return Refused("shift-vague", offers=[*offers, form], found=few, example=form)


def _spoken(heard: Heard, refusal: Refusal) -> Refused:
    turn = heard.turn
    if offers := list(amended(heard)):
        return _with(refusal, offers)
    typed = [form for form in refusal.offers if code_in(form) or form.split(" ")[0] in heard.said]
    typed = [form for form in typed if not heard.codes or code_in(form) in ("", *heard.codes)]
    ranked = _ranked(heard)
    talk = next(guess for guess in ranked if guess.intent is Intent.SMALL_TALK)
    asks = bool(_ASKS.search(heard.spoken))
    wishes = [one for one in ranked if one.intent is not Intent.SMALL_TALK and not (asks and one.intent.is_fact)]
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
    offers = _with_proposals(heard, _offers(heard, possible, typed)) or typed
    return Guessed(refusal.code, offers=offers, **refusal.facts)


def _with_proposals(heard: Heard, found: list[str]) -> list[str]:
    """What a language model proposes and what is found here, in turns: its word pushes the likeliest of ours aside
    never."""
    proposed = _possible(heard, list(spoken_of(heard, heard.ask.proposed)))
    if not proposed:
        return found
    once: dict[Command | str, str] = {}
    for text in filter(None, chain.from_iterable(zip_longest(proposed, found))):
        bare = text.removesuffix(f" 因为 {REASON_HOLE}")
        command = possible(heard.turn, heard.ask, sample(bare) if holes(bare) else bare)
        once.setdefault(_apart_from_reason(command) if command else bare, bare)
    if len(once) == 1:
        return proposed
    return list(once.values())[:OFFERED]


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
        facts = _possible(heard, facts_for(intent, heard))
    except Refused as refused:
        return refused
    return _with(refusal, facts) if facts else Refused(UNCLEAR, found=cut_short(heard.said), example="报工 MO-2451 300")


def _not_theirs(heard: Heard, wishes: Sequence[Guess]) -> Refused | None:
    """Why what is plainly meant is not theirs to do; None where it is, or is not sure."""
    if wishes[0].score - wishes[1].score < _AHEAD:
        return None
    for text in commands_for(wishes[0].intent, heard)[:1]:
        try:
            command = parse(sample(text) if holes(text) else text, heard.today, heard.turn.vocabulary)
            require_command(heard.turn, heard.ask.person, command)
        except Refused as refused:
            code = refused.refusal.code
            return refused if code.startswith("may-not") and not refused.refusal.offers else None
    return None


def _lacks_its_item(heard: Heard, wishes: Sequence[Guess]) -> str:
    """The change that is meant, of an item that nobody named; empty where it may be something else, or of something."""
    if wishes[0].intent not in _OF_AN_ITEM or wishes[0].score - wishes[1].score < _AHEAD:
        return ""
    commands = commands_for(wishes[0].intent, heard)
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
    if heard.days and _MOVED_TO.search(heard.spoken):
        return False
    says_something = heard.lengths or heard.amounts or names_the_plan(heard)
    enough = (WITH_VALUES if says_something else TALKATIVE) + STRANGE * model.load().strange(heard.spoken)
    if not says_something and (best.intent.is_fact or best.intent in _ACTS):
        enough += OF_NOTHING
    return best.score - talk.score < enough


def _offers(heard: Heard, possible: Sequence[Guess], typed: Sequence[str]) -> list[str]:
    """The likeliest of each wish, then what else the likeliest may mean."""
    by_wish = [_commands(heard, guess.intent) for guess in [possible[0], *_worth(heard, possible[1:])][:_TRIED]]
    if each := _of_each_request(heard):
        return _possible(heard, [*each, *chain.from_iterable(by_wish)])
    if shown := shown_of(heard):
        return _possible(heard, [*shown, *chain.from_iterable(by_wish)])
    is_two = Intent.TWO in [guess.intent for guess in possible[:2]] and not heard.puts_itself_right
    if is_two or _ALSO.search(heard.spoken):
        return _possible(heard, [*_of_clauses(heard), *chain.from_iterable(by_wish)])
    is_ambiguous = any(len(day.choices) > 1 for day in heard.days)
    if len(possible) > 1 and (possible[0].score - possible[1].score > _AHEAD or is_ambiguous):
        first, others = by_wish[0][:2], [by_wish[0][2:], *by_wish[1:]]
    else:
        first, others = by_wish[0][:1], [by_wish[0][1:], *by_wish[1:]]
    likeliest = [commands[0] for commands in others[1:] if commands]
    further = zip_longest(others[0], *(commands[1:] for commands in others[1:]))
    rest = [command for row in further for command in row if command]
    named = [form for form in typed if form.split(" ")[0] in heard.said]
    every = [*named, *first, *typed, *likeliest, *rest]
    return _possible(heard, sorted(every, key=lambda text: text not in first and _is_open(text)))


def _commands(heard: Heard, intent: Intent) -> list[str]:
    """What may be meant by a wish, or by a report that is theirs to make."""
    if not intent.is_fact:
        return commands_for(intent, heard)
    try:
        return facts_for(intent, heard)
    except Refused:
        return []


def _worth(heard: Heard, guesses: Sequence[Guess]) -> list[Guess]:
    """Those against which no word speaks: the others take nobody's place."""
    return [guess for guess in guesses if not is_against(guess.intent, heard)]


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
        if command is None and not lacks and (handed := _handed_on(heard, bare)):
            text, command = handed, possible(turn, ask, handed)
        if command is not None and is_about_what_was_named(heard, command, is_first=not chosen):
            chosen.setdefault(_apart_from_reason(command), text)
        if len(chosen) == OFFERED:
            break
    if len(chosen) == 1:
        return list(chosen.values())
    return [text.removesuffix(f" 因为 {REASON_HOLE}") for text in chosen.values()]


def _handed_on(heard: Heard, text: str) -> str:
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
        found.extend(commands_for(best, part)[:1])
    return found


def _of_each_request(heard: Heard) -> list[str]:
    """`7号同意，3号不同意`: what each clause says of a request of its own."""
    found: dict[str, str] = {}
    for clause in _CLAUSES.split(heard.said):
        part = Heard.of(heard.turn, heard.ask, clause.strip()) if len(clause.strip()) >= _SHORTEST else None
        if part is None or len(part.changes) != 1:
            continue
        said = next((one for one in _SAID_OF_ONE if one[1].search(part.spoken)), None)
        if said and (commands := commands_for(said[0], part)):
            found.setdefault(part.changes[0], commands[0])
    return list(found.values()) if len(found) > 1 else []


def _nearest(heard: Heard, intent: Intent) -> list[str]:
    near = _NEAREST.get(intent)
    return commands_for(Intent(near), heard)[:1] if near else []


def _with(refusal: Refusal, offers: Sequence[str]) -> Refused:
    return Refused(refusal.code, offers=offers, **refusal.facts)
