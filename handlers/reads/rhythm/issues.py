"""反馈: an issue by its number, one's own that are not closed, or all of them."""

from cards.markdown import body
from handlers.language.commands.issues import FollowIssue, ShowIssues, Word
from handlers.notify.rhythm.issue_cards import IssueLines
from handlers.reads.brief import brief
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.rhythm.issue import Issue, IssueState


def show_issues(turn: Turn, ask: Ask, command: ShowIssues) -> Reply:
    """Raises Refused("no-issue")."""
    if command.issue:
        return _one(turn, ask, command.issue)
    rows = turn.uow.issues.unsettled()
    shown = rows if command.everything else [one for one in rows if concerns(turn, one, ask.person)]
    if not shown:
        others = (turn.spell(ShowIssues(everything=True)),) if rows else ()
        return Reply(turn.words("issue.none" if command.everything else "issue.none.mine"), others)
    title = turn.words("issue.list" if command.everything else "issue.list.mine", n=len(shown))
    looked = tuple(turn.spell(ShowIssues(one.no)) for one in shown[:2])
    return Reply(brief(turn, title, [IssueLines(turn, one).row() for one in shown]), looked)


def concerns(turn: Turn, issue: Issue, person: Person) -> bool:
    """Whoever raised it, sees to it, or acts for one of them."""
    theirs = (issue.by, issue.owner)
    return person.id in theirs or bool(turn.deputies().acts_for(person.id, theirs))


def _one(turn: Turn, ask: Ask, no: str) -> Reply:
    issue = turn.uow.issues.get(no)
    if issue is None:
        raise Refused("no-issue", no=no)
    lines = IssueLines(turn, issue)
    text = body(turn.words.locale, "brief", title=f"{lines.title} · {lines.status}", lines=list(lines.told()), note="")
    return Reply(text, tuple(turn.spell(FollowIssue(no, word)) for word in _next(issue, ask.person)))


def _next(issue: Issue, person: Person) -> tuple[Word, ...]:
    """What this person would say next."""
    if issue.state is IssueState.OPEN and person.id == issue.owner:
        return (Word.TAKE, Word.SOLVED)
    if person.id == issue.by and issue.state is IssueState.RESOLVED:
        return (Word.SOLVED, Word.UNSOLVED)
    if person.id == issue.by and issue.state is IssueState.CLOSED:
        return (Word.UNSOLVED,)
    return (Word.SOLVED,) if issue.state.is_underway and person.id in (issue.owner, issue.by) else ()
