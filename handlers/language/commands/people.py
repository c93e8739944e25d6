"""人员, 我是谁 and 绑定: who is who, who may do what, and which group is whose."""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.language.values.objects import without_courtesy
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, spaced
from planning.people.organisation import Role


@dataclass(frozen=True, slots=True)
class ShowPeople(Command):
    """`of`: a department or a person as typed; empty: everybody."""

    of: str = ""


@dataclass(frozen=True, slots=True)
class ChangePerson(Command):
    """`roles` are given, or with `takes` taken away; `department` as typed, empty: they stay where they are. `active`:
    False of somebody who leaves, True of somebody who comes back, None: neither."""

    person: str
    roles: tuple[Role, ...] = ()
    takes: bool = False
    department: str = ""
    active: bool | None = None


@dataclass(frozen=True, slots=True)
class WhoAmI(Command):
    """Ask what the bot sees of the speaker."""


@dataclass(frozen=True, slots=True)
class Bind(Command):
    """The conversation becomes this department's (as typed); `new`: which is made by it."""

    department: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class Unbind(Command):
    """The conversation is nobody's any more."""


ROLES = {
    Role.VIEWER: ("查看", "查看者", "只看", "viewer"),
    Role.PLANNER: ("计划员", "提变更", "planner"),
    Role.APPROVER: ("审批", "审批人", "approver"),
    Role.COORDINATOR: ("协调员", "计划协调员", "coordinator"),
    Role.ADMIN: ("管理员", "admin"),
}
"""How a role is said: first as it is spelt in Chinese, last as in English."""
_ROLES = {word: role for role, words in ROLES.items() for word in words}
_TAKES = ("取消", "不再", "去掉", "remove", "not")
_LEAVES = ("停用", "离职", "disable")
_BACK = ("启用", "恢复", "enable")
_NEW = ("新部门", "新", "new")
_CANCEL = ("取消", "解除", "cancel", "off")


def people(typed: Typed) -> ShowPeople | ChangePerson:
    """`人员`, `人员 采购部`, `人员 李娜 审批 采购部`, `人员 李娜 取消 审批`, `人员 李娜 停用`. A mention is a name.
    Raises `people-unclear`, `several-mentioned`."""
    name, words = _named(typed)
    if not words:
        return ShowPeople(name)
    active = True if words[0] in _BACK else False if words[0] in _LEAVES else None
    if active is not None and len(words) == 1:
        return ChangePerson(name, active=active)
    takes = words[0] in _TAKES
    roles, rest = _roles(words[1:] if takes else words)
    if len(rest) > 1 or (takes and (rest or not roles)):
        example = "li.na approver purchasing" if typed.is_english else "李娜 审批 采购部"
        raise typed.refused("people-unclear", example=example)
    return ChangePerson(name, roles, takes, next(iter(rest), ""))


def _named(typed: Typed) -> tuple[str, list[str]]:
    """The name, and the words behind it."""
    words = [*_apart(typed.rest.split())]
    if typed.mentioned:
        return typed.mentioned, words
    return next(iter(words), ""), words[1:]


def _apart(words: list[str]) -> Iterator[str]:
    """`取消审批` are two words."""
    for word in words:
        taken = next((one for one in _TAKES if word.startswith(one) and word[len(one) :] in _ROLES), "")
        yield from (taken, word[len(taken) :]) if taken else (word.lower() if word.lower() in _KNOWN else word,)


def _roles(words: list[str]) -> tuple[tuple[Role, ...], list[str]]:
    found = [_ROLES[word] for word in words if word in _ROLES]
    return tuple(dict.fromkeys(found)), [word for word in words if word not in _ROLES]


_KNOWN = {*_ROLES, *_TAKES, *_LEAVES, *_BACK}


def who_am_i(typed: Typed) -> WhoAmI:
    """Raises `leftover`."""
    if words := without_courtesy(typed.rest):
        raise typed.refused("leftover", found=words, example="")
    return WhoAmI()


def bind(typed: Typed) -> Bind | Unbind:
    """`绑定 采购部`, `绑定 新部门 采购部`, `绑定 取消`. Raises `bind-missing`."""
    words = typed.rest.split()
    new = len(words) == 2 and words[0].lower() in _NEW
    if len(words) - new != 1:
        raise typed.refused("bind-missing", example="purchasing" if typed.is_english else "采购部")
    return Unbind() if words[0].lower() in _CANCEL else Bind(words[-1], new)


def _spell_bind(bound: Bind, say: Say) -> str:
    return spaced(say(_NEW[0], _NEW[-1]) if bound.new else "", bound.department)


def _spell_change(command: ChangePerson, say: Say) -> str:
    if command.active is not None:
        return spaced(command.person, say(_BACK[0], _BACK[-1]) if command.active else say(_LEAVES[0], _LEAVES[-1]))
    takes = say(_TAKES[0], "remove") if command.takes else ""
    roles = (say(ROLES[role][0], ROLES[role][-1]) for role in command.roles)
    return spaced(command.person, takes, *roles, command.department)


PEOPLE = Phrase(
    "人员", "ry", "people",
    "人员 [部门]｜人员 <姓名> [取消] <角色> [部门]｜人员 <姓名> 停用/启用",
    "people [department]|people <name> [remove] <role> [department]|people <name> disable/enable",
    "人员 李娜 审批 采购部", "people li.na approver purchasing",
    "看有哪些人；管理员给人角色、换部门、停用", "who is who; an admin gives and takes roles, and disables people",
    read=people,
    spells={ShowPeople: lambda shown, say: shown.of, ChangePerson: _spell_change},
    takes=Takes.ANYTHING, everyday=True,
    also=("人员 采购部", "people purchasing"),
)  # fmt: skip
WHO_AM_I = Phrase(
    "我是谁", "wss", "whoami",
    "我是谁", "whoami",
    "我是谁", "whoami",
    "看通盘认得的你：账号、部门、角色", "what Tongpan knows of you: account, department, roles",
    read=who_am_i, spells={WhoAmI: lambda asked, say: ""}, everyday=True,
)  # fmt: skip
BIND = Phrase(
    "绑定", "bd", "bind",
    "绑定 [新部门] <部门>｜绑定 取消", "bind [new] <department>|bind cancel",
    "绑定 采购部", "bind purchasing",
    "管理员在群里发：这个群归哪个部门", "said by an admin in a group: makes it a department's",
    read=bind,
    spells={Bind: _spell_bind, Unbind: lambda bound, say: say("取消", "cancel")},
    takes=Takes.ANYTHING, everyday=True,
    also=("绑定 取消", "bind cancel"),
)  # fmt: skip
