"""The directory, of the older family of APIs: each call has a permission of its own, and the app a scope."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request

from sandbox.contacts import TOP, Contacts, Employee, Unit
from sandbox.dingtalk.fields import only
from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.refusal import Refusal
from sandbox.dingtalk.tokens import Tokens
from sandbox.pace import Window

Json = dict[str, Any]
DEPARTMENTS, MEMBERS, PERSON, MOBILE = (
    "qyapi_get_department_list", "qyapi_get_department_member", "qyapi_get_member", "qyapi_get_member_by_mobile",
)  # fmt: skip
GRANTED = frozenset({DEPARTMENTS, MEMBERS, PERSON, MOBILE})
"""通讯录部门信息读权限, 通讯录部门成员读权限, 成员信息读权限, 根据手机号获取成员基本信息权限."""
BAD = "40035"
MOST = 100


class DirectoryApi:
    def __init__(self, contacts: Callable[[], Contacts], tokens: Tokens, limits: Limits) -> None:
        self._contacts, self._tokens = contacts, tokens
        self._pace = Window(limits.qps, 1.0)

    async def listsub(self, request: Request) -> Mapping[str, Any]:
        """Direct children only."""
        body = await self._admitted(request, DEPARTMENTS, {"dept_id", "language"})
        contacts, unit = self._contacts(), self._unit(body, default=TOP, leading=True)
        return {"result": [_unit(one) for one in contacts.children(unit) if contacts.leads_to(one.id)]}

    async def users(self, request: Request) -> Mapping[str, Any]:
        body = await self._admitted(request, MEMBERS, {"dept_id", "cursor", "size", "order_field", "language"})
        cursor, size = _number(body, "cursor", 0), _number(body, "size", 1)
        if size > MOST:
            raise Refusal(BAD, f"size 最大 {MOST}")
        people = self._contacts().people(unit := self._unit(body))
        here, more = people[cursor : cursor + size], len(people) > cursor + size
        result: Json = {"has_more": more, "list": [_employee(one, self._contacts().units[unit]) for one in here]}
        return {"result": result | ({"next_cursor": cursor + size} if more else {})}

    async def user(self, request: Request) -> Mapping[str, Any]:
        body = await self._admitted(request, PERSON, {"userid", "language"})
        found = self._contacts().employees.get(str(body.get("userid")))
        if found is None:
            raise Refusal("60121", "找不到该用户")
        if not any(self._contacts().sees(unit) for unit in found.units):
            raise Refusal("50002", "请求的员工userid不在授权范围内")
        return {"result": _employee(found, None)}

    async def by_mobile(self, request: Request) -> Mapping[str, Any]:
        body = await self._admitted(request, MOBILE, {"mobile"})
        mobile = body.get("mobile")
        found = [one for one in self._contacts().employees.values() if one.mobile and one.mobile == mobile]
        if not found:
            raise Refusal("60121", "找不到该用户")
        return {"result": {"userid": found[0].user}}

    async def _admitted(self, request: Request, permission: str, fields: set[str]) -> Json:
        try:
            self._tokens.check(request.query_params.get("access_token"))
        except Refusal:
            raise Refusal("40014", "不合法的access_token") from None
        if not self._pace.take(request.url.path):
            raise Refusal("90018", "应用对该接口的调用超过 QPS 上限")
        if permission not in self._contacts().permissions:
            raise Refusal("60011", f"应用尚未开通所需的权限：[{permission}]")
        try:
            body = json.loads(await request.body())
        except ValueError:
            raise Refusal(BAD, "不合法的参数: the body is not JSON") from None
        if not isinstance(body, dict):
            raise Refusal(BAD, "不合法的参数: the body is not an object")
        only(body, frozenset(fields), "the body", BAD)
        return body

    def _unit(self, body: Json, default: int | None = None, *, leading: bool = False) -> int:
        """`leading`: what lies above the scope is shown, too, as the way to it."""
        unit = _number(body, "dept_id", 1, default)
        if unit not in self._contacts().units:
            raise Refusal("60003", "部门不存在")
        if not (self._contacts().sees(unit) or (leading and self._contacts().leads_to(unit))):
            raise Refusal("50004", "请求的部门id不在授权范围内")
        return unit


def _number(body: Json, name: str, least: int, default: int | None = None) -> int:
    value = body.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise Refusal(BAD, f"不合法的参数: {name} must be a number from {least} on, found {value!r}")
    return value


def _unit(unit: Unit) -> Json:
    named = {"dept_id": unit.id, "name": unit.name, "parent_id": unit.parent}
    return named | {"create_dept_group": False, "auto_add_user": False}


def _employee(employee: Employee, unit: Unit | None) -> Json:
    row: Json = {
        "userid": employee.user, "unionid": f"u{employee.user}", "name": employee.name, "title": employee.title,
        "dept_id_list": [*employee.units], "active": True, "boss": False, "admin": False,
    }  # fmt: skip
    if employee.number:
        row["job_number"] = employee.number
    return row | ({"leader": employee.user in unit.leaders} if unit else {})
