"""规则 启用, 停用: a trigger rule is switched in chat."""

from handlers.govern.rules import all_rules
from handlers.language import SwitchRule
from handlers.notify.audit import record
from handlers.turn import Ask, Turn
from planning.refusal import Refused
from planning.trail.audit import Kind


def switch_rule(turn: Turn, ask: Ask, command: SwitchRule) -> str:
    """Raises "unknown-rule". What was submitted before keeps its rule."""
    rule = next((r for r in all_rules(turn) if r.id.casefold() == command.rule.casefold()), None)
    if rule is None:
        known = turn.words.list([r.id for r in turn.environment.rules]) or "—"
        raise Refused("unknown-rule", rule=command.rule, known=known)
    if rule.enabled is command.enabled:
        return turn.words("rule.already-on" if command.enabled else "rule.already-off", rule=rule.id)
    turn.uow.switches.turn(rule.id, command.enabled, ask.person.id, turn.now)
    record(turn, Kind.RULE_SWITCHED, ask.person.id, rule.id, {"enabled": "on" if command.enabled else "off"})
    told = turn.words("rule.switched-on" if command.enabled else "rule.switched-off", rule=rule.id)
    written = next(one for one in turn.environment.rules if one.id == rule.id)
    return told if written.enabled is command.enabled else told + turn.words("rule.switch-beside")
