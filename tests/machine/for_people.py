"""What holds for people after every step: rules I7 to I10, I12, I13 and I15."""

from dataclasses import replace

from planning.change.change import Change, ChangeState, StepState
from planning.control.fences import Zone
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.assess import assess
from planning.schedule.lag import FOREVER
from planning.schedule.network import Network
from planning.schedule.slack import latest_starts
from storage.delivery.cards import CardRow, Purpose
from tests.machine.for_plans import SYSTEM
from tests.machine.model import hands
from tests.machine.step import Taken
from tests.machine.town import SECRETS


def invariant_7_frozen_needs_its_approval(step: Taken) -> None:
    """By the fences in force at the moment of application."""
    if len(step.revisions()) != 1:
        return
    today, timetable = step.today, Timetable(step.before.plan)
    for change in step.applied():
        if change.proposer == SYSTEM or change.reverts:
            continue  # nobody decides against a holiday; what is taken back goes where it was
        for code, item in step.after.plan.items.items():
            was = step.before.plan.items.get(code)
            if was == item or _is_in_shadow(change, was, item):
                continue
            for fence in step.before.fences:
                sides = [side for side in (was, item) if side is not None]
                if fence.zone is Zone.FROZEN and any(fence.holds(s, today, timetable.of(item)) for s in sides):
                    _approved_by_profile(change, fence.approvals, f"{change.no} changed {code} inside {fence.id}")


def _is_in_shadow(change: Change, *sides: Item | None) -> bool:
    """What only runs beside is told and not asked; a request keeps the shadow it was submitted under."""
    return all(side is None or change.policy.shade.shadow.holds(side) for side in sides)


def _approved_by_profile(change: Change, approvals: tuple[str, ...], what: str) -> None:
    assert approvals, f"{what}, which lets nothing through"
    if change.state is ChangeState.PROVISIONAL:
        assert all(change.step_of(who) is not None for who in approvals), f"{what}: {approvals} are not even asked"
        return
    for who in approvals:
        asked = change.step_of(who)
        assert asked is not None, f"{what}: {who} was not asked"
        assert asked.state is StepState.APPROVED, f"{what}: {who} has not approved"


def invariant_8_exactly_the_affected_are_told(step: Taken) -> None:
    for old, change in step.changed():
        if change.impact.revision == step.after.plan.revision and change.operations and not change.impact.refused:
            if (old is None or old.impact.hash != change.impact.hash) and not change.state.is_in_effect:
                _departments_are_the_affected(step, change)
        if change.submitted_at is None:
            continue
        asked = {asked.department for asked in change.steps}
        if old is None or old.submitted_at is None or old.round != change.round:
            wanted = _who_is_to_decide(change)
            current = {s.department for s in change.steps if s.state is not StepState.NOT_REQUIRED}
            if change.state.is_deciding:
                assert current == wanted, f"{change.no} asks {current}, affected are {wanted}"
        rows = [row for row in step.after.cards.values() if row.subject == change.subject]
        carded = {row.department for row in rows if row.purpose in (Purpose.APPROVAL, Purpose.ESCALATION)}
        never_asked = asked if change.klass == "standard" else set()
        assert carded <= asked, f"{change.no}: cards for {carded - asked}, who are not asked"
        assert asked - never_asked <= carded, f"{change.no}: no card for {asked - carded}"
        notices = [row for row in rows if row.purpose is Purpose.NOTICE]
        told, rooms = {row.department for row in notices}, {row.conversation for row in notices}
        heard = {d for d in change.informed if step.environment.conversation_of(d)}
        if change.proposer == SYSTEM:
            continue
        if change.state.is_in_effect:
            no_department = {d for d in heard if d not in step.environment.organisation.departments}
            beside = {d for d in no_department if step.environment.conversation_of(d) in rooms}
            beside |= {d for d in heard if step.environment.conversation_of(d) in shown_all(change, rows)}
            assert told | beside == (heard - asked) | beside, f"{change.no}: told are {told}, affected {heard - asked}"
        elif change.state is not ChangeState.REVERTED and not change.reverts:  # which says what it could not restore
            new = {row.department for row in notices if row.card_id not in step.before.cards}
            assert new <= set(change.policy.shadowed), f"{change.no} is not in effect and {new} are told it is"


def shown_all(change: Change, rows: list[CardRow]) -> set[str]:
    """The rooms where somebody is asked for the whole effect, or has proposed it."""
    asking = [row for row in rows if row.purpose in (Purpose.APPROVAL, Purpose.ESCALATION)]
    asked = {row.conversation for row in asking if change.lines_for(row.department) == change.impact.lines}
    return asked | {row.conversation for row in rows if row.purpose is Purpose.PROPOSAL}


def _who_is_to_decide(change: Change) -> set[str]:
    wanted = {who for who in (*change.policy.approvals, *change.policy.special) if who != "affected"}
    if "affected" in change.policy.approvals:
        wanted |= set(change.impact.departments)
        nobodys = any(not line.department for line in change.impact.lines)
        wanted |= {""} if nobodys or not change.impact.departments else set()
    return wanted - set(change.policy.shadowed)


def _departments_are_the_affected(step: Taken, change: Change) -> None:
    """Owners of changed lines, who gives an item away, and owners of what can no longer keep its promise."""
    plan, impact = step.after.plan, assess(step.after.plan, change.operations, step.today)
    wanted = {line.department for line in impact.lines}
    wanted |= {line.before for line in impact.lines if line.field == "department"}
    before, after = _slacks(plan), _slacks(_with(plan, impact))
    items = {**plan.items, **impact.changed}
    for code, slack in after.items():
        was = before.get(code)
        if slack is not None and slack < 0 and (was is None or was >= 0):
            wanted.add(items[code].department)
    assert set(change.impact.departments) == wanted - {""}, change.no


def _with(plan: Plan, impact: Impact) -> Plan:
    kept = tuple(link for link in plan.links if link not in impact.links_removed)
    return replace(plan.with_items(impact.changed.values()), links=(*kept, *impact.links_added))


def _slacks(plan: Plan) -> dict[str, int | None]:
    network = Network.of(plan)
    latest = latest_starts(network)
    return {
        code: latest[node] - network.start[node] if latest[node] < FOREVER // 2 else None
        for code, node in network.index.items()
    }


def invariant_9_who_votes_saw_the_effect(step: Taken) -> None:
    for change, asked, decision in step.decisions():
        assert decision.impact_hash == change.impact.hash, f"{change.no}: {decision.person} saw another effect"
        assert change.state.is_deciding, f"{change.no} was {change.state} when {decision.person} decided"
        known = change.step_of(asked.department)
        assert known is not None
        assert decision.round == known.round
    for old, change in step.changed():
        if old is None or old.round == change.round:
            continue
        for now in change.steps:
            was = old.step_of(now.department)
            if was and now.state is StepState.APPROVED and now.round == was.round and now.department:
                mine = [impact.lines_of(now.department) for impact in (old.impact, change.impact)]
                assert mine[0] == mine[1], f"{change.no}: {now.department} approved other lines"


def invariant_10_four_eyes_and_one_vote(step: Taken) -> None:
    for change, _, decision in step.decisions():
        same = hands(step.before, *change.proposers)
        assert decision.person not in same, f"{decision.person} decided what {change.proposer} proposed"
        assert decision.acting_for not in (*change.proposers, decision.person)
    for _, change in step.changed():
        for asked in change.steps:
            votes = asked.voters
            assert len(votes) == len(set(votes))
            if asked.state is StepState.APPROVED:
                assert len(votes) >= asked.needs, f"{change.no}: {votes} are fewer than {asked.needs}"
            if change.state.is_deciding and asked.state is StepState.OPEN and change.submitted_at == step.after.now:
                assert asked.approvers, f"{change.no}: nobody is asked for {asked.department}"
                assert not {*change.proposers} & {*asked.approvers}


def invariant_12_in_once_and_out_once(step: Taken) -> None:
    before, after = step.before, step.after
    assert set(before.inbox) <= set(after.inbox), "an event was forgotten"
    assert set(before.messages) <= set(after.messages), "a message was forgotten"
    assert "failed" not in after.inbox.values()
    if step.act.repeated:
        assert not list(step.changed()), "an event was handled twice"
        assert not step.revisions()
    for dedupe, message in after.messages.items():
        was = before.messages.get(dedupe)
        if was is not None and was.state == "sent":
            assert (message.state, message.attempts) == ("sent", was.attempts), f"{dedupe} was sent again"
    for card_id, row in after.cards.items():
        known = before.cards.get(card_id)
        assert row.shown_version <= row.wanted_version
        if known:
            assert row.shown_version >= known.shown_version, f"{card_id} shows an older version"


def invariant_13_nobody_is_left_waiting(step: Taken) -> None:
    """Whoever is asked is on a ladder that will ring, until the request has an end that will come."""
    for no, change in step.after.changes.items():
        ended = not change.state.is_open
        if ended:
            assert not [asked for asked in change.steps if asked.state.is_undecided], f"{no} is over, a step is not"
            assert ("expiry", no) not in step.after.timers, f"{no} is over and would expire"
        if change.state.is_deciding:
            assert ("expiry", no) in step.after.timers, f"{no} would wait for ever"
        for asked in change.steps:
            ladder = step.after.ladders.get((no, asked.department))
            ringing = ("escalation", f"{no}/{asked.department}") in step.after.timers
            waits = change.state.is_deciding and asked.state.is_undecided and not asked.optional
            if any(s.state is StepState.CHANGES_REQUESTED and not s.optional for s in change.steps):
                waits = waits and asked.state is StepState.CHANGES_REQUESTED  # the others have nothing to decide yet
            assert not ringing or waits, f"{no}/{asked.department} climbs and nobody waits"
            if waits:
                assert ladder is not None, f"{no}/{asked.department} has no ladder"
                assert ladder.round == asked.round
                assert ringing == (ladder.next_at is not None), f"{no}/{asked.department}: the timer is lost"


def invariant_15_masked_columns_reach_nobody(step: Taken) -> None:
    """No group has only people who may see them."""
    for text in step.shown:
        told = [secret for secret in SECRETS if secret in text]
        assert not told, f"{told} in: {text}"
