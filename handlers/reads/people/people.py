"""人员, and of 我是谁 what the bot sees of the speaker: who is who."""

from collections.abc import Iterable, Iterator

from cards.markdown import plain
from cards.words.dates import moment
from handlers.find_person import find_person
from handlers.language.commands.people import ShowPeople
from handlers.notify.people.settings_cards import roles_in_words
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Ask, Turn
from planning.people.organisation import Person, Role
from planning.trail.audit import kinds_of
from storage.trail.audit import Wanted

SHOWN, LOOKED_THROUGH = 3, 200
"""Changes of a person that are told, and events in which they are looked for."""


def seen_of(turn: Turn, ask: Ask) -> str:
    """What the bot sees of the speaker."""
    person, words = ask.person, turn.words
    platform = turn.environment.platforms.serving(ask.conversation).platform
    facts = {"person": person.id, "user": person.identities.get(platform, ""), "platform": words(f"{platform}.name")}
    told = [words("setting.me", name=plain(person.name), **facts, **_standing(turn, person))]
    if person.deputy:
        told.append(words("setting.me-deputy", name=plain(turn.organisation.name_of(person.deputy))))
    departments = turn.organisation.departments.values()
    here = [str(plain(one.name)) for one in departments if one.conversation == ask.conversation]
    if here and not ask.single:
        told.append(words("setting.me-here", departments=words.list(here)))
    return " ".join(told)


def show_people(turn: Turn, ask: Ask, command: ShowPeople) -> str:
    """Everybody by department, or a department, or somebody. Raises "unknown-person", "ambiguous-person"."""
    organisation, words = turn.organisation, turn.words
    department = organisation.find_department(command.of) if command.of else None
    if command.of and department is None:
        return _whole(turn, find_person(turn, ask, command.of))
    wanted = [department] if department else organisation.departments.values()
    lines = [
        words("setting.people-of", department=plain(one.name), people=_listed(turn, organisation.members(one.id)))
        for one in wanted
    ]
    if department is None:
        lines.insert(0, words("setting.people", n=len(organisation.people)))
        if organisation.former:
            former = [str(plain(one)) for one in organisation.former.values()]
            lines.append(words("setting.former", people=words.list(former)))
    return "\n\n".join(lines)


def _listed(turn: Turn, people: Iterable[Person]) -> str:
    told = [turn.words("setting.person", name=plain(one.name), roles=_roles(turn, one)) for one in people]
    return turn.words.list(told) or turn.words("setting.nobody")


def _whole(turn: Turn, person: Person) -> str:
    words = turn.words
    accounts = [
        words("setting.account", platform=words(f"{platform}.name"), user=user)
        for platform, user in person.identities.items()
    ]
    facts = {"accounts": words.list(accounts) or words("setting.no-account"), **_standing(turn, person)}
    whole = words("setting.person-whole", name=plain(person.name), person=person.id, **facts)
    return "\n".join([whole, *_lately(turn, person)])


def _lately(turn: Turn, person: Person) -> Iterator[str]:
    """The newest of what was changed of somebody, and by whom."""
    trail = turn.uow.audit.newest_first(LOOKED_THROUGH, wanted=Wanted(kinds=kinds_of("people")))
    about = [event for event in trail if event.facts.get("person") == person.id]
    return (f"- {moment(event.at, turn.environment.zone, turn.today)} {told(turn, event)}" for event in about[:SHOWN])


def _standing(turn: Turn, person: Person) -> dict[str, str]:
    department = turn.organisation.department_name(person.department)
    return {"department": str(plain(department)), "roles": _roles(turn, person)}


def _roles(turn: Turn, person: Person) -> str:
    return roles_in_words(turn, [role for role in Role if person.has(role)])
