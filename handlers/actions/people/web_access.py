"""Access to the pages from the chat: a link that logs in once, the session it begins, and the end of all of them."""

from secrets import token_hex, token_urlsafe
from urllib.parse import quote

from handlers.language.commands.pages import PAGES, LogOut, SendLink
from handlers.notify.answers import answer_in
from handlers.notify.audit import record
from handlers.notify.links import mark_of
from handlers.turn import Ask, Turn
from planning.people.organisation import Person
from planning.people.web_access import LINK_LIFE, OneTimeLink, WebSession, hash_of, standing_of
from planning.refusal import Refused
from planning.trail.audit import Kind


def send_link(turn: Turn, ask: Ask, command: SendLink) -> str:
    """Answer with a link, one-to-one; in a group where people log in with their accounts, with the address of the page,
    the same for all. Raises "pages-closed", and "link-in-private" in a group from which the bot cannot begin a
    conversation with one person."""
    if not turn.environment.pages_at:
        raise Refused("pages-closed")
    path = f"/{command.page or 'overview'}" if command.page in ("", *PAGES) else f"/changes/{command.page}"
    if not ask.single and turn.environment.platforms.serving(ask.conversation).logs_in:
        return turn.words("web.address", link=_address(turn, path))
    conversation = ask.conversation if ask.single else _own_conversation(turn, ask)
    link = make_link(turn, ask.person, conversation, path)
    text = turn.words("web.link", link=mark_of(link.id), minutes=LINK_LIFE.seconds // 60)
    if ask.single:
        return text
    answer_in(turn, conversation, text, f"link:{link.id}")
    return turn.words("web.link-sent", name=ask.person.name)


def make_link(turn: Turn, person: Person, conversation: str, path: str) -> OneTimeLink:
    """Make a link that is still to be shown, in that conversation alone."""
    link = OneTimeLink(token_hex(8), person.id, conversation, path, turn.now)
    turn.uow.one_time_links.make(link)
    record(turn, Kind.LINK_MADE, person.id, person.id, {"path": path})
    return link


def log_out(turn: Turn, ask: Ask, command: LogOut) -> str:
    count = end_sessions(turn, ask.person)
    return turn.words("web.logged-out" if count else "web.logged-out-nowhere", n=count)


def end_sessions(turn: Turn, person: Person) -> int:
    """End a person's sessions in every browser, whichever plan they show; how many there were."""
    count = turn.uow.web_sessions.end_all_of(person.id)
    if count:
        record(turn, Kind.LINK_REVOKED, person.id, person.id, {"sessions": count})
    return count


def is_known(turn: Turn, secret: str) -> bool:
    """Check whether there is such a link: of what is made up nothing is to be written."""
    return turn.uow.one_time_links.of(hash_of(secret)) is not None


def log_in(turn: Turn, secret: str, before: str) -> tuple[str, OneTimeLink] | None:
    """Use a link: the new session's token, and the link. `before`: the token of the session that the browser had, which
    ends. None: it opens nothing, be it used, too old or never made."""
    link = turn.uow.one_time_links.of(hash_of(secret))
    person = turn.organisation.people.get(link.person) if link else None
    if link is None or person is None or not link.opens(turn.now):
        return None
    if not turn.uow.one_time_links.use(link.id, turn.now):
        return None
    turn.uow.web_sessions.end(hash_of(before))
    token = _begin(turn, person)
    record(turn, Kind.LINK_USED, person.id, person.id, {"path": link.path})
    return token, link


def was_used(turn: Turn, state: str) -> bool:
    """Check whether somebody has come back with it already."""
    return turn.uow.used_states.has(hash_of(state))


def log_in_as(turn: Turn, platform: str, user: str, state: str, before: str) -> str:
    """Begin a session of who a platform says they are: its token. `state`: what they came back with, which is used up;
    `before`: as for `log_in`. Empty: it was used, or they are nobody any more."""
    person = turn.organisation.person_by(platform, user)
    if person is None or not turn.uow.used_states.use(hash_of(state), turn.now):
        return ""
    turn.uow.web_sessions.end(hash_of(before))
    record(turn, Kind.LOGGED_IN, person.id, person.id, {"platform": turn.words(f"{platform}.name")})
    return _begin(turn, person)


def change_plan(turn: Turn, person: str, before: str) -> str:
    """Begin a session in this plan, in the place of somebody's in another one: its token; empty: they take no part in
    this. `before`: the token of the session that ends."""
    known = turn.organisation.people.get(person)
    if known is None:
        return ""
    turn.uow.web_sessions.end(hash_of(before))
    return _begin(turn, known)


def _begin(turn: Turn, person: Person) -> str:
    token = token_urlsafe(32)
    session = WebSession(person.id, standing_of(person), turn.now, turn.now)
    turn.uow.web_sessions.begin(hash_of(token), session)
    return token


def _address(turn: Turn, path: str) -> str:
    plan = f"?plan={quote(turn.uow.plan_id)}" if turn.environment.plans else ""
    return f"{turn.environment.pages_at}{path}{plan}"


def _own_conversation(turn: Turn, ask: Ask) -> str:
    traits = turn.environment.platforms.serving(ask.conversation)
    own = ask.person.identities.get(traits.platform, "")
    if not (traits.to_person and own):
        raise Refused("link-in-private", command="链接")
    return f"{traits.to_person}{own}"
