"""What people chose of the next steps they were offered, by week, and their words without codes and names."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from cards.question import NEITHER, Question
from handlers.language.speech.learnt import MOST
from handlers.language.values.objects import CODE
from handlers.language_budget import language_budget, told
from handlers.turn import Turn

FIRST, THREE = 1, 3
_CODE = re.compile(rf"(?<![A-Za-z0-9_./-]){CODE}")


@dataclass(frozen=True, slots=True)
class Week:
    """Answered questions of the week that begins on this Monday."""

    monday: date
    asked: int
    first: int
    """The first offer was taken."""
    three: int
    neither: int

    def shares(self) -> dict[str, str]:
        return {"first": f"{self.first / self.asked:.0%}", "three": f"{self.three / self.asked:.0%}"}


def weeks(turn: Turn) -> list[Week]:
    """Weeks in which questions with offers were answered, oldest first."""
    by_week: dict[date, list[Question]] = defaultdict(list)
    for question in _answered(turn):
        day = question.asked_at.astimezone(turn.environment.zone).date()
        by_week[day - timedelta(days=day.weekday())].append(question)
    return [_week(monday, asked) for monday, asked in sorted(by_week.items())]


def report(turn: Turn) -> str:
    """How often the first offer, and one of the first three, was what was meant; and how often a language model was
    asked."""
    lines = [
        turn.words("language.week", monday=week.monday, asked=week.asked, neither=week.neither, **week.shares())
        for week in weeks(turn)
    ]
    model = language_budget(turn)
    asked = told(turn, model) if model else ()
    return "\n".join([turn.words("language.report" if lines else "language.none"), *lines, *asked])


def examples(turn: Turn) -> Iterator[tuple[str, str]]:
    """What was said and what it led to, codes and names replaced."""
    name = names_of(turn)
    for question in _answered(turn):
        yield replaced(question.said, name), replaced(question.chosen, name)


def listed(turn: Turn) -> Iterator[tuple[str, str, str, str]]:
    """What is learnt from, newest first: its id, its day, what was said and what was chosen, codes and names
    replaced."""
    name = names_of(turn)
    for question in turn.uow.questions.choices(MOST):
        day = question.asked_at.astimezone(turn.environment.zone).date()
        yield question.id, str(day), replaced(question.said, name), replaced(question.chosen, name)


def names_of(turn: Turn) -> re.Pattern[str]:
    """Names of the company's people."""
    names = [person.name for person in turn.organisation.people.values()]
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or r"(?!)")


def _answered(turn: Turn) -> Iterator[Question]:
    return (question for question in turn.uow.questions.answers() if question.offers and question.said)


def _week(monday: date, asked: list[Question]) -> Week:
    places = [_place(question) for question in asked]
    first, three = (sum(place < most for place in places) for most in (FIRST, THREE))
    return Week(monday, len(asked), first, three, sum(question.chosen == NEITHER for question in asked))


def _place(question: Question) -> int:
    """Of what was chosen among what was offered; beyond them all where it was something else."""
    offered = [offer.command for offer in question.offers]
    return offered.index(question.chosen) if question.chosen in offered else len(offered) + THREE


def replaced(text: str, name: re.Pattern[str], code: str = "X-1") -> str:
    return name.sub("某人", _CODE.sub(code, text))
