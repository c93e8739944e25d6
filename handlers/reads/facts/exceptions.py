"""异常: what is going wrong, one's own, of a department, of an item or of a code."""

from collections.abc import Callable

from cards.markdown import body
from cards.words.dates import moment
from handlers.govern.exception_people import department_of
from handlers.govern.reporters import owner_of
from handlers.language import find_item
from handlers.language.commands.exceptions import ShowExceptions
from handlers.notify.facts.exception_lines import ExceptionLines, worst_first
from handlers.reads.brief import brief
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.exceptions.episode import Episode
from planning.exceptions.finding import Code
from planning.people.organisation import Person
from planning.plan.plan import Plan
from planning.refusal import Refused

Wanted = Callable[[Episode], bool]


def show_exceptions(turn: Turn, ask: Ask, command: ShowExceptions) -> Reply:
    """The worst first; of one item with what it comes from and who sees to it."""
    if not turn.environment.exceptions.enabled:
        return Reply(turn.words("exception.off"))
    plan, rows = turn.plan(), turn.uow.exceptions.open_ones()
    whose, wanted, item = _asked_for(turn, ask, command, plan)
    found = sorted(
        (one for one in rows if wanted(one) and one.is_muted(turn.now) is command.muted), key=worst_first
    )
    if not found:
        name = turn.words("exception.none.of", name=whose.strip(", ")) if whose.strip() else ""
        every = turn.spell(ShowExceptions(everything=True))
        told = _with_last_scan(turn, turn.words("exception.none", whose=name))
        return Reply(told, (every,) if rows and not command.everything else ())
    lines = ExceptionLines(turn)
    title = turn.words("exception.title", whose=whose, n=len(found))
    if item:
        full = [line for one in found for line in _in_full(lines, one)]
        return Reply(body(turn.words.locale, "brief", title=title, lines=full, note=""))
    shown = [one for one in found if not one.root or _is_alone(one, found)]
    looked = tuple(turn.spell(ShowExceptions(one.key.item)) for one in shown[:2] if one.key.item in plan.items)
    return Reply(_with_last_scan(turn, brief(turn, title, list(lines.rows(found)))), looked)


def _with_last_scan(turn: Turn, told: str) -> str:
    """With when all of the plan was looked at last, and what that found new and over."""
    last = turn.uow.exceptions.last_scan()
    if last is None:
        return told
    at = moment(last.ran_at, turn.environment.zone, turn.today)
    return f"{told}\n\n{turn.words('exception.scanned', at=at, opened=last.opened, closed=last.closed)}"


def _asked_for(turn: Turn, ask: Ask, command: ShowExceptions, plan: Plan) -> tuple[str, Wanted, str]:
    """Whose they are in words, which they are, and the item where it is one. Raises Refused("unknown-exception")."""
    words = turn.words
    if command.muted:
        return words("exception.whose.muted"), lambda one: True, ""
    if command.everything:
        return "", lambda one: True, ""
    if not command.words:
        return words("exception.whose.mine"), lambda one: _is_mine(turn, ask.person, one, plan), ""
    if code := _code(turn, command.words):
        return words("exception.whose.one", name=command.words), lambda one: one.key.code is code, ""
    if department := turn.organisation.find_department(command.words):
        return (
            words("exception.whose.one", name=department.name),
            lambda one: department_of(turn, one, plan.items) == department.id, "",
        )  # fmt: skip
    try:
        found = find_item(plan, command.words)
    except Refused as refused:
        if refused.refusal.code != "unknown-item" or any(letter.isdigit() for letter in command.words):
            raise
        codes = words.list([words(f"exception.code.{code.value}") for code in Code])
        raise Refused("unknown-exception", found=command.words, codes=codes) from refused
    return words("exception.whose.one", name=found.code), lambda one: found.code in (one.key.item, one.root), found.code


def _code(turn: Turn, words: str) -> Code | None:
    names = {turn.words(f"exception.code.{code.value}"): code for code in Code}
    return names.get(words) or next((code for code in Code if code.value == words.lower()), None)


def _is_mine(turn: Turn, person: Person, one: Episode, plan: Plan) -> bool:
    """What somebody owns, or was told of; where nobody owns it, their department's."""
    if one.key.item not in plan.items:
        return person.id == one.owner or one.key.second == person.department
    item = plan.items[one.key.item]
    owner = owner_of(turn, item)
    if owner is None and item.department == person.department:
        return True
    return person.id in (one.owner, owner.id if owner else "")


def _in_full(lines: ExceptionLines, one: Episode) -> list[str]:
    return list(filter(None, (lines.head(one), lines.cause(one), lines.stands(one), lines.keep(one))))


def _is_alone(one: Episode, found: list[Episode]) -> bool:
    return all(other.key.item != one.root for other in found)
