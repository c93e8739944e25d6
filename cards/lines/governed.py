"""Lines on the class, rule, fences and shadow of a change; none without any of them."""

from datetime import date

from cards.lines.approver import approver_name
from cards.lines.shadow import shadow_lines
from cards.words import Words
from cards.words.dates import day
from planning.change.change import Change
from planning.control.fences import Breach
from planning.people.organisation import Organisation

SHOWN = 3


def governed(change: Change, organisation: Organisation, words: Words, today: date) -> list[str]:
    rule = [rule_line(change, words)] if change.policy.rule else []
    return [*rule, *fence_lines(change, organisation, words, today), *shadow_lines(change, organisation, words)]


def fence_lines(change: Change, organisation: Organisation, words: Words, today: date) -> list[str]:
    return [_fence(breach, organisation, words, today) for breach in change.policy.breaches[:SHOWN]]


def rule_line(change: Change, words: Words) -> str:
    if change.policy.urgent:
        return words("card.rule-urgent", rule=change.policy.rule)
    return words("card.rule", klass=words(f"value.class.{change.klass}"), rule=change.policy.rule)


def _fence(breach: Breach, organisation: Organisation, words: Words, today: date) -> str:
    facts = {"item": breach.item, "fence": breach.name, "zone": words(f"value.zone.{breach.zone.value}")}
    if not breach.approvals:
        return words("card.fence-told", **facts)
    facts["approvers"] = words.list([approver_name(words, organisation, who) for who in breach.approvals])
    if breach.earliest is None:
        return words("card.fence-inside" if breach.stands else "card.fence-status", **facts)
    return words("card.fence", earliest=day(breach.earliest, today), **facts)
