"""The first admin of a company without people: whoever has the code that was made on the server."""

import hmac
import re
from datetime import timedelta
from secrets import choice

from cards.markdown import plain
from handlers.events import Said
from handlers.govern.kept_settings import (
    DEPARTMENTS,
    PEOPLE,
    Entry,
    Made,
    SettingsDesk,
    free_id,
    is_active,
    roles_of,
)
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Standing, Wish
from planning.people.names import person_name
from planning.people.organisation import Role
from planning.people.web_access import hash_of
from planning.refusal import Refused
from planning.trail.audit import Kind

GOOD_FOR = timedelta(days=1)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without those that are taken for others."""
CLAIMS = re.compile(
    r"(?:我是管理员|first admin)\s+(?P<code>\w{4}-\w{4}-\w{4})(?:\s+(?P<department>\S+)\s+(?P<name>\S.*))?",
    re.IGNORECASE,
)
USUAL = {
    "计划": "planning", "生产": "production", "采购": "purchasing", "仓储": "warehouse", "仓库": "warehouse",
    "销售": "sales", "质量": "quality", "质检": "quality", "财务": "finance", "市场": "marketing", "物流": "logistics",
}  # fmt: skip
"""Ids of departments that most companies have, so that tables and rules can name them in either language."""


def make_code(turn: Turn) -> str:
    """A code that makes somebody the first admin, in the place of an earlier one. Raises "first-admin-there",
    "settings-in-file"."""
    if SettingsDesk(turn).admins():
        raise Refused("first-admin-there")
    code = "-".join("".join(choice(LETTERS) for _ in range(4)) for _ in range(3))
    facts = {"digest": hash_of(code)}
    until = turn.now + GOOD_FOR
    request = SettingsRequest(Wish.FIRST_ADMIN, facts, "", "", turn.now, Standing.OFFERED, expires_at=until)
    turn.uow.settings_requests.add(request)
    return code


def claims(turn: Turn, event: Said) -> bool:
    """Check whether somebody says the words, one to one, where the database keeps the settings."""
    return bool(turn.environment.settings and event.user_id and event.single and CLAIMS.fullmatch(event.text.strip()))


def become(turn: Turn, event: Said) -> str:
    """Make them the first admin, of a department that is made where there is none of the name; whoever has this
    account already stays who they are. The answer. Raises "first-admin-code", "first-admin-who",
    "settings-mistakes"."""
    turn.uow.plans.lock()
    said = CLAIMS.fullmatch(event.text.strip())
    assert said is not None
    desk = SettingsDesk(turn)
    request = turn.uow.settings_requests.newest_by(Wish.FIRST_ADMIN, "")
    if desk.admins() or request is None or not _opens(request, said["code"].upper(), turn):
        raise Refused("first-admin-code")
    platform = turn.environment.platforms.serving(event.conversation).platform
    entries = desk.entries(PEOPLE)
    known = next((one for one in entries if one.get(platform) == event.user_id), None)
    name = person_name(said["name"] or "")
    if known is None and not name:
        raise Refused("first-admin-who", shown=said["code"])
    with turn.uow.apart():
        if known:
            entry = _as_admin(known)
        else:
            id = free_id(event.user_id, platform, {one["id"] for one in entries})
            department = department_of(desk, said["department"], Made(id))
            entry = {"id": id, "name": name, platform: event.user_id, "department": department} | _as_admin({})
        told = {"person": entry["id"], "change": turn.words("setting.first-admin", name=entry["name"])}
        document = [entry if one is known else one for one in entries] if known else [*entries, entry]
        desk.keep(PEOPLE, document, Made(entry["id"]), Kind.PEOPLE_JOINED, told)
        turn.uow.settings_requests.keep(request.settled(Standing.DONE, entry["id"], turn.now))
    return turn.words("setting.you-are-admin", name=plain(entry["name"]))


def _as_admin(entry: Entry) -> Entry:
    """With the role beside those they have; whoever had left is back with it alone."""
    roles = [*roles_of(entry), Role.ADMIN] if is_active(entry) else [Role.ADMIN]
    kept = {name: value for name, value in entry.items() if name != "active"}
    return kept | {"roles": [role.value for role in dict.fromkeys(roles)]}


def department_of(desk: SettingsDesk, name: str, made: Made) -> str:
    """Id of a department by its name; it is made where there is none. Raises "settings-mistakes"."""
    entries = desk.entries(DEPARTMENTS)
    bare = name.removesuffix("部")
    for one in entries:
        if name == one["id"] or bare == one["name"].removesuffix("部"):
            return str(one["id"])
    id = next((usual for word, usual in USUAL.items() if bare == word), name)
    taken = {one["id"] for one in entries}
    entry = {"id": name if id in taken else id, "name": name}
    desk.keep(DEPARTMENTS, [*entries, entry], made, Kind.DEPARTMENT_MADE, {"departments": name})
    return entry["id"]


def _opens(request: SettingsRequest, code: str, turn: Turn) -> bool:
    good = request.standing is Standing.OFFERED and request.expires_at is not None and turn.now < request.expires_at
    return good and hmac.compare_digest(hash_of(code), request.facts["digest"])
