"""Cards of issues: where they are shown, and what they show."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from cards.card import Card, Fact
from cards.faces.issue import IssueView, issue_card
from cards.markdown import plain
from cards.words.dates import moment
from handlers.govern.rhythm.issue_people import hours_of, raisers
from handlers.notify.new_cards import homes_of
from handlers.notify.people.settings_cards import rooms_of
from handlers.notify.standing_cards import show
from handlers.turn import Turn
from planning.plan.item import Item
from planning.refusal import Refused
from planning.rhythm.clock import answer_due, taken_due
from planning.rhythm.issue import Issue, IssueState
from planning.rhythm.issue_acts import REOPENS_WITHIN
from planning.subject import SubjectKind
from storage.delivery.cards import CardRow, Purpose


def issue_on(turn: Turn, row: CardRow) -> Issue:
    """Issue that a card is about. Raises "card-unknown" for a card of another kind: an action can be made up."""
    found = turn.uow.issues.get(row.subject.id) if row.subject.kind == SubjectKind.ISSUE else None
    if found is None:
        raise Refused("card-unknown")
    return found


def show_issue(
    turn: Turn, issue: Issue, homes: Iterable[str], *, heard: str = "", pressed: str = "", only_in_place: bool = False
) -> None:
    show(
        turn, Purpose.ISSUE, issue.subject, homes, heard=heard, pressed=pressed, only_in_place=only_in_place
    )  # fmt: skip


def raisers_rooms(turn: Turn, issue: Issue) -> list[str]:
    """Where whoever raised it is told: where they said it, else where they, or those in their place, read."""
    return [issue.room] if issue.room else rooms_of(turn, raisers(turn, issue))


def issue_facing(turn: Turn, row: CardRow) -> Card:
    """An issue's card as it shows now."""
    issue = issue_on(turn, row)
    lines = IssueLines(turn, issue)
    is_raisers = row.conversation in raisers_rooms(turn, issue)
    is_owners = row.conversation in homes_of(turn, [issue.owner]) or not is_raisers
    view = IssueView(
        issue, lines.title, lines.status, list(lines.told()), list(lines.facts()), turn.words, is_owners, is_raisers,
        lines.item is not None,
    )  # fmt: skip
    return issue_card(view, row.card_id)


class IssueLines:
    """An issue in words."""

    def __init__(self, turn: Turn, issue: Issue) -> None:
        self._turn, self._words, self.issue = turn, turn.words, issue
        self._hours = hours_of(turn, issue)
        items = turn.uow.plans.load().items if turn.uow.plans.exists() else {}
        report = turn.uow.reports.get(issue.about) if issue.about.startswith("RP-") else None
        self.item: Item | None = items.get(report.item if report else issue.about)

    @property
    def title(self) -> str:
        about = f"{self.item.code} {self.item.title}" if self.item else self.issue.about
        key = "issue.title" if about else "issue.title.bare"
        return self._words(key, no=self.issue.no, about=str(plain(about)))

    @property
    def status(self) -> str:
        return self._words(f"status.issue-{self.issue.state}", owner=self.owner)

    @property
    def owner(self) -> str:
        return self._turn.organisation.name_of(self.issue.owner)

    @property
    def raiser(self) -> str:
        return self._turn.organisation.name_of(self.issue.by)

    @property
    def due(self) -> str:
        """Until when what is next has to be there; empty: nothing is waited for."""
        if self.issue.state is IssueState.OPEN:
            return self._words("issue.due.open", take=self._at(taken_due(self.issue, self._hours)), answer=self._answer)
        return self._words("issue.due.assigned", answer=self._answer) if self._waits_for_answer else ""

    def told(self) -> Iterator[str]:
        """The lines of its card."""
        issue, words = self.issue, self._words
        mark = words("issue.urgent") if issue.urgent else ""
        yield f"{mark}{issue.text}"
        department = self._turn.organisation.department_name(issue.department)
        yield words("issue.people", raiser=self.raiser, at=self._at(issue.raised_at), owner=self.owner,
                    department=department)  # fmt: skip
        if self.due:
            yield self.due
        if issue.answer:
            name = self._turn.organisation.name_of(issue.answered_by)
            yield words("issue.answer", name=name, answer=issue.answer)
        if issue.change:
            yield self._change()
        if issue.state is IssueState.RESOLVED:
            yield words("issue.resolved", raiser=self.raiser)
        if issue.state is IssueState.CLOSED:
            by = words("issue.closed-by", name=self._turn.organisation.name_of(issue.closed_by))
            yield words("issue.closed", how=by if issue.closed_by else words("issue.closed-by-silence"),
                        days=REOPENS_WITHIN, no=issue.no)  # fmt: skip
        if issue.reopened:
            yield words("issue.reopened", n=issue.reopened)

    def facts(self) -> Iterator[Fact]:
        """The same in short rows."""
        words, issue = self._words, self.issue
        yield Fact(words("issue.fact.owner"), self.owner)
        yield Fact(words("issue.fact.raiser"), self.raiser)
        if self._waits_for_answer:
            yield Fact(words("issue.fact.due"), self._answer)
        if issue.answer:
            yield Fact(words("issue.fact.answer"), issue.answer)

    def row(self) -> str:
        """One line of a list."""
        facts = {"no": self.issue.no, "text": self.issue.text, "status": self.status, "due": self.due}
        return self._words("issue.row" if self.due else "issue.row.over", **facts)

    def waits(self, names: str) -> str:
        """The line for those who are told that it waits."""
        facts = {"no": self.issue.no, "text": str(plain(self.issue.text)), "names": names, "owner": self.owner}
        return self._words(f"issue.waits.{self.issue.state}", due=self.due, **facts)

    @property
    def _waits_for_answer(self) -> bool:
        return self.issue.state in (IssueState.OPEN, IssueState.ASSIGNED)

    @property
    def _answer(self) -> str:
        return self._at(answer_due(self.issue, self._hours))

    def _at(self, at: datetime) -> str:
        return moment(at, self._turn.environment.zone, self._turn.today)

    def _change(self) -> str:
        no = self.issue.change
        change = self._turn.uow.changes.get(no)
        state = self._words(f"value.state.{change.state.value}") if change else ""
        return self._words("issue.change", number=no, state=state)
