"""分享: an address that leads others of the company to a page, each to what they may see of it themselves."""

from secrets import token_hex, token_urlsafe

from handlers.notify.audit import record
from handlers.turn import Turn
from planning.people.organisation import Person, Role
from planning.people.sharing import Audience, Circle, SharedPage, life_of, shareable
from planning.people.web_access import hash_of
from planning.refusal import Refused
from planning.trail.audit import Kind

SHARED = "/s/"


def share(turn: Turn, person: Person, path: str, audience: str, days: str) -> str:
    """Share a page: the address that leads to it, which is shown this once. Raises "share-what", "share-with-whom",
    "share-how-long"."""
    wanted = _audience(turn, audience)
    secret = token_urlsafe(32)
    page = SharedPage(token_hex(8), shareable(path), person.id, wanted, turn.now, turn.now + life_of(days))
    turn.uow.shared_pages.add(hash_of(secret), page)
    record(turn, Kind.PAGE_SHARED, person.id, page.id, {"path": page.path, "with": in_words(turn, wanted)})
    return f"{turn.environment.pages_at}{SHARED}{turn.uow.plan_id}.{secret}"


def opened(turn: Turn, person: Person, secret: str) -> SharedPage | None:
    """The page that a secret leads somebody to; None: it leads them nowhere, for whatever reason."""
    page = turn.uow.shared_pages.of(hash_of(secret))
    return page if page and page.opens_for(person, turn.now) else None


def take_back(turn: Turn, person: Person, id: str) -> None:
    """Raises "share-gone" where it is not there, or not theirs to take back."""
    page = turn.uow.shared_pages.get(id)
    if page is None or not page.may_be_revoked_by(person) or not page.is_open(turn.now):
        raise Refused("share-gone")
    turn.uow.shared_pages.revoke(id, turn.now)
    record(turn, Kind.PAGE_UNSHARED, person.id, id, {"path": page.path})


def shared_by(turn: Turn, person: Person) -> list[SharedPage]:
    """What somebody shares, and an admin sees of all."""
    return turn.uow.shared_pages.open_ones(turn.now, None if person.has(Role.ADMIN) else person.id)


def in_words(turn: Turn, audience: Audience) -> str:
    match audience.circle:
        case Circle.ALL:
            return turn.words("web.share.all")
        case Circle.DEPARTMENT:
            return turn.organisation.department_name(audience.of)
        case Circle.ROLE:
            return turn.words(f"approver.role.{audience.of}")
        case Circle.PERSON:
            return turn.organisation.name_of(audience.of)


def _audience(turn: Turn, text: str) -> Audience:
    known = {
        Circle.ALL: ("",),
        Circle.DEPARTMENT: turn.organisation.departments,
        Circle.ROLE: list(Role),
        Circle.PERSON: turn.organisation.people,
    }
    try:
        wanted = Audience.parse(text)
    except ValueError:
        raise Refused("share-with-whom") from None
    if wanted.of not in known[wanted.circle]:
        raise Refused("share-with-whom")
    return wanted
