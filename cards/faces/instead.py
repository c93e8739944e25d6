"""Lines of a proposal in place of another: the other, its suggester, the answer to a wish to modify."""

from cards.faces.view import ChangeView
from planning.change.change import ChangeState


def instead(view: ChangeView) -> list[str]:
    change, words = view.change, view.words
    nos, draft = words.list(change.supersedes), change.state is ChangeState.DRAFT
    lines = []
    if change.suggested_by:
        lines.append(words("card.suggested", name=_with_department(view, change.suggested_by), no=nos))
        if draft and is_systems(view):
            lines.append(words("card.suggested-by-system", proposer=view.proposer, no=change.no))
    elif nos:
        lines.append(words("card.supersedes" if draft else "card.superseded", nos=nos))
    if change.state.is_deciding and change.returned:
        lines.append(words("card.answer", example=words("modify.example", no=change.no)))
    return lines


def is_systems(view: ChangeView) -> bool:
    """Tell a proposal of another system, which presses no buttons, from a person's."""
    return view.change.author.is_token


def _with_department(view: ChangeView, person: str) -> str:
    known = view.organisation.people.get(person)
    department = view.organisation.department_name(known.department) if known else ""
    return f"{department} {view.organisation.name_of(person)}".strip()
