"""The class, rule, fences and shadow of a change, and the approvers they name, in the words of cards and trail."""

from datetime import date

from cards.words import Words
from cards.words.dates import day
from planning.change.change import Change
from planning.control.fences import Breach
from planning.control.shading import Observation
from planning.control.shadow import Shade
from planning.people.organisation import Organisation
from planning.people.principal import Principal

SHOWN = 3


def approver_name(words: Words, organisation: Organisation, key: str) -> str:
    """`role:coordinator` → 协调员；`production` → 生产部; nobody's items → （无部门）."""
    asked = Principal.parse(key)
    if asked.is_role:
        code = f"approver.role.{asked.id}"
        return words(code) if words.knows(code) else key  # one that an older request still names
    return organisation.department_name(key) or words("value.nobody")


def governed(change: Change, organisation: Organisation, words: Words, today: date) -> list[str]:
    rule = [rule_line(change, words)] if change.policy.rule else []
    rule += [words("card.sliced", rule=change.policy.sliced)] if change.policy.sliced else []
    return [*rule, *fence_lines(change, organisation, words, today), *shadow_lines(change, organisation, words)]


def fence_lines(change: Change, organisation: Organisation, words: Words, today: date) -> list[str]:
    return [_fence(breach, organisation, words, today) for breach in change.policy.breaches[:SHOWN]]


def rule_line(change: Change, words: Words) -> str:
    if change.policy.urgent:
        return words("card.rule-urgent", rule=change.policy.rule)
    return words("card.rule", klass=words(f"value.class.{change.klass}"), rule=change.policy.rule)


def _fence(breach: Breach, organisation: Organisation, words: Words, today: date) -> str:
    if not breach.approvals:
        return _shown_only(breach, words)
    approvers = words.list([approver_name(words, organisation, who) for who in breach.approvals])
    facts = {"item": breach.item, "fence": breach.name, "zone": _zone(breach, words), "approvers": approvers}
    if breach.earliest is None:
        return words("card.fence-inside" if breach.stands else "card.fence-status", **facts)
    return words("card.fence", earliest=day(breach.earliest, today), **facts)


def _shown_only(breach: Breach, words: Words) -> str:
    return words("card.fence-told", item=breach.item, fence=breach.name, zone=_zone(breach, words))


def _zone(breach: Breach, words: Words) -> str:
    return words(f"value.zone.{breach.zone.value}")


def shadow_lines(change: Change, organisation: Organisation, words: Words) -> list[str]:
    """Refusals, approvers and fences of shadow mode, in this order; none when nothing is in shadow."""
    shade = change.policy.shade
    asked = [_asked(shade, organisation, words)] if shade.unasked else []
    refused = {(refusal.facts.get("item"), refusal.facts.get("fence")) for refusal in shade.refused}
    closed = [words("shadow.closed", item=b.item, fence=b.name) for b in shade.breaches if (b.item, b.name) in refused]
    passing = (b for b in shade.breaches if (b.item, b.name) not in refused)
    fences = [_shaded(breach, organisation, words) for breach in passing]
    others = [words.refusal(refusal) for refusal in shade.refused if "fence" not in refusal.facts]
    denied = [words("shadow.refused", why=why) for why in others]
    return [*[*denied, *closed][:SHOWN], *asked, *fences[:SHOWN]]


def _asked(shade: Shade, organisation: Organisation, words: Words) -> str:
    return words("shadow.asked", department=words.list([approver_name(words, organisation, w) for w in shade.unasked]))


def _shaded(breach: Breach, organisation: Organisation, words: Words) -> str:
    if not breach.approvals:
        return _shown_only(breach, words)
    approvers = words.list([approver_name(words, organisation, who) for who in breach.approvals])
    return words("shadow.special", item=breach.item, fence=breach.name, approvers=approvers)


def would(observation: Observation, organisation: Organisation, words: Words) -> str:
    """Outcome of a request, had it been enforced: the end of a sentence that begins with “were it enforced”."""
    parts = []
    if by := blockers(observation, words):
        parts.append(words("shadow.would.refused", by=words.list(by)))
    if observation.asked:
        names = [approver_name(words, organisation, who) for who in observation.asked]
        parts.append(words("shadow.would.asked", departments=words.list(names)))
    return words.list(parts) or words("shadow.would.same")


def blockers(observation: Observation, words: Words) -> list[str]:
    """Names of the fences and rules that would have refused it."""
    fences = [words("shadow.fence", fence=name) for name in observation.fences]
    codes = (f"shadow.rule.{code}" for code in observation.refused)
    return [*fences, *(words(code if words.knows(code) else "shadow.rule") for code in codes)]
