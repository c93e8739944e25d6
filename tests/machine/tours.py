"""Short ways to where chance seldom leads: what happens there is checked by the same invariants and the same model."""

from collections.abc import Callable

from cards.action import Verb
from cards.faces.conflict import THEIRS
from planning.plan.item import Status
from storage.delivery.cards import Purpose
from tests.machine.machine import WholeBot
from tests.machine.player import SEEN
from tests.machine.step import Press

MATERIAL = "改期 PO-1 推迟2天 因为 供应商延期"
MACHINE = "改期 MO-1 推迟2天 因为 别的事"
EMERGENCY = "改期 MO-1 推迟2天 因为 设备故障"


def lifted(machine: WholeBot) -> None:
    """A freeze holds a request and is lifted."""
    machine.submit("qian", MATERIAL)
    machine.lock_down(person="lin", scope="生产部", days="12-07~12-18", enforce=True)
    machine.enforce_or_lift(person="lin", number=0, verb="解冻")


def an_old_card(machine: WholeBot) -> None:
    """The plan moves under a request, and who was asked before presses the card of then."""
    machine.submit("he", MATERIAL)
    for no in machine.submit("han", "改期 MO-1 推迟1天 因为 别的事"):
        machine.approve_all(no)
    machine.press_an_old_card(number=0, verb=Verb.APPROVE)


def handed_on(machine: WholeBot) -> None:
    machine.submit("qian", MATERIAL)
    for which in range(3):
        machine.hand_on(number=0, which=which, to="lin")


def sent_back(machine: WholeBot) -> None:
    machine.submit("qian", MACHINE)
    machine.send_back(number=0, which=0, typed="请改到 12-28")


def decided_by_another(machine: WholeBot) -> None:
    """One of two has approved for the department when the other rejects."""
    for no in machine.submit("qian", MACHINE):
        card = machine.card_of(no, Purpose.APPROVAL, "production").card_id
        machine.press(Press("wang", card, Verb.APPROVE))
        machine.press(Press("han", card, Verb.REJECT, "capacity"))


def given_way(machine: WholeBot) -> None:
    machine.contradict(item="PO-1", settles=("he",), outcome=THEIRS)


def withdrawn(machine: WholeBot) -> None:
    machine.submit("qian", MATERIAL)
    machine.withdraw(number=0)


def said_twice(machine: WholeBot) -> None:
    """And brought twice by the platform."""
    machine.submit("qian", MATERIAL)
    machine.say_twice(number=0, which=0, again=Verb.APPROVE)
    machine.platform_repeats(number=0, clicks=True)


def ratified(machine: WholeBot) -> None:
    for no in machine.submit("qian", EMERGENCY):
        machine.approve_all(no)


def taken_back(machine: WholeBot) -> None:
    machine.submit("qian", EMERGENCY)
    machine.reject(number=0, which=0)


def switched(machine: WholeBot) -> None:
    machine.switch_rule(person="admin", name="small", switch="停用")


def watched(machine: WholeBot) -> None:
    machine.submit("qian", MATERIAL)


def masked(machine: WholeBot) -> None:
    machine.read(number=0, person="he", text="查计划 SO-1")
    machine.deliver(number=0, what="")  # before its answer is too old to be said


def over_in_one_night(machine: WholeBot) -> None:
    """The hold ends at midnight, others are asked then, and its own time is over before a day has passed."""
    machine.contradict(item="PO-1", settles=(), outcome=THEIRS)
    machine.lock_down(person="lin", scope="生产部", days="12-01~12-20", enforce=True)
    machine.bring_tables(status=Status.IN_PROGRESS, code="SO-1", stale=False)
    machine.new_process(hours=2, environment="shadowed")
    machine.wait(hours=2)


def put_right(machine: WholeBot) -> None:
    """Goods come in two lots, of which the first was counted wrong; the shelf is counted."""
    machine.report(said=("zhao", "到货 PO-1 {n} 余下 12-16"), amount=500)
    machine.correct(number=0, person="", text="更正 {no} 150")
    machine.count(amount=300)
    machine.report(said=("zhao", "到货 PO-1 全部"), amount=0)


def put_off(machine: WholeBot) -> None:
    """What nobody owns is told to the coordinator, who puts it off; then it is muted, and what is late gets done."""
    machine.wait_for_a_look(looks=4)
    machine.see_to_it(number=0, person="lin", verb=Verb.SNOOZE, why="等供应商答复")
    machine.wait(hours=48)
    machine.see_to_it(number=0, person="lin", verb=Verb.TAKE, why="")
    machine.mute(number=0, person="lin", days="2天")
    machine.wait(hours=80)
    machine.report(said=("wang", "完成 MO-2 够了"), amount=0)


Tour = Callable[[WholeBot], None]
TOURS: dict[str, tuple[str, Tour]] = {
    "fence.lifted": ("plain", lifted),
    "change.on_hold": ("plain", lifted),
    "change.resumed": ("plain", lifted),
    "click.late card-old": ("plain", an_old_card),
    "decision.transfer": ("plain", handed_on),
    "decision.modify": ("plain", sent_back),
    "click.late already-decided": ("plain", decided_by_another),
    "change.superseded": ("plain", given_way),
    "change.withdrawn": ("plain", withdrawn),
    "decision.repeated": ("plain", said_twice),
    "click.repeated": ("plain", said_twice),
    "change.provisional": ("governed", ratified),
    "change.ratified": ("governed", ratified),
    "change.reverted": ("governed", taken_back),
    "rule.switched": ("governed", switched),
    "change.shadowed": ("shadowed", watched),
    "change.expired": ("governed", over_in_one_night),
    "report.corrected": ("governed", put_right),
    "exception.taken": ("governed", put_off),
    "exception.snoozed": ("governed", put_off),
    "exception.muted": ("governed", put_off),
    "exception.closed": ("governed", put_off),
    "a masked column was shown hidden": ("plain", masked),
}
"""By what is to be seen on them: in which environment of the town, and the way."""


def tour(kind: str) -> int:
    """Go there, then let everything end; how often it was seen."""
    environment, way = TOURS[kind]
    seen, machine = SEEN[kind], WholeBot()
    machine.open(environment=environment)
    machine.doing = "tour"
    try:
        way(machine)
    finally:
        machine.teardown()
    return SEEN[kind] - seen
