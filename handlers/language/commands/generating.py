"""生成 and 模板: everything an order needs, planned at once by a template."""

import re
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from handlers.language.values.dates import read_date
from handlers.language.values.objects import code_in, split_object, whole_object, without_courtesy
from handlers.language.vocabulary import Command, Phrase, Say, Takes, Typed, because, spaced, this_or


@dataclass(frozen=True, slots=True)
class Generate(Command):
    """`template`: its name, empty: the one there is; `day`: the delivery's, None: as the order promises."""

    order: str
    template: str = ""
    day: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShowTemplates(Command):
    """`name` of one; empty: all."""

    name: str = ""


class _By(NamedTuple):
    template: str
    day: date | None


_BY = re.compile(r"(?:(?:按|用|by\s)?\s*(?:模板|template)\s*(?P<template>\S+))?\s*(?P<day>\S.*)?", re.IGNORECASE)


def _read(text: str, today: date) -> _By | None:
    found = _BY.fullmatch(text.strip())
    if found is None or not text.strip():
        return None
    day = read_date(found["day"], today) if found["day"] else None
    return None if found["day"] and day is None else _By(found["template"] or "", day)


def generate(typed: Typed) -> Generate:
    """Raises `object-missing`, `generate-unclear`, what dates raise, and `report-unclear` of words run together with it
    that name no code: much is made (`生成一个链接`).
    """
    if not (typed.is_apart or code_in(typed.rest)) and typed.rest:
        raise typed.refused("report-unclear", found=typed.rest, example="<单号>")
    words, arguments, by = split_object(typed, partial(_read, today=typed.today))
    order = whole_object(words)
    named = spaced("template" if typed.is_english else "模板", "<name>" if typed.is_english else "<名称>")
    if arguments and by is None:
        raise typed.refused("generate-unclear", found=arguments, example=spaced(order, named))
    if not order:
        raise typed.refused("object-missing", example="<单号>")
    return Generate(order, by.template if by else "", by.day if by else None, typed.reason)


def _spell(command: Generate, say: Say) -> str:
    template = f"{say('模板', 'template')} {command.template}" if command.template else ""
    day = f"{say('到', 'to')} {command.day}" if command.day else ""
    return spaced(this_or(command.order, say), template, day, because(command.reason, say))


def templates(typed: Typed) -> ShowTemplates:
    """Raises `leftover`: a template has one word for its name."""
    words = without_courtesy(typed.rest)
    if len(words.split()) > 1:
        raise typed.refused("leftover", found=words, example=words.split()[0])
    return ShowTemplates(words)


GENERATE = Phrase(
    "生成", "sc", "generate",
    "生成 <单号> [模板 <名称>] [到 <日期>] [因为 <原因>]",
    "generate <code> [template <name>] [to <date>] [because <reason>]",
    "生成 SO-1042 模板 制造", "generate SO-1042 template 制造",
    "按模板把一张订单要的采购、生产、发货、回款一次排好，从交期倒排",
    "plans at once all that an order needs by a template, dated back from its delivery",
    read=generate, spells={Generate: _spell}, everyday=True,
    also=("生成 SO-1042 模板 制造 到 12-25", "generate SO-1042 template 制造 to 12-25"),
)  # fmt: skip
TEMPLATES = Phrase(
    "模板", "mb", "template",
    "模板 [名称]", "template [name]",
    "模板 制造", "template 制造",
    "有哪些流程模板，一个模板有哪些环节", "the process templates there are, and what stages one has",
    read=templates, spells={ShowTemplates: lambda asked, say: asked.name}, takes=Takes.NO_ITEM,
)  # fmt: skip
