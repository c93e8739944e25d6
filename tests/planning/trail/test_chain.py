"""The hash chain under revisions and audit events: what is sealed stays sealed, and the first break is named."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plan.revision import Revision, first_broken
from planning.trail.audit import FAMILIES, LONGEST, AuditEvent, Kind, Note, kinds_of, storable
from planning.trail.chain import GENESIS, End, Fault, first_break

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
FACTS = st.dictionaries(st.text(max_size=12), st.text(max_size=40), max_size=6)


def note(facts: Mapping[str, str] | None = None, **other: Any) -> Note:
    return replace(Note(Kind.APPROVE.value, NOW, "wang", "CR-20261123-001", facts or {}), **other)


def chain(length: int) -> list[AuditEvent]:
    events, end = [], End()
    for number in range(length):
        events.append(AuditEvent.after(end, "main", note({"n": str(number)}, at=NOW + timedelta(seconds=number))))
        end = events[-1].end
    return events


def test_the_hash_of_a_revision_is_the_one_databases_already_hold() -> None:
    revision = Revision.after(None, "main", "import 计划.csv", NOW, "li", "c" * 64)
    assert revision.prev_hash == GENESIS
    assert revision.hash == "379aba872c92edf80be6f8298afd3d191886096af6e09e9d60836638c842cfcb"


def test_the_hash_of_an_event_is_the_one_databases_already_hold() -> None:
    event = AuditEvent.after(End(), "main", note({"person": "wang", "department": "生产部"}))
    assert (event.number, event.prev_hash) == (1, GENESIS)
    assert event.hash == "f8646ba6d96cc7977a755bcc1cdb0b336aa9bc959ef54dafaeb417008bbf04af"


def test_revisions_are_such_a_chain() -> None:
    first = Revision.after(None, "main", "import", NOW, "li", "a")
    second = Revision.after(first, "main", "CR-20261123-001", NOW, "qian", "b")
    assert first_broken([first, second]) is None
    assert first_broken([first, replace(second, applied_by="somebody")]) == replace(second, applied_by="somebody")
    assert first_broken([replace(first, content_hash="x"), second]) == replace(first, content_hash="x")
    assert first_broken([second]) == second
    assert [(revision.number, revision.plan, revision.change) for revision in (first, second)] == [
        (1, "main", "import"),
        (2, "main", "CR-20261123-001"),
    ]
    assert (second.prev_hash, second.content_hash, second.applied_at) == (first.hash, "b", NOW)


@given(FACTS, st.randoms())
def test_the_order_of_facts_does_not_matter(facts: dict[str, str], order: Any) -> None:
    shuffled = list(facts.items())
    order.shuffle(shuffled)
    assert AuditEvent.after(End(), "main", note(facts)) == AuditEvent.after(End(), "main", note(dict(shuffled)))


@given(FACTS, FACTS)
def test_other_facts_are_another_hash(one: dict[str, str], other: dict[str, str]) -> None:
    same = AuditEvent.after(End(), "main", note(one)).hash == AuditEvent.after(End(), "main", note(other)).hash
    assert same == (one == other)


@given(st.text(max_size=5), st.text(max_size=5), st.text(max_size=5), st.text(max_size=5))
def test_text_does_not_slip_from_one_field_into_the_next(a: str, b: str, c: str, d: str) -> None:
    one = AuditEvent.after(End(), "main", note(actor=a, subject=b)).hash
    other = AuditEvent.after(End(), "main", note(actor=c, subject=d)).hash
    assert (one == other) == ((a, b) == (c, d))


def test_the_same_moment_in_another_zone_is_the_same_event() -> None:
    shanghai = NOW.astimezone(timezone(timedelta(hours=8)))
    assert Note.of(Kind.APPROVE, shanghai) == Note.of(Kind.APPROVE, NOW)
    assert Note.of(Kind.APPROVE, shanghai).at.tzinfo is UTC, "as it is sealed"


@given(st.text(max_size=2 * LONGEST))
def test_whatever_was_typed_becomes_a_readable_line(text: str) -> None:
    kept = Note.of(Kind.MESSAGE_REFUSED, NOW, facts={"command": text}).facts["command"]
    assert len(kept) <= LONGEST
    assert kept.isprintable()
    assert kept == text or len(text) > LONGEST or not text.isprintable()


def test_what_is_too_long_ends_with_dots_and_what_just_fits_does_not() -> None:
    assert storable("好" * LONGEST) == "好" * LONGEST
    assert storable("好" * (LONGEST + 1)) == storable("好" * (LONGEST * 9)) == "好" * (LONGEST - 1) + "…"


def test_a_note_keeps_what_it_is_given_as_text() -> None:
    noted = Note.of(Kind.APPROVE, NOW, "wang\n", "CR-1\t", {"revision": 7, "by": "a\0b"})
    assert noted == Note("decision.approve", NOW, "wang ", "CR-1 ", {"revision": "7", "by": "a b"})
    assert Note.of(Kind.TIMER_RANG, NOW) == Note("timer.rang", NOW, "", "", {})


def test_a_kind_is_asked_for_by_its_name_or_its_family() -> None:
    assert kinds_of("decision.approve") == ("decision.approve",)
    assert set(kinds_of("fence")) == {"fence.drafted", "fence.enforced", "fence.lifted"}
    assert kinds_of("enforced") == kinds_of("") == ()
    assert sorted(kind for family in FAMILIES for kind in kinds_of(family)) == sorted(Kind)


def test_an_untouched_chain_holds() -> None:
    events = chain(5)
    assert first_break(events) is None
    assert first_break(events, events[-1].end) is None
    assert first_break([], End()) is None


TAMPERED: dict[str, Any] = {
    "plan": "other",
    "at": NOW - timedelta(days=1),
    "actor": "zhao",
    "kind": Kind.REJECT.value,
    "subject": "CR-20261123-002",
    "facts": {"n": "7"},
}


@pytest.mark.parametrize("field", TAMPERED)
@pytest.mark.parametrize("index", range(4))
def test_a_changed_field_breaks_the_chain_at_its_own_number(field: str, index: int) -> None:
    events = chain(4)
    events[index] = replace(events[index], **{field: TAMPERED[field]})
    broken = first_break(events)
    assert broken is not None
    assert (broken.number, broken.fault, broken.entry) == (index + 1, Fault.CONTENT, events[index])
    assert broken.expected == events[index].seal()


@pytest.mark.parametrize("index", range(3))
def test_a_changed_event_with_its_hash_made_to_fit_breaks_the_one_after(index: int) -> None:
    events = chain(4)
    changed = replace(events[index], actor="zhao")
    events[index] = replace(changed, hash=changed.seal())
    broken = first_break(events)
    assert broken is not None
    assert (broken.number, broken.fault) == (index + 2, Fault.PARENT)
    assert (broken.expected, broken.found) == (events[index].hash, chain(4)[index].hash)


@pytest.mark.parametrize("index", range(3))
def test_a_missing_event_is_named_by_its_number(index: int) -> None:
    events = chain(4)
    del events[index]
    broken = first_break(events)
    assert broken is not None
    assert (broken.number, broken.fault, broken.found) == (index + 1, Fault.NUMBER, str(index + 2))


def test_an_end_that_was_cut_off_or_put_on_is_found() -> None:
    events = chain(4)
    cut, longer = first_break(events[:3], events[-1].end), first_break(events, events[2].end)
    assert cut is not None
    assert (cut.number, cut.fault, cut.entry) == (4, Fault.END, None)
    assert longer is not None
    assert (longer.number, longer.fault) == (4, Fault.END)
    nothing: list[AuditEvent] = []
    emptied = first_break(nothing, events[-1].end)
    assert emptied is not None
    assert emptied.number == 1


def test_a_last_event_written_anew_does_not_fit_the_known_end() -> None:
    events = chain(3)
    changed = replace(events[2], actor="zhao")
    forged = [*events[:2], replace(changed, hash=changed.seal())]
    assert first_break(forged) is None, "without knowing the end, nothing tells"
    broken = first_break(forged, events[2].end)
    assert broken is not None
    assert (broken.number, broken.fault) == (3, Fault.END)
