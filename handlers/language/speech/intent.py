"""What people want when they speak freely: labels of the training sentences."""

from enum import StrEnum


class Intent(StrEnum):
    LOOK = "look"
    MOVE = "move"
    QUANTITY = "quantity"
    DURATION = "duration"
    CANCEL = "cancel"
    WHAT_IF = "whatif"
    APPROVE = "approve"
    REJECT = "reject"
    MODIFY = "modify"
    TRANSFER = "transfer"
    REVISE = "revise"
    WITHDRAW = "withdraw"
    UNDO = "undo"
    EXTEND = "extend"
    REMIND = "remind"
    TODO = "todo"
    WHY = "why"
    ACKS = "acks"
    DIGEST = "digest"
    BASELINE = "baseline"
    COMPARE = "compare"
    CONFLICTS = "conflicts"
    LEAVE = "leave"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"
    RULES = "rules"
    SHADOW = "shadow"
    HELP = "help"
    OVERVIEW = "overview"
    TWO = "two"
    """Two wishes in one sentence."""
    SMALL_TALK = "smalltalk"
    REPORT = "report"
    ARRIVE = "arrive"
    BEGIN = "begin"
    COMPLETE = "complete"
    CORRECT = "correct"
    STOP = "stop"
    HOLD = "hold"
    SPLIT = "split"
    READY = "ready"
    SIGN = "sign"
    WEEKLY = "weekly"
    EXCEPTIONS = "exceptions"
    MUTE = "mute"
    PROGRESS = "progress"
    BOARD = "board"
    GANTT = "gantt"
    LINK = "link"
    KPI = "kpi"
    FEEDBACK = "feedback"
    NOTIFY = "notify"
    RECORD = "record"
    REPLAY = "replay"
    ADD = "add"
    ANNOUNCE = "announce"
    STOCK = "stock"

    @property
    def is_fact(self) -> bool:
        """Something has happened. Offered where it is ahead of all other wishes, and never beside them."""
        return self in _FACTS

    @property
    def has_no_command_yet(self) -> bool:
        return self in _NOT_YET


_FACTS = frozenset(
    (Intent.REPORT, Intent.ARRIVE, Intent.BEGIN, Intent.COMPLETE, Intent.CORRECT, Intent.STOP, Intent.HOLD)
)
_ASKED = {Intent.PROGRESS, Intent.BOARD, Intent.GANTT, Intent.READY, Intent.EXCEPTIONS, Intent.LINK}
_NOT_YET = frozenset(list(Intent)[list(Intent).index(Intent.REPORT) :]) - _FACTS - _ASKED
