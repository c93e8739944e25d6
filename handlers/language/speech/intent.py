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
    EFFECT = "effect"
    RELAY = "relay"
    PEOPLE = "people"
    WHOAMI = "whoami"
    BIND = "bind"
    BUDGET = "budget"
    LOGOUT = "logout"
    SETTINGS = "settings"
    SYNC = "sync"

    @property
    def is_fact(self) -> bool:
        """Something has happened. Offered alone where it is plainly ahead of all other wishes."""
        return self in _FACTS

    @property
    def has_no_command_yet(self) -> bool:
        return self in _NOT_YET


_FACTS = frozenset(
    (Intent.REPORT, Intent.ARRIVE, Intent.BEGIN, Intent.COMPLETE, Intent.CORRECT, Intent.STOP, Intent.HOLD)
)
_NOT_YET = frozenset((
    Intent.WEEKLY, Intent.KPI, Intent.FEEDBACK, Intent.NOTIFY, Intent.RECORD, Intent.REPLAY, Intent.ADD,
    Intent.ANNOUNCE, Intent.STOCK, Intent.SETTINGS, Intent.SYNC,
))  # fmt: skip
