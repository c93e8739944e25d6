"""Checks of approvals against the rest of the settings: people exist, and enough of them."""

from collections.abc import Iterator

from bot.settings.approving import ApprovalSettings, who
from bot.settings.mistake import Finding
from bot.settings.model import Settings
from planning.change.approvers import deciders, stand_ins
from planning.control.policy import AFFECTED
from planning.people.organisation import Organisation
from planning.people.principal import Principal

Path = tuple[str | int, ...]


def findings(settings: Settings) -> Iterator[Finding]:
    known = [department.id for department in settings.departments]
    for n, rule in enumerate(settings.rules):
        for m, approval in enumerate(rule.approvals or ()):
            path: Path = ("rules", n, "approvals", m)
            path, asked = (path if isinstance(approval, str) else (*path, "who")), who(approval)
            if asked not in known and asked != AFFECTED and not Principal.parse(asked).is_role:
                facts = {"department": asked, "known": "、".join(known) or "-"}
                yield Finding.at(*path, code="no_such_scope_department", **facts)
            if asked in rule.asked[:m]:
                yield Finding.at(*path, code="approval_twice", who=asked)
    company = settings.organisation()
    for path, asked, needs in _wanted(settings):
        there = _able(asked, company) | {p.id for group in stand_ins(company) for p in group}
        if needs > max(len(there), 1):
            yield Finding.at(*path, code="approvers_short", name=_name(asked, company), needs=needs, there=len(there))


def warnings(settings: Settings) -> Iterator[Finding]:
    """Warn of approvals that need stand-ins; departments without any approver are warned of elsewhere."""
    company = settings.organisation()
    for path, asked, needs in _wanted(settings):
        there = len(_able(asked, company))
        if 0 < there < needs:
            yield Finding.at(*path, code="warn_few_approvers", name=_name(asked, company), needs=needs, there=there)


def _wanted(settings: Settings) -> Iterator[tuple[Path, str, int]]:
    """Approvals that ask for several people; `affected` stands for each department."""
    known = [department.id for department in settings.departments]
    for n, department in enumerate(settings.departments):
        yield ("departments", n, "approval"), department.id, department.approval
    for n, rule in enumerate(settings.rules):
        for m, approval in enumerate(rule.approvals or ()):
            if isinstance(approval, ApprovalSettings) and approval.mode:
                path: Path = ("rules", n, "approvals", m, "mode")
                for asked in known if approval.who == AFFECTED else (approval.who,):
                    yield path, asked, approval.mode


def _able(asked: str, company: Organisation) -> set[str]:
    return {person.id for person in deciders(asked, company)}


def _name(asked: str, company: Organisation) -> str:
    return company.department_name(asked)
