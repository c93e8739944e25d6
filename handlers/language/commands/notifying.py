"""通知: one line to whom it concerns."""

from dataclasses import dataclass

from handlers.language.vocabulary import Command, Phrase, Say, Typed, spaced


@dataclass(frozen=True, slots=True)
class Notify(Command):
    """`to`: a department or a person, as it seems; `said`: all that follows, as typed."""

    to: str
    said: str


def notify(typed: Typed) -> Command:
    """Raises `report-unclear` of what does not tell somebody something."""
    to, _, said = typed.whole.strip().partition(" ")
    if not typed.is_apart or not any(c.isalnum() for c in said):
        raise typed.refused("report-unclear", found=typed.whole, example=f"采购 {typed.whole}")
    return Notify(to.rstrip(",，:："), said.strip())


def _spell(asked: Notify, say: Say) -> str:
    return spaced(asked.to, asked.said)


NOTIFY = Phrase(
    "通知", "tz", "notify",
    "通知 <部门或姓名> <什么事>", "notify <department or name> <what>",
    "通知 采购 钢板晚到2天", "notify Purchasing PO-3301 2 days late",
    "一句话告诉相关的人：认出是哪一单就写成草稿请你确认，认不出就记成反馈",
    "tells whom it concerns in one line: a draft to confirm where it would change an item, else an issue",
    read=notify,
    spells={Notify: _spell},
    everyday=True,
)  # fmt: skip
