"""The command language: what people type in a group, as typed values or as a refusal that says what to type."""

from handlers.language.clean import MAX_TEXT
from handlers.language.commands.baselines import NOW, Compare, NameBaseline, ShowBaselines
from handlers.language.commands.conflicts import SettleConflict, ShowConflicts
from handlers.language.commands.decisions import (
    Approve,
    Modify,
    Reject,
    Transfer,
    speaks_of_suggesting,
    split_suggestion,
)
from handlers.language.commands.following import Acks, Extend, Remind, Revise, Submit, Undo, Withdraw
from handlers.language.commands.governing import Enforce, Freeze, ShowFences, ShowRules, SwitchRule, TryRules, Unfreeze
from handlers.language.commands.leave import AnswerDelegation, Delegate, ShowLeaves
from handlers.language.commands.operations import find_item, find_items, operations_of
from handlers.language.commands.passing_on import PassOn
from handlers.language.commands.reads import (
    EVERYBODY,
    EVERYTHING,
    Digest,
    Help,
    QueryPlan,
    ShowShadow,
    Span,
    Todo,
    Why,
    WhyChanged,
)
from handlers.language.commands.what_if import WhatIf, write_in
from handlers.language.commands.whole_plan import EffectOf, LateItems, Overview, Pending, Risks, ShowBudget
from handlers.language.commands.writes import Cancel, ChangeQuantity, Edge, Move, SetDuration, Write
from handlers.language.everyday.greetings import is_greeting
from handlers.language.parse import parse
from handlers.language.values.change_numbers import change_number
from handlers.language.vocabulary import LAST, THIS, Command, Phrase, Typed, Vocabulary

__all__ = [
    "EVERYBODY", "EVERYTHING", "LAST", "MAX_TEXT", "NOW", "THIS", "Acks", "AnswerDelegation", "Approve", "Cancel",
    "ChangeQuantity", "Command", "Compare", "Delegate", "Digest", "Edge", "EffectOf", "Enforce", "Extend", "Freeze",
    "Help", "LateItems", "Modify", "Move", "NameBaseline", "Overview", "PassOn", "Pending", "Phrase", "QueryPlan",
    "Reject", "Remind", "Revise", "Risks", "SetDuration", "SettleConflict", "ShowBaselines", "ShowBudget",
    "ShowConflicts", "ShowFences", "ShowLeaves", "ShowRules", "ShowShadow", "Span", "Submit", "SwitchRule", "Todo",
    "Transfer", "TryRules", "Typed", "Undo", "Unfreeze", "Vocabulary", "WhatIf", "Why", "WhyChanged", "Withdraw",
    "Write", "change_number", "find_item", "find_items", "is_greeting", "operations_of", "parse",
    "speaks_of_suggesting", "split_suggestion", "write_in",
]  # fmt: skip
