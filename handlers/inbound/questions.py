"""From commands offered as next steps to a question, and from somebody's next words to the command they complete."""

import re
import secrets
from collections.abc import Iterator, Sequence

from cards.faces.approval import REASONS as REFUSALS
from cards.question import Offer, Question, holes
from handlers.actions.change.extend import may_extend
from handlers.govern.authorize import require_command
from handlers.inbound.references import meant
from handlers.language import (
    LAST,
    THIS,
    Acks,
    Approve,
    Command,
    EffectOf,
    Extend,
    Modify,
    Reject,
    Revise,
    Submit,
    Transfer,
    Undo,
    Withdraw,
    Write,
    parse,
)
from handlers.language.clean import ANY_REASON, cleaned, split_reason, without_mentions
from handlers.language.respelt import respelt
from handlers.turn import Ask, Turn
from planning.change.approval import still_theirs
from planning.people.organisation import Role
from planning.refusal import Refused

MOST = 4
"""Offers on one card; beside them stands a button of another way."""
REASONS = ("customer", "material", "capacity", "machine", "quality")
_REASON_HOLES = ("<原因>", "<reason>")
_NO = re.compile(
    r"(?:算了|不用了?|不要了?|不了|不是|不改了?|没事|取消|no|never ?mind|cancel)[。.!！~～\s]*", re.IGNORECASE
)
_REASON = re.compile(" (?:因为|because) <[^<>]+>$")
_DECISIONS = (Approve, Reject, Modify, Transfer)
_PROPOSERS_OWN, _COORDINATORS_TOO = (Submit, Withdraw), (Revise, Undo)


def question_of(turn: Turn, ask: Ask, sentence: str, commands: Sequence[str]) -> Question | None:
    """The question that an answer with these next steps is; None: none of them can be offered to this person."""
    commands = [_in_their_words(turn, ask, _of_that_day(turn, ask, command)) for command in commands]
    forms = [_REASON.sub("", one) if holes(one) > 1 else one for one in commands]  # the reason is asked for afterwards
    form = next((one for one in forms if holes(one) == 1 and _can_be_filled(turn, ask, sample(one))), "")
    offers = tuple(_offered(turn, ask, commands)) or tuple(_reasons(turn, ask, form))
    if not (offers or form):
        return None
    return Question(
        id=secrets.token_hex(8),
        conversation=ask.conversation,
        person=ask.person.id,
        said=ask.text,
        sentence=sentence,
        offers=offers,
        form=form,
        asked_at=turn.now,
    )


def _can_be_filled(turn: Turn, ask: Ask, text: str) -> bool:
    """Check whether it is possible once its hole is filled, or then asked back with what it may mean (`推迟几天`)."""
    if possible(turn, ask, text):
        return True
    try:
        parse(f"{text}{ANY_REASON}", turn.day_of(ask.said_at), turn.vocabulary, turn.environment.bot_name)
    except Refused as refused:
        return bool(refused.refusal.offers) and "choices" in refused.refusal.facts
    return False


def _of_that_day(turn: Turn, ask: Ask, text: str) -> str:
    """The command as it is, or spelt out where it was said on an earlier day than that on which it is offered."""
    day = turn.day_of(ask.said_at)
    for reason in ("", ANY_REASON) if day != turn.today else ():
        try:
            return turn.vocabulary.spell(parse(f"{text}{reason}", day, turn.vocabulary)).removesuffix(reason)
        except Refused:
            continue
    return text


def _in_their_words(turn: Turn, ask: Ask, text: str) -> str:
    return respelt(text, turn.words.locale, turn.day_of(ask.said_at), turn.vocabulary)


def awaited(turn: Turn, ask: Ask) -> Question | None:
    """The question that this person's next words here answer."""
    said_at = ask.said_at or turn.now
    found = turn.uow.questions.newest(ask.conversation, ask.person.id, said_at)
    return found if found and found.awaits(said_at) else None


def filled(turn: Turn, waiting: Question, words: str) -> str:
    """The command that these words complete."""
    said = without_mentions(cleaned(words), turn.environment.bot_name)
    return waiting.filled(" ".join(said.split()))


def is_a_no(text: str) -> bool:
    return bool(_NO.fullmatch(text.strip()))


def _offered(turn: Turn, ask: Ask, commands: Sequence[str]) -> Iterator[Offer]:
    """One that lacks nothing but its reason is a tap as well: it is asked for then."""
    wanted = [command for command in dict.fromkeys(commands) if not holes(command)]
    read = (_whole(turn, ask, text, possible(turn, ask, text)) for text in wanted)
    useful = [(text, command) for text, command in read if command is not None and _is_useful(turn, ask, command)]
    for text, command in useful[:MOST]:
        yield _with_effect(turn, text, command)


def _whole(turn: Turn, ask: Ask, text: str, command: Command | None) -> tuple[str, Command | None]:
    """The command with the whole number of the request it is about, where only its last digits were typed."""
    if command is None or not getattr(command, "change_no", "").startswith(LAST):
        return text, command
    try:
        whole = meant(turn, ask, command)
    except Refused:
        return text, None
    spelt = turn.spell(whole)
    if not _is_theirs(turn, ask, whole):
        return text, None
    return (spelt if split_reason(text)[1] else split_reason(spelt)[0].rstrip()), whole


def _is_useful(turn: Turn, ask: Ask, command: Command) -> bool:
    """What has ended is no choice, nor a decision that this person cannot take any more."""
    change = turn.uow.changes.get(getattr(command, "change_no", ""))
    if change is None or isinstance(command, (Acks, EffectOf, Undo)):
        return True
    if not isinstance(command, _DECISIONS):
        return change.state.is_open
    said = any(word.person == ask.person.id for step in change.steps for word in step.last_words)
    return change.state.is_deciding and not (said and not still_theirs(change, ask.person.id, turn.deputies()))


def _with_effect(turn: Turn, text: str, command: Command) -> Offer:
    """Whoever decides by a button decides on the effect that the question shows (rule I9)."""
    change = turn.uow.changes.get(getattr(command, "change_no", ""))
    if change is None:
        return Offer(text)
    view = turn.view(change)
    if not isinstance(command, _DECISIONS):
        return Offer(text, note=view.headline)
    return Offer(text, effect=change.impact.hash, note=f"{view.headline}，{view.effect}")


def _reasons(turn: Turn, ask: Ask, form: str) -> Iterator[Offer]:
    """One tap for each usual reason, where a reason is all that is missing."""
    hole = next((hole for hole in _REASON_HOLES if hole in form), "")
    wanted = _possible(turn, ask, form.replace(hole, "x")) if hole else None
    for word in _usual(wanted):
        reason = turn.words(word)
        yield Offer(form.replace(hole, reason), label=reason)


def _usual(wanted: Command | None) -> tuple[str, ...]:
    """Words of the reasons people mostly have for it."""
    if isinstance(wanted, Write):
        return tuple(f"question.reason.{code}" for code in REASONS)
    return tuple(f"value.reason.{code}" for code in REFUSALS) if isinstance(wanted, Reject) else ()


def possible(turn: Turn, ask: Ask, text: str) -> Command | None:
    """The command, with or without its reason, if it is understood and permitted to this person."""
    return _possible(turn, ask, text) or _possible(turn, ask, f"{text}{ANY_REASON}")


def _possible(turn: Turn, ask: Ask, text: str) -> Command | None:
    """The command, if it is understood and permitted to this person."""
    try:
        command = parse(text, turn.day_of(ask.said_at), turn.vocabulary, turn.environment.bot_name)
        require_command(turn, ask.person, command)
    except Refused:
        return None
    return command if _is_theirs(turn, ask, command) else None


def _is_theirs(turn: Turn, ask: Ask, command: Command) -> bool:
    """Whoever is not asked is offered no decision, whoever did not propose a request not to take it back, and nobody
    anything of a request that is none."""
    change = turn.uow.changes.get(getattr(command, "change_no", ""))
    if change is None:
        said = getattr(command, "change_no", THIS)
        return said in (THIS, SAMPLE_CHANGE) or said.startswith(LAST)
    if isinstance(command, _DECISIONS):
        return bool(still_theirs(change, ask.person.id, turn.deputies()))
    if isinstance(command, Extend):
        return may_extend(turn, change, ask.person)
    if isinstance(command, _PROPOSERS_OWN):
        return ask.person.id in change.proposers
    if isinstance(command, _COORDINATORS_TOO):
        return ask.person.id in change.proposers or ask.person.has(Role.COORDINATOR)
    return True


SAMPLE_CHANGE = "CR-20260101-001"
_SAMPLES = {
    "<单号>": "X-1", "<item>": "X-1", "<code>": "X-1", "<日期>": "明天", "<date>": "tomorrow",
    "<变更单号>": SAMPLE_CHANGE, "<change no>": SAMPLE_CHANGE, "<起~止>": "12-01~12-02", "<from~to>": "12-01~12-02",
    "<异常号>": "EX-1", "<exception no>": "EX-1", "<数量>": "30", "<quantity>": "30", "<天数>": "3天", "<days>": "3d",
}  # fmt: skip


def sample(form: str) -> str:
    """The form filled with something of the kind it asks for."""
    hole = form[form.index("<") : form.index(">") + 1]
    return form.replace(hole, _SAMPLES.get(hole, "x"))

