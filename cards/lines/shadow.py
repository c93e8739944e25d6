"""Observations of shadow mode in words: lines of a card, and a sentence of the audit trail."""

from cards.lines.approver import approver_name
from cards.words import Words
from planning.change.change import Change
from planning.control.fences import Breach
from planning.control.observation import Observation
from planning.control.shadow import Shade
from planning.people.organisation import Organisation

SHOWN = 3


def shadow_lines(change: Change, organisation: Organisation, words: Words) -> list[str]:
    """Refusals, approvers and fences of shadow mode, in this order; none when nothing is in shadow."""
    shade = change.policy.shade
    asked = [_asked(shade, organisation, words)] if shade.unasked else []
    refused = {(refusal.facts.get("item"), refusal.facts.get("fence")) for refusal in shade.refused}
    closed = [words("shadow.closed", item=b.item, fence=b.name) for b in shade.breaches if (b.item, b.name) in refused]
    passing = (b for b in shade.breaches if (b.item, b.name) not in refused)
    fences = [_fence(breach, organisation, words) for breach in passing]
    others = [words.refusal(refusal) for refusal in shade.refused if "fence" not in refusal.facts]
    denied = [words("shadow.refused", why=why) for why in others]
    return [*[*denied, *closed][:SHOWN], *asked, *fences[:SHOWN]]


def _asked(shade: Shade, organisation: Organisation, words: Words) -> str:
    return words("shadow.asked", department=words.list([approver_name(words, organisation, w) for w in shade.unasked]))


def _fence(breach: Breach, organisation: Organisation, words: Words) -> str:
    if not breach.approvals:
        zone = words(f"value.zone.{breach.zone.value}")
        return words("card.fence-told", item=breach.item, fence=breach.name, zone=zone)
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
