"""WeCom's directory, as the self-built app sees it: the ids of all departments first, then each one's name and
people."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.channels.common.channel import TryLater
from bot.channels.common.directory import NoAccess
from bot.channels.common.platform import Site
from bot.channels.wecom.api import Answer, WeComApi, WeComRefused
from bot.channels.wecom.settings import AppSettings, WeComSettings
from cards.words import Words
from planning.people.directory import Member, Page, Unit
from planning.people.names import person_name

NO_SUCH_UNIT, NO_ACCESS, NO_SUCH_USER, NO_SUCH_NUMBER = 60003, 60011, 60111, 46004
MOST = 1000
"""Encrypted ids of a question."""
UNITS, UNIT, PEOPLE, PERSON, PLAIN = "units", "unit", "people", "person", "plain"
"""Questions: `units` for the ids of all departments, `unit 7` for one's name and leaders, `people 7` for its people,
`person lisi` for one of them, `plain wo1 wo2` for the ids behind encrypted ones."""


class WeComDirectory:
    def __init__(self, *, endpoint: str, corp_id: str, secret: str, locale: str = "zh-CN") -> None:
        """`secret`: the app's. That of the contacts gets ids alone since 2022, and is never asked for."""
        self._words = Words(locale)
        self._api = WeComApi(endpoint, corp_id, secret, self._words)

    @property
    def whole(self) -> Sequence[str]:
        return (UNITS,)

    def about(self, users: Iterable[str]) -> Sequence[str]:
        return [f"{PERSON} {user}" for user in users]

    def plain(self, users: Iterable[str]) -> Sequence[str]:
        asked = sorted(users)
        return [f"{PLAIN} {' '.join(asked[n : n + MOST])}" for n in range(0, len(asked), MOST)]

    async def ask(self, question: str) -> Page:
        """Raises TryLater, NoAccess, and ValueError for a question that is none."""
        kind, _, rest = question.partition(" ")
        try:
            match kind:
                case "units":
                    return await self._units()
                case "unit":
                    return await self._unit(rest)
                case "people":
                    return await self._people(rest)
                case "person":
                    return await self._person(rest)
                case "plain":
                    return await self._plain(rest.split())
        except WeComRefused as refused:
            if refused.code == NO_SUCH_UNIT:
                return Page()  # it was there when all were asked for
            if refused.code == NO_ACCESS and kind in (UNIT, PEOPLE):
                return Page(unseen=(rest,))
            raise self._failure(refused, kind) from None
        raise ValueError(question)

    async def by_mobile(self, mobile: str) -> str:
        """Of those within the visible range."""
        name = "user/getuserid"
        try:
            return str((await self._api.call(name, {"mobile": mobile})).get("userid") or "")
        except WeComRefused as refused:
            if refused.code == NO_SUCH_NUMBER:
                return ""
            error = self._api.failure(WeComRefused(refused.code, refused.message.replace(mobile, "***")), name)
            raise error if isinstance(error, TryLater) else NoAccess(str(error)) from None

    @property
    def too_many_unknown(self) -> str:
        return self._words("channel.unknown-numbers")

    async def check(self) -> str:
        """Two calls: of an app without visible range the one for departments is refused, or says none."""
        try:
            page = await self.ask(UNITS)
            if page.units:
                page = await self.ask(f"{PEOPLE} {page.units[0].id}")
        except (TryLater, NoAccess) as error:
            return str(error)
        return "" if not page.unseen else self._words("wecom.directory-closed", code=NO_ACCESS, message="user")

    async def close(self) -> None:
        await self._api.close()

    async def _units(self) -> Page:
        name = "department/simplelist"
        rows = self._rows(await self._api.get(name, {}), "department_id", name)
        found = [Unit(str(row["id"]), parent=str(row.get("parentid") or "")) for row in rows if row.get("id")]
        if not found:
            raise NoAccess(self._words("wecom.directory-closed", code=0, message="department_id []"))
        return Page(tuple(found), asks=tuple(f"{kind} {one.id}" for one in found for kind in (UNIT, PEOPLE)))

    async def _unit(self, unit: str) -> Page:
        name = "department/get"
        row = (await self._api.get(name, {"id": unit})).get("department")
        if not isinstance(row, dict):
            raise self._api.unreadable(name)
        leaders = row.get("department_leader")
        named = tuple(str(one) for one in leaders) if isinstance(leaders, list) else ()
        return Page((Unit(unit, str(row.get("name") or ""), str(row.get("parentid") or ""), named),))

    async def _people(self, unit: str) -> Page:
        name = "user/simplelist"
        rows = self._rows(await self._api.get(name, {"department_id": unit}), "userlist", name)
        return Page(members=tuple(member for row in rows if (member := _member(row, unit))))

    async def _person(self, user: str) -> Page:
        name = "user/get"
        try:
            member = _member(dict(await self._api.get(name, {"userid": user})))
        except WeComRefused as refused:
            if refused.code == NO_SUCH_USER:
                return Page(gone=(user,))
            return Page()  # outside the visible range: nobody can tell
        if member is None:
            raise self._api.unreadable(name)
        return Page(members=(member,))

    async def _plain(self, users: Sequence[str]) -> Page:
        name = "batch/openuserid_to_userid"
        answer = await self._api.call(name, {"open_userid_list": [*users]})
        rows = self._rows(answer, "userid_list", name)
        return Page(plain={str(row.get("open_userid") or ""): str(row.get("userid") or "") for row in rows})

    def _rows(self, answer: Answer, field: str, name: str) -> list[dict[str, Any]]:
        rows = answer.get(field)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._api.unreadable(name)
        return rows

    def _failure(self, refused: WeComRefused, name: str) -> Exception:
        error = self._api.failure(refused, name)
        if isinstance(error, TryLater):
            return error
        return NoAccess(self._words("wecom.directory-closed", code=refused.code, message=refused.message))


def directory_of(section: WeComSettings, app: AppSettings, site: Site) -> WeComDirectory:
    return WeComDirectory(
        endpoint=section.endpoint,
        corp_id=section.corp_id,
        secret=app.secret.get_secret_value(),
        locale=site.locale,
    )


def _member(row: dict[str, Any], unit: str = "") -> Member | None:
    """Somebody of an answer, of this department besides those the answer names; None: it names nobody."""
    user, name, named = row.get("userid"), person_name(str(row.get("name") or "")), row.get("department")
    units = [str(one) for one in named] if isinstance(named, list) else []
    if unit and unit not in units:
        units.append(unit)
    if not isinstance(user, str) or not person_name(user):
        return None
    return Member(user, name or person_name(user), tuple(units))
