"""A command, or a form of one with `<holes>`, spelt in the other language."""

import re
from datetime import date

from handlers.language.clean import ANY_REASON
from handlers.language.parse import parse
from handlers.language.vocabulary import CHINESE, ENGLISH, Command, Vocabulary
from planning.refusal import Refused

_HOLE = re.compile("<[^<>]+>")
_REASON = re.compile(r"\s*(?:因为|because)\s+(?P<hole><[^<>]+>)$")
_ANY_REASON = " because x"
_HOLES = {
    "<单号>": ("<code>", "ZZZ-99", "ZZZ-99"), "<变更单号>": ("<change no>", "CR-20010101-987", "CR-20010101-987"),
    "<日期>": ("<date>", "12-05", r"(?:to )?[0-9]{4}-12-05"), "<数量>": ("<quantity>", "98765", "98765"),
    "<天数>": ("<days>", "97天", "97d"), "<起~止>": ("<from~to>", "12-05~12-06", "[0-9]{4}-12-05~[0-9]{4}-12-06"),
    "<姓名>": ("<name>", "zzz", "zzz"), "<部门>": ("<department>", "zzz", "zzz"), "<名称>": ("<name>", "zzz", "zzz"),
    "<异常号>": ("<exception no>", "EX-98765", "EX-98765"),
}  # fmt: skip
"""Each in English, something that fills it, and how that is spelt."""


def respelt(text: str, locale: str, today: date, vocabulary: Vocabulary) -> str:
    """The text in English where that is wanted and says the same, else as it is."""
    if locale != ENGLISH or text.isascii():
        return text
    reason = _REASON.search(text)
    form = text[: reason.start()] if reason else text
    holes = _HOLE.findall(form)
    if any(hole not in _HOLES for hole in holes) or len({*holes}) != len(holes):
        return text
    for hole in holes:
        form = form.replace(hole, _HOLES[hole][1])
    if (spelt := _in_english(form, today, vocabulary)) is None:
        return text
    for hole in holes:
        english, _, pattern = _HOLES[hole]
        spelt, found = re.subn(rf"(?<![A-Za-z0-9-]){pattern}(?![A-Za-z0-9-])", english, spelt)
        if found != 1:
            return text
    return f"{spelt} because <reason>" if reason else spelt


def respelt_name(name: str, locale: str, vocabulary: Vocabulary) -> str:
    """A command's name in the language of the installation."""
    phrase = vocabulary.by_name.get(name.lower())
    return phrase.english if phrase and locale != CHINESE else name


def _in_english(form: str, today: date, vocabulary: Vocabulary) -> str | None:
    """None where it is no command, with or without the reason that it may lack."""
    for reason, spelt in (("", ""), (ANY_REASON, _ANY_REASON)):
        if command := _read(f"{form}{reason}", today, vocabulary):
            return vocabulary.spell(command, ENGLISH).removesuffix(spelt)
    return None


def _read(text: str, today: date, vocabulary: Vocabulary) -> Command | None:
    try:
        return parse(text, today, vocabulary)
    except Refused:
        return None
