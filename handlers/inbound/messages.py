"""Somebody said something: understand it, see that they may, do it, answer in the same conversation."""

from dataclasses import dataclass, replace
from datetime import timedelta

from cards.chart import Wanted
from cards.markdown import plain
from cards.question import NEITHER, Question, holes
from handlers.actions.people import accounts, first_admin, join
from handlers.bot_names import without_call
from handlers.call_budget import budget_in
from handlers.events import Said
from handlers.govern.authorize import require_command
from handlers.inbound.before_asking import require_all_but_the_reason, with_items
from handlers.inbound.company import of_ours, pin
from handlers.inbound.late_replies import answer as why_not
from handlers.inbound.questions import awaited, filled, is_a_no, question_of
from handlers.inbound.references import meant
from handlers.inbound.speech.amend import restated
from handlers.inbound.speech.proposals import Inquiry, inquiry_of
from handlers.inbound.speech.understand import SMALL_TALK, Guessed, understood_freely
from handlers.inbound.unnamed_groups import STRANGER, once_a_day, require_named
from handlers.language import MAX_TEXT, Command, is_greeting, parse
from handlers.language.clean import ANY_REASON, without_name
from handlers.language.commands.people import Bind
from handlers.lifecycle.expire import in_time
from handlers.lifecycle.stand_ins import as_of_today
from handlers.notify.answers import answer_in
from handlers.notify.audit import record_unheard
from handlers.notify.budget_warning import tell_that_texts_wait
from handlers.notify.question_cards import fits, put_up
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Person, Role
from planning.refusal import Refusal, Refused

NOT_UNDERSTOOD, REASON_MISSING = "not-understood", "reason-missing"


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that is still to be written."""

    text: str
    refusal: Refusal | None = None
    asks: Question | None = None
    """Next steps that go with the text, on a card."""
    answers: Question | None = None
    """An earlier question that is answered by what was said."""
    picture: Wanted | None = None
    """Shown in the place of the text."""
    once: str = ""
    """Key of what is said only once; empty: once for each message."""
    inquiry: Inquiry | None = None
    """What a language model may be asked first, where these are guesses."""


def answer(turn: Turn, event: Said, proposed: tuple[str, ...] = ()) -> Response | None:
    """Answer a message that only asks, on a snapshot: nothing is written. None: it asks for something to be done.
    `proposed`: by a language model, for words that are no command."""
    return _respond(turn, of_ours(turn, event), reading=True, proposed=proposed)


def hear(turn: Turn, event: Said, answered: Response | None = None) -> None:
    """Handle one message in a unit that writes; `answered`: beforehand, on a snapshot. What cannot be done is answered
    with a sentence; nothing of it is half done."""
    pin(turn, event)
    event = of_ours(turn, event)
    response = answered or answer(turn, event) or _respond(turn, event, reading=False)
    if response is None:
        raise AssertionError("what writes is done where it may write")
    if response.refusal:
        record_unheard(turn, event, response.refusal)
    if response.answers:
        turn.uow.questions.answered(response.answers)
    tell(turn, event.conversation, response, response.once or f"answer:{event.bot}:{event.event_id}")


def tell(turn: Turn, conversation: str, response: Response, dedupe: str | None = None) -> None:
    """Send an answer: as a card where there are next steps, else as a message. Where the platform's calls of the month
    are kept for cards, it is told once a day that there is none."""
    asks, budget = response.asks, budget_in(turn, conversation)
    if budget is not None and budget.is_short and (asks or response.text):
        tell_that_texts_wait(turn, conversation, budget)
    elif asks and not fits(turn, conversation, asks.sentence):  # what a card would cut is a message of its own
        answer_in(turn, conversation, asks.sentence, dedupe)
        later = replace(turn, now=turn.now + timedelta(milliseconds=1))
        put_up(later, replace(asks, sentence=turn.words("question.next")))
    elif asks:
        put_up(turn, asks)
    elif response.text:
        answer_in(turn, conversation, response.text, dedupe, response.picture)


def follow(turn: Turn, ask: Ask, text: str) -> Response:
    """Carry out a command in somebody's name, as if they had typed it."""
    try:
        return _answered(turn, ask, carry_out(turn, ask, _parsed(turn, ask, text)))
    except Refused as refused:
        return _refused(turn, ask, refused.refusal)


def _respond(turn: Turn, event: Said, *, reading: bool, proposed: tuple[str, ...] = ()) -> Response | None:
    if accounts.may_be_code(turn, event):
        if reading:
            return None
        if (joined := _joined(turn, event)) is not None:
            return joined
    if first_admin.claims(turn, event):
        return None if reading else _first(turn, event)
    try:
        ask = replace(_ask(turn, event), proposed=proposed)
    except Refused as refused:
        if refused.refusal.code == STRANGER and join.may_apply(turn, event):
            return None if reading else _welcomed(turn, event, refused.refusal)
        return replace(_refused(turn, None, refused.refusal), once=once_a_day(turn, event, refused.refusal))
    if len(ask.text) <= MAX_TEXT and is_greeting(ask.text, turn.environment.bot_name):
        return _greeted(turn, ask)
    try:
        command, earlier = _understood(turn, ask)
        if earlier is not None and command is None:
            return Response(turn.words("question.neither"), answers=earlier)
        if earlier is not None:  # the words that were said are a part of the command
            ask = replace(ask, text=earlier.chosen)
        act = turn.commands.act_of(command) if command else None
        if command is None or (reading and act is not None and act.writes):
            return None
        return replace(_answered(turn, ask, carry_out(turn, ask, command)), answers=earlier or _instead(turn, ask))
    except Refused as refused:
        if refused.refusal.code == SMALL_TALK:
            return _greeted(turn, ask)
        wanted = inquiry_of(turn, ask) if isinstance(refused, Guessed) and not proposed else None
        return replace(_refused(turn, ask, refused.refusal), inquiry=wanted)


def _instead(turn: Turn, ask: Ask) -> Question | None:
    """What they said before, where they meant none of what was offered for it: this is what it led to."""
    last = turn.uow.questions.newest(ask.conversation, ask.person.id, ask.said_at or turn.now)
    return last.answered(ask.text) if last and last.is_guess and last.chosen == NEITHER else None


def _joined(turn: Turn, event: Said) -> Response | None:
    """The accounts of a person are joined by a code; None: it is no code, and said by somebody known."""
    try:
        told = accounts.join(turn, event)
    except Refused as refused:
        return _refused(turn, None, refused.refusal)
    if told:
        return Response(told)
    known = turn.environment.person_in(event.conversation, event.user_id)
    return None if known else Response(turn.words("account.wrong"))


def _first(turn: Turn, event: Said) -> Response:
    """Somebody says that they are the first admin."""
    try:
        return Response(first_admin.become(turn, event))
    except Refused as refused:
        return _refused(turn, None, refused.refusal)


def _welcomed(turn: Turn, event: Said, refusal: Refusal) -> Response:
    """Somebody unknown is offered to be let in."""
    try:
        told = join.welcome(turn, event)
    except Refused as refused:
        return replace(_refused(turn, None, refused.refusal), once=once_a_day(turn, event, refused.refusal))
    return Response(told, refusal, once=f"{once_a_day(turn, event, refusal)}:{told}")


def _greeted(turn: Turn, ask: Ask) -> Response:
    """A friendly line with what can be done, the first time that day; whoever says thanks is left in peace."""
    once = f"greeting:{ask.conversation}:{ask.person.id}:{turn.today}"
    return Response(turn.words("answer.greeting", name=ask.person.name), once=once)


def _understood(turn: Turn, ask: Ask) -> tuple[Command | None, Question | None]:
    """The command, and the question that these words answer; no command: they said no to it."""
    try:
        return _parsed(turn, ask, ask.text), None
    except Refused as refused:
        waiting = awaited(turn, ask) if refused.refusal.code == NOT_UNDERSTOOD else None
        if waiting is None:
            raise understood_freely(turn, ask, refused) from None
        if is_a_no(ask.text):
            return None, waiting.answered(NEITHER)
        if instead := restated(turn, ask, waiting):
            raise Refused(NOT_UNDERSTOOD, offers=instead, **refused.refusal.facts) from None
        text = filled(turn, waiting, ask.text)
        try:
            return _parsed(turn, ask, text), waiting.answered_by(None, text)
        except Refused as unclear:
            raise _on_its_own(turn, ask, refused, unclear) from None


def _on_its_own(turn: Turn, ask: Ask, refused: Refused, unclear: Refused) -> Refused:
    """Words that do not fit into what was asked for may be a whole sentence: `MO-1 做完了300件` behind
    `报工 <单号> 300件`."""
    if unclear.refusal.code == REASON_MISSING or unclear.refusal.offers:
        return unclear
    alone = understood_freely(turn, ask, refused)
    return alone if any(not holes(offer) for offer in alone.refusal.offers) else unclear


def carry_out(turn: Turn, ask: Ask, command: Command) -> Reply:
    """Carry out a command that is understood already, under the guards of all commands. Raises Refused."""
    act = turn.commands.act_of(command)
    if act is not None and act.writes:
        turn.uow.plans.lock()  # before anything is read
    command = meant(turn, ask, command)
    act = require_command(turn, ask.person, command)
    if act.writes:
        if about := turn.uow.changes.get(getattr(command, "change_no", "")):
            as_of_today(turn, in_time(turn, about))
    try:
        reply = act.handle(turn, ask, command)
    except Refused as refused:
        raise with_items(turn, command, refused) from None
    return reply if isinstance(reply, Reply) else Reply(reply or "")


def _answered(turn: Turn, ask: Ask, reply: Reply) -> Response:
    return Response(reply.text, asks=question_of(turn, ask, reply.text, reply.offers), picture=reply.picture)


def _refused(turn: Turn, ask: Ask | None, refusal: Refusal) -> Response:
    """`ask`: None of a stranger. Where the right form is one tap away, nobody is told to type it."""
    asks = question_of(turn, ask, _harmless(why_not(turn, refusal)), refusal.offers) if ask else None
    if asks is None:
        return Response(_harmless(why_not(turn, refusal)), refusal)
    asks = replace(asks, is_guess=refusal.code == NOT_UNDERSTOOD)
    short = f"question.{refusal.code}"
    if turn.words.knows(short):
        asks = replace(asks, sentence=_harmless(turn.words(short, **refusal.facts)))
    return Response(asks.sentence, refusal, asks)


def _harmless(sentence: str) -> str:
    return str(plain(sentence))  # a <placeholder> would be taken for a tag


def _parsed(turn: Turn, ask: Ask, text: str) -> Command:
    try:
        return _read(turn, ask, text)
    except Refused as refused:
        if refused.refusal.code != REASON_MISSING:
            raise
        raise require_all_but_the_reason(turn, ask, _read(turn, ask, f"{text}{ANY_REASON}"), refused) from None


def _read(turn: Turn, ask: Ask, text: str) -> Command:
    environment = turn.environment
    return parse(text, turn.day_of(ask.said_at), turn.vocabulary, environment.bot_name, ask.mentions)


def _ask(turn: Turn, event: Said) -> Ask:
    """Raises Refused: "stranger", or "unnamed-group" where nothing of the plan is told."""
    person = turn.environment.person_in(event.conversation, event.user_id)
    if person is None:
        raise Refused("stranger", user=event.user_id or "?", conversation=event.conversation)
    text = _without_the_bot(turn, event).strip()
    if not _binds(turn, person, text):
        require_named(turn, event, person)
    return Ask(
        person=person,
        conversation=event.conversation,
        text=text,
        quoted=event.quoted,
        mentions=tuple(f"@{user}" for user in event.mentions),
        department=turn.organisation.department_in(event.conversation),
        single=event.single,
        said_at=event.at,
    )


def _binds(turn: Turn, person: Person, text: str) -> bool:
    """Check whether an admin gives a name to a group that has none."""
    if turn.environment.settings is None or not person.has(Role.ADMIN):
        return False
    try:
        return isinstance(parse(text, turn.today, turn.vocabulary, turn.environment.bot_name), Bind)
    except Refused:
        return False


def _without_the_bot(turn: Turn, event: Said) -> str:
    environment = turn.environment
    traits = environment.platforms.serving(event.conversation)
    if traits.mentions_the_bot and not (traits.bot_name or event.single):
        people = {person.name for person in turn.organisation.people.values()}
        environment.bot_names.learn(event.bot, event.text, turn.vocabulary, people.__contains__)
    names = environment.bot_name, *environment.names_of_the_bot(event.conversation, event.bot)
    return without_call(without_name(event.text, *names), turn.vocabulary, *names)
