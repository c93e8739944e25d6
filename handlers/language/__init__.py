"""The command language: what people type in a group, as typed values or as a refusal that says what to type."""

from handlers.language.clean import MAX_TEXT
from handlers.language.commands import (
    THIS,
    Acks,
    Approve,
    Cancel,
    ChangeQuantity,
    Command,
    Digest,
    Edge,
    Help,
    Move,
    QueryPlan,
    Reject,
    SetDuration,
    Span,
    Todo,
    WhatIf,
    Why,
    Withdraw,
    Write,
)  # fmt: skip
from handlers.language.decisions import change_number
from handlers.language.items import find_item, find_items
from handlers.language.operations import operations_of
from handlers.language.parse import parse
from handlers.language.spell import spell
from handlers.language.verbs import COMMANDS, CommandSpec

__all__ = [
    "COMMANDS", "MAX_TEXT", "THIS", "Acks", "Approve", "Cancel", "ChangeQuantity", "Command", "CommandSpec", "Digest",
    "Edge", "Help", "Move", "QueryPlan", "Reject", "SetDuration", "Span", "Todo", "WhatIf", "Why", "Withdraw", "Write",
    "change_number", "find_item", "find_items", "operations_of", "parse", "spell",
]  # fmt: skip
