"""JSON form of operations and impacts."""

from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter

from planning.control.policy import ORDINARY, Policy
from planning.plan.impact import Impact
from planning.plan.operation import Op, Operation, Value

_IMPACT = TypeAdapter(Impact)
_POLICY = TypeAdapter(Policy)
_DATES = (Op.SET_START, Op.SET_FINISH)


def impact_to_json(impact: Impact) -> Any:
    """JSON of an impact without `changed`, which an application computes again on its head."""
    return _IMPACT.dump_python(impact, mode="json", exclude={"changed"})


def impact_from_json(stored: Any) -> Impact:
    return _IMPACT.validate_python(stored)


def policy_to_json(policy: Policy) -> Any:
    """JSON of a policy; None for the ordinary one, which is no rule's."""
    return _POLICY.dump_python(policy, mode="json") if policy != ORDINARY else None


def policy_from_json(stored: Any) -> Policy:
    return _POLICY.validate_python(stored) if stored else ORDINARY


def value_to_json(value: Value) -> Any:
    return str(value) if isinstance(value, (date, Decimal)) else dict(value) if isinstance(value, dict) else value


def value_from_json(op: Op, stored: Any) -> Value:
    if op in _DATES:
        return date.fromisoformat(stored)
    return Decimal(stored) if op is Op.SET_QUANTITY else stored


def operation_row(operation: Operation, seq: int) -> dict[str, Any]:
    return {
        "seq": seq,
        "item": operation.item,
        "op": operation.op.value,
        "to": value_to_json(operation.to),
        "pull": operation.pull,
    }


def operation_of(row: Any) -> Operation:
    op = Op(row.op)
    return Operation(row.item, op, value_from_json(op, row.to), row.pull)
