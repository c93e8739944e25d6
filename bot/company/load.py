"""Loading the company: people and stories from YAML, the plan through the same reader as every import."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from bot.company.company import Company, Resident, Room, Story
from bot.settings.model import DepartmentSettings, PersonSettings
from bot.tables.problem import Problems
from bot.tables.read import plan_of
from bot.tables.sheet import Sheet, text_sheet
from planning.people.organisation import Organisation, Person
from planning.plan.calendar import WorkCalendar, calendar_named
from planning.plan.plan import Plan, Stock

DATA = files("bot.company")
TOKEN = re.compile(r"T([+-]\d+)?")
"""A date in the data files: working days from today, `T-3`, `T`, `T+5`."""
PLATFORMS = ("dingtalk", "wecom")
"""The platforms its people are on."""
EVERYWHERE = ("lin.jing", "gao.jianguo")
"""The coordinator and the boss sit in every group of the platforms they are on."""


def load_company(today: date) -> Company:
    """The company on this day. The plan's dates lie around today, or the next working day if today is none."""
    document = _document()
    organisation = _organisation(document)
    return Company(
        name=document["name"],
        organisation=organisation,
        plan=_plan(document, organisation, today),
        residents=tuple(_residents(document, organisation)),
        rooms=tuple(_rooms(document, organisation)),
    )


def settings_document(platforms: Mapping[str, object]) -> dict[str, object]:
    """A settings document of the company: `platforms` holds the sections dingtalk, wecom and what else is wanted."""
    document = _document()
    plan = document["plan"]
    return {
        "plan": {"id": plan["id"], "name": plan["name"]},
        "calendar": plan["calendar"],
        "departments": [_without(entry, "room") for entry in document["departments"]],
        "people": [_without(entry, "title") for entry in document["people"]],
        "rules": document["rules"],
        "fences": document["fences"],
        **platforms,
    }


def load_stories() -> tuple[Story, ...]:
    """The five changes."""
    return _stories("stories.yaml")


def load_reports() -> tuple[Story, ...]:
    """The four reports."""
    return _stories("reports.yaml")


def _stories(file: str) -> tuple[Story, ...]:
    text = DATA.joinpath(file).read_text(encoding="utf-8")
    return tuple(Story(**entry) for entry in yaml.safe_load(text))


@cache
def _document() -> Mapping[str, Any]:
    document: Mapping[str, Any] = yaml.safe_load(DATA.joinpath("company.yaml").read_text(encoding="utf-8"))
    return document


def _organisation(document: Mapping[str, Any]) -> Organisation:
    departments = (DepartmentSettings(**_without(entry, "room")) for entry in document["departments"])
    return Organisation.of((d.department() for d in departments), map(_person, document["people"]))


def _person(entry: Mapping[str, Any]) -> Person:
    person = PersonSettings(**_without(entry, "title", *PLATFORMS)).person()
    return replace(person, identities={name: entry[name] for name in PLATFORMS if name in entry})


def _without(entry: Mapping[str, object], *keys: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in keys}


def _plan(document: Mapping[str, Any], organisation: Organisation, today: date) -> Plan:
    head, problems = document["plan"], Problems("zh-CN")
    stock = {entry["product"]: Stock(**_exact(entry)) for entry in document["stock"]}
    calendar = calendar_named(head["calendar"])
    items, links = (_dated(_sheet(name, problems), today, calendar) for name in ("items", "links"))
    return plan_of(
        items,
        links,
        organisation=organisation,
        plan=Plan(head["id"], head["name"], 0, {}, calendar=head["calendar"], stock=stock),
        today=today,
        problems=problems,
    ).plan


def _exact(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Decimal(value) if isinstance(value, int) else value for name, value in entry.items()}


def _sheet(name: str, problems: Problems) -> Sheet:
    return text_sheet(f"{name}.csv", DATA.joinpath(f"{name}.csv").read_text(encoding="utf-8"), problems)


def _dated(sheet: Sheet, today: date, calendar: WorkCalendar) -> Sheet:
    """The sheet with its tokens turned into dates."""
    base = calendar.on_or_after(today)

    def dated(cell: object) -> object:
        token = TOKEN.fullmatch(cell) if isinstance(cell, str) else None
        return calendar.add(base, int(token[1] or 0)) if token else cell

    return Sheet(sheet.file, sheet.title, ((line, [dated(cell) for cell in cells]) for line, cells in sheet.rows))


def _residents(document: Mapping[str, Any], organisation: Organisation) -> Iterator[Resident]:
    for entry in document["people"]:
        person = organisation.people[entry["id"]]
        department = organisation.department_name(person.department)
        there = person.identities
        yield Resident(
            person.id, person.name, department, entry["title"], there.get("dingtalk", ""), there.get("wecom", "")
        )


def _rooms(document: Mapping[str, Any], organisation: Organisation) -> Iterator[Room]:
    for entry in document["departments"]:
        platform, _, target = entry["conversation"].partition(":")
        if platform == "wecom-app":
            yield from _app_rooms(entry, target.split("|"), organisation)
            continue
        there = [p.id for p in organisation.people.values() if platform in p.identities]
        members = [id for id in there if organisation.people[id].department == entry["id"] or id in EVERYWHERE]
        yield Room(platform, target, entry["room"], entry["id"], tuple(members))


def _app_rooms(entry: Mapping[str, Any], user_ids: list[str], organisation: Organisation) -> Iterator[Room]:
    """An app writes to people, not to groups: one conversation for each of them."""
    for user_id in user_ids:
        person = organisation.person_by("wecom", user_id)
        assert person is not None, f"{user_id} of {entry['id']} is nobody"
        yield Room("wecom-app", user_id, f"{entry['room']} · {person.name}", entry["id"], (person.id,), single=True)
