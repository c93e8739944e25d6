"""DingTalk's directory, by its older family of APIs: departments from the top down, and the people of each."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.channels.common.channel import TryLater
from bot.channels.common.directory import NoAccess
from bot.channels.common.platform import Site, Turn
from bot.channels.dingtalk.api import pace_of
from bot.channels.dingtalk.older import DingTalkRefused, OlderApi
from bot.channels.dingtalk.settings import DingTalkSettings
from cards.words import Words
from planning.people.directory import Member, Page, Unit
from planning.people.names import person_name

ROOT = "1"
PAGE = 100
"""People of an answer; DingTalk gives no more."""
OUT_OF_SCOPE, NO_SUCH_UNIT, NO_SUCH_USER, NO_SUCH_NUMBER = 50004, 60003, 60121, 40104
UNITS, PEOPLE, PERSON = "units", "people", "person"
"""Questions: `units 1` what is right below a department, `people 1 0` its people from a cursor on, `person li.si`."""


class DingTalkDirectory:
    def __init__(
        self, *, endpoint: str, client_id: str, client_secret: str, locale: str = "zh-CN", turn: Turn | None = None
    ) -> None:
        self._words = Words(locale)
        self._api = OlderApi(endpoint, client_id, client_secret, self._words)
        self._pace = pace_of(client_id, turn)

    @property
    def whole(self) -> Sequence[str]:
        return (f"{UNITS} {ROOT}",)

    def about(self, users: Iterable[str]) -> Sequence[str]:
        return [f"{PERSON} {user}" for user in users]

    def plain(self, users: Iterable[str]) -> Sequence[str]:
        return ()

    async def ask(self, question: str) -> Page:
        """Raises TryLater, NoAccess, and ValueError for a question that is none."""
        kind, _, rest = question.partition(" ")
        if kind == PERSON:
            return await self._person(rest)
        unit, _, cursor = rest.partition(" ")
        try:
            if kind == UNITS:
                return await self._units(unit)
            if kind == PEOPLE:
                return await self._people(unit, int(cursor))
        except DingTalkRefused as refused:
            if refused.code == NO_SUCH_UNIT and unit != ROOT:
                return Page()  # it was there when its parent was asked for
            if refused.code == OUT_OF_SCOPE and question not in self.whole:
                return Page(unseen=(unit,))
            raise self._no_access(refused) from None
        raise ValueError(question)

    async def by_mobile(self, mobile: str) -> str:
        """By qyapi_get_member_by_mobile, a permission of its own."""
        try:
            found = (await self._call("topapi/v2/user/getbymobile", {"mobile": mobile})).get("result")
        except DingTalkRefused as refused:
            if refused.code in (NO_SUCH_USER, NO_SUCH_NUMBER):
                return ""
            message = refused.message.replace(mobile, "***")
            raise NoAccess(self._words("dingtalk.phones-closed", code=refused.code, message=message)) from None
        return str(found.get("userid") or "") if isinstance(found, dict) else ""

    @property
    def too_many_unknown(self) -> str:
        return self._words("channel.unknown-numbers")

    async def check(self) -> str:
        """Two calls: departments and people have permissions of their own."""
        try:
            await self.ask(f"{UNITS} {ROOT}")
            await self.ask(f"{PEOPLE} {ROOT} 0")
        except (TryLater, NoAccess) as error:
            return str(error)
        return ""

    async def close(self) -> None:
        await self._api.close()

    async def _units(self, unit: str) -> Page:
        answer = await self._call("topapi/v2/department/listsub", {"dept_id": int(unit)})
        found = [_unit(row) for row in self._rows(answer.get("result"), "listsub")]
        return Page(units=tuple(found), asks=(f"{PEOPLE} {unit} 0", *(f"{UNITS} {one.id}" for one in found)))

    async def _people(self, unit: str, cursor: int) -> Page:
        path = "topapi/v2/user/list"
        result = (await self._call(path, {"dept_id": int(unit), "cursor": cursor, "size": PAGE})).get("result")
        if not isinstance(result, dict):
            raise self._api.unreadable(path)
        rows = self._rows(result.get("list"), path)
        leaders = tuple(str(row["userid"]) for row in rows if row.get("leader") is True and row.get("userid"))
        asks: tuple[str, ...] = ()
        if result.get("has_more") is True:
            further = result.get("next_cursor")
            if not isinstance(further, int) or further <= cursor:
                raise self._api.unreadable(path)  # what does not go on is a broken page
            asks = (f"{PEOPLE} {unit} {further}",)
        members = tuple(member for row in rows if (member := _member(row, unit)))
        return Page(units=(Unit(unit, leaders=leaders),) if leaders else (), members=members, asks=asks)

    async def _person(self, user: str) -> Page:
        path = "topapi/v2/user/get"
        try:
            row = (await self._call(path, {"userid": user})).get("result")
        except DingTalkRefused as refused:
            if refused.code == NO_SUCH_USER:
                return Page(gone=(user,))
            return Page()  # outside the scope: nobody can tell
        if not isinstance(row, dict) or (member := _member(row)) is None:
            raise self._api.unreadable(path)
        return Page(members=(member,))

    async def _call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        async with self._pace.keep(f"POST /{path}"):
            return await self._api.call(path, body)

    def _rows(self, rows: object, path: str) -> list[dict[str, Any]]:
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self._api.unreadable(path)
        return rows

    def _no_access(self, refused: DingTalkRefused) -> NoAccess:
        key = "dingtalk.directory-scope" if refused.code == OUT_OF_SCOPE else "dingtalk.directory-closed"
        return NoAccess(self._words(key, code=refused.code, message=refused.message))


def directory_of(section: DingTalkSettings, site: Site) -> DingTalkDirectory:
    return DingTalkDirectory(
        endpoint=section.endpoint,
        client_id=section.client_id,
        client_secret=section.client_secret.get_secret_value(),
        locale=site.locale,
        turn=site.turn,
    )


def _unit(row: dict[str, Any]) -> Unit:
    return Unit(str(row.get("dept_id") or ""), str(row.get("name") or ""), str(row.get("parent_id") or ""))


def _member(row: dict[str, Any], unit: str = "") -> Member | None:
    """Somebody of an answer, of this department besides those the answer names; None: it names nobody."""
    user, name, named = row.get("userid"), person_name(str(row.get("name") or "")), row.get("dept_id_list")
    units = [str(one) for one in named] if isinstance(named, list) else []
    if unit and unit not in units:
        units.append(unit)
    if not isinstance(user, str) or not person_name(user):
        return None
    return Member(user, name or person_name(user), tuple(units), str(row.get("job_number") or ""))
