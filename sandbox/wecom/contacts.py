"""The directory: what the app sees of it within its visible range, and the ids alone for the secret of the contacts."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request

from sandbox.contacts import Contacts, Unit
from sandbox.wecom.fields import refuse
from sandbox.wecom.refusal import OK, Refusal
from sandbox.wecom.tokens import Tokens

Json = dict[str, Any]
NO_SUCH_UNIT, NO_ACCESS, NO_SUCH_USER, NO_SUCH_MOBILE = 60003, 60011, 60111, 46004
FORBIDDEN, ONLY_IDS = 48002, 48009
"""Codes for an API that a secret does not open: the contacts' own ones for the app, and names for the contacts'."""
MOST = 1000


class DirectoryApi:
    def __init__(self, contacts: Callable[[], Contacts], tokens_of_contacts: Tokens) -> None:
        self._contacts, self._tokens_of_contacts = contacts, tokens_of_contacts

    def units(self, request: Request) -> Mapping[str, Any]:
        """Ids alone, with what is below the one that is asked for."""
        self._require_app(request)
        contacts, asked = self._contacts(), request.query_params.get("id", "")
        seen = [one for one in contacts.units.values() if contacts.sees(one.id)]
        if asked:
            below = self._unit(asked)
            seen = [one for one in seen if below.id in contacts.above(one.id)]
        rows = [{"id": one.id, "parentid": one.parent, "order": 100} for one in seen]
        return OK | {"department_id": rows}

    def unit(self, request: Request) -> Mapping[str, Any]:
        self._require_app(request)
        unit = self._unit(request.query_params.get("id", ""))
        named = {"id": unit.id, "name": unit.name, "name_en": "", "parentid": unit.parent, "order": 100}
        return OK | {"department": named | {"department_leader": [*unit.leaders]}}

    def people(self, request: Request) -> Mapping[str, Any]:
        """Of this very department."""
        self._require_app(request)
        unit = self._unit(request.query_params.get("department_id", ""))
        rows = [
            {"userid": one.user, "name": one.name, "department": [*one.units]}
            for one in self._contacts().people(unit.id)
        ]
        return OK | {"userlist": rows}

    def user(self, request: Request) -> Mapping[str, Any]:
        """Without mobile, e-mail and avatar, as for every app made since June 2022."""
        self._require_app(request)
        contacts = self._contacts()
        found = contacts.employees.get(request.query_params.get("userid", ""))
        if found is None:
            raise Refusal(NO_SUCH_USER, "userid not found")
        if not any(contacts.sees(unit) for unit in found.units):
            raise Refusal(NO_ACCESS, "no privilege to access/modify contact/party/agent")
        row = {"userid": found.user, "name": found.name, "department": [*found.units], "position": found.title}
        return OK | row | {"status": 1, "isleader": 0}

    def by_mobile(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        mobile = body.get("mobile")
        if not isinstance(mobile, str) or not mobile:
            raise refuse("mobile must be a non-empty string")
        contacts = self._contacts()
        found = [one for one in contacts.employees.values() if one.mobile == mobile]
        if not found or not any(contacts.sees(unit) for unit in found[0].units):
            raise Refusal(NO_SUCH_MOBILE, "user not exist in this corp")
        return OK | {"userid": found[0].user}

    def plain(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Who stands behind encrypted ids; of those whom the app does not see nobody is told."""
        asked = body.get("open_userid_list")
        if not isinstance(asked, list) or not asked or len(asked) > MOST:
            raise refuse(f"open_userid_list must hold 1 to {MOST} ids")
        contacts = self._contacts()
        known = {one: contacts.encrypted[one] for one in asked if contacts.encrypted.get(one) in contacts.employees}
        rows = [{"open_userid": one, "userid": user} for one, user in known.items()]
        return OK | {"userid_list": rows, "invalid_open_userid_list": [one for one in asked if one not in known]}

    def ids(self, request: Request, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """user/list_id, for the secret of the contacts alone: everybody's id and departments, and no name."""
        if not self._is_of_contacts(request):
            raise Refusal(FORBIDDEN, "api forbidden")
        start, limit = int(body.get("cursor") or 0), body.get("limit", 10_000)
        if isinstance(limit, bool) or not isinstance(limit, int) or not 0 < limit <= 10_000:
            raise refuse("limit must be a number from 1 to 10000")
        everybody = self._contacts().employees.values()
        rows = [{"userid": one.user, "department": unit} for one in everybody for unit in one.units]
        cut = rows[start : start + limit]
        further = {"next_cursor": str(start + limit)} if len(rows) > start + limit else {}
        return OK | {"dept_user": cut} | further

    def _require_app(self, request: Request) -> None:
        if self._is_of_contacts(request):
            raise Refusal(ONLY_IDS, "api forbidden for contacts secret")

    def _is_of_contacts(self, request: Request) -> bool:
        return self._tokens_of_contacts.holds(request.query_params.get("access_token"))

    def _unit(self, id: str) -> Unit:
        contacts = self._contacts()
        if not id.isdecimal() or int(id) not in contacts.units:
            raise Refusal(NO_SUCH_UNIT, "department not found")
        if not contacts.sees(int(id)):
            raise Refusal(NO_ACCESS, "no privilege to access/modify contact/party/agent")
        return contacts.units[int(id)]
