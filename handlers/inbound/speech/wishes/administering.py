"""Commands about people, groups and log-ins that a sentence may mean."""

import re
from collections.abc import Iterator
from itertools import chain

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes.spelling import Wanted
from handlers.language.commands.directory import ReadDirectory
from handlers.language.commands.pages import LogOut, SendLink
from handlers.language.commands.people import Bind, ChangePerson, ShowPeople, Unbind, WhoAmI
from planning.people.organisation import Role

_ROLES = (
    (Role.APPROVER, re.compile(r"审批|批(?:准|复)?权|能批|\bapprover?\b")),
    (Role.PLANNER, re.compile(r"计划员|提(?:交)?变更|能提|\bplanner\b")),
    (Role.COORDINATOR, re.compile(r"协调员|\bcoordinator\b")),
    (Role.ADMIN, re.compile(r"管理员|\badmin")),
    (Role.VIEWER, re.compile(r"查看者?|只看|\bviewer\b")),
)
_TAKES = re.compile(r"取消|收掉|收回|去掉|撤掉|不当|不再|下掉|拿掉|\b(?:remove|revoke|take away)\b")
_LEAVES = re.compile(r"离职|停用|停掉|停了|停一下|走了|不干了|辞职|\b(?:disable|deactivate|left)\b")
_BACK = re.compile(r"启用|复职|恢复|打开|回来|\benable\b")
_LOOKS = re.compile(r"谁|哪些|哪几|名单|几个|看|都有|who|show|list")
_UNBOUND = re.compile(r"解[除绑掉]|取消|不用了|别再往这|断开|\bunbind\b")
_NAMED = re.compile(
    r"(?:新人|新来的(?:同事)?|新同事|同事|给|让|把|加个人|再加个?|请|^)\s*"
    r"([\u4e00-\u9fff]{2,3}?)(?=要|加|开通|设|升|当|的?(?:账号|审批|权限|计划员|角色)|离职|停用|走了|调|转|去|归|以后"
    r"|能|[，, ]|$)"
)
"""Where the name of somebody stands who is not known yet."""


def changes_of_people(heard: Heard) -> Iterator[Wanted]:
    """Who is who where that is asked; else what is to become of whoever is named."""
    shown = [ShowPeople(department.name) for department in heard.departments[:1]]
    changes = [one for name in _names(heard) for one in _changes(heard, name)]
    looks = bool(_LOOKS.search(heard.spoken)) and not (_LEAVES.search(heard.spoken) or _BACK.search(heard.spoken))
    ways = (shown or [ShowPeople()], changes) if looks or not changes else (changes, shown)
    yield from chain.from_iterable(ways)


def _names(heard: Heard) -> list[str]:
    known = [person.name for person in heard.people]
    return known or [found[1] for found in _NAMED.finditer(heard.spoken)][:1]


def _changes(heard: Heard, name: str) -> Iterator[ChangePerson]:
    if _LEAVES.search(heard.spoken):
        yield ChangePerson(name, active=False)
    elif _BACK.search(heard.spoken) and not _TAKES.search(heard.spoken):
        yield ChangePerson(name, active=True)
    roles = tuple(role for role, words in _ROLES if words.search(heard.spoken))[:1]
    department = heard.departments[-1].name if heard.departments else ""
    if roles and _TAKES.search(heard.spoken):
        yield ChangePerson(name, roles, takes=True)
    elif roles or department:
        yield ChangePerson(name, roles, department=department)


def shows_oneself(heard: Heard) -> Iterator[Wanted]:
    yield WhoAmI()


def names_a_group(heard: Heard) -> Iterator[Wanted]:
    """The department whose group this is; asked for, where none is named."""
    if _UNBOUND.search(heard.spoken):
        yield Unbind()
    yield from (Bind(department.name) for department in heard.departments[:1])
    if not heard.departments:
        yield "绑定 <部门>"


def logs_out(heard: Heard) -> Iterator[Wanted]:
    yield LogOut()


def sends_a_link(_: Heard) -> Iterator[Wanted]:
    yield SendLink()


def reads_the_directory(_: Heard) -> Iterator[Wanted]:
    yield ReadDirectory()


def shows_settings(heard: Heard) -> Iterator[Wanted]:
    yield from ["设置"] if "设置" in heard.turn.vocabulary.by_name else []
