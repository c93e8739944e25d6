"""The command language: what people type in a group, as typed values or as a refusal that says what to type."""

from handlers.language.clean import MAX_TEXT
from handlers.language.commands import (
    NOW,
    THIS,
    Acks,
    Approve,
    Cancel,
    ChangeQuantity,
    Command,
    Compare,
    Delegate,
    Digest,
    Edge,
    Enforce,
    Extend,
    Freeze,
    Help,
    Modify,
    Move,
    NameBaseline,
    QueryPlan,
    Reject,
    Remind,
    Revise,
    SetDuration,
    SettleConflict,
    ShowConflicts,
    ShowFences,
    ShowRules,
    ShowShadow,
    Span,
    SwitchRule,
    Todo,
    Transfer,
    TryRules,
    Undo,
    Unfreeze,
    WhatIf,
    Why,
    Withdraw,
    Write,
)  # fmt: skip
from handlers.language.decisions import change_number
from handlers.language.objections import speaks_of_suggesting, split_suggestion, write_in
from handlers.language.operations import find_item, find_items, operations_of
from handlers.language.parse import parse
from handlers.language.spell import spell
from handlers.language.verbs import COMMANDS, CommandSpec

__all__ = [
    "COMMANDS", "MAX_TEXT", "NOW", "THIS", "Acks", "Approve", "Cancel", "ChangeQuantity", "Command", "CommandSpec",
    "Compare", "Delegate", "Digest", "Edge", "Enforce", "Extend", "Freeze", "Help", "Modify", "Move",
    "NameBaseline", "QueryPlan", "Reject", "Remind", "Revise", "SetDuration", "SettleConflict", "ShowConflicts",
    "ShowFences", "ShowRules", "ShowShadow", "Span", "SwitchRule", "Todo", "Transfer", "TryRules", "Undo",
    "Unfreeze", "WhatIf", "Why", "Withdraw", "Write", "change_number", "find_item", "find_items", "operations_of",
    "parse", "speaks_of_suggesting", "spell", "split_suggestion", "write_in",
]  # fmt: skip
