"""A database's own evidence, read anew from its rows: the plan's content back through the revisions, states, votes."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select

from planning.change.attested import Vote
from planning.plan.content import SIZE, plan_hash, sum_of
from planning.plan.revision import Revision
from storage.plan.plan_rows import item_of, link_of
from storage.plan.plans import Plans
from storage.plan.revisions import Revisions, line_of
from storage.repository import Repository
from storage.tables.change import changes, decisions
from storage.tables.plan import items, links, past_items, past_links, revision_lines
from storage.trail.guards import missing_guards

BATCH = 2000
UNREADABLE = (ValueError, TypeError, LookupError, ArithmeticError)
"""What values raise that the product never writes."""


class Proof(Repository):
    def missing_guards(self) -> list[str]:
        return missing_guards(self._connection)

    def first_other_content(self) -> int | None:
        """The newest revision that does not have the content it sealed, going back as far as rows of the past are kept;
        None: all have. Changed rows of today show at the head, those of the past where they were in force."""
        chain = Revisions(self._connection, self._plan_id)
        head = chain.head()
        if head is None or not head.plan_hash:
            return None
        plan = Plans(self._connection, self._plan_id)
        try:
            if plan.sealed(())[1] != head.stock_hash:
                return head.number
            return next((r.number for r, found in self._contents(plan.oldest()) if found != r.plan_hash), None)
        except UNREADABLE:
            return head.number

    def states(self) -> Iterator[tuple[str, str]]:
        """Numbers of the requests, each with its state."""
        for row in self._stream(select(changes.c.no, changes.c.state).where(self._of_plan(changes))):
            yield row.no, row.state

    def votes(self) -> Iterator[Vote]:
        c = decisions.c
        told = (c.change_no, c.department, c.person, c.verdict, c.acting_for, c.to, c.comment, c.impact_hash)
        for row in self._stream(select(*told).where(self._of_plan(decisions))):
            yield Vote.of(*map(str, row))

    def _contents(self, oldest: int) -> Iterator[tuple[Revision, str]]:
        """Newest first: the revisions that sealed the plan, each with the hash of the plan after it.

        A row tells from which revision on it was so, and until which: the sum goes back by taking off what a revision
        made and putting back what it replaced.
        """
        total, made = 0, Counter[int]()
        for table in (items, links, past_items, past_links):
            part_of = item_of if "code" in table.c else link_of
            for row in self._stream(select(table).where(self._of_plan(table))):
                weight = sum_of([part_of(row)])
                made[row.revision] += weight
                if "until" in table.c:
                    made[row.until] -= weight
                else:
                    total += weight
        for revision, lines in self._sealed():
            if revision.number < oldest:
                return
            yield revision, plan_hash(total % SIZE, lines)
            total -= made[revision.number]

    def _sealed(self) -> Iterator[tuple[Revision, Any]]:
        """Newest first: the revisions that sealed the plan, with their lines."""
        query = select(revision_lines).where(self._of_plan(revision_lines))
        rows = self._stream(query.order_by(revision_lines.c.number.desc(), revision_lines.c.seq))
        grouped = groupby(rows, key=lambda row: row.number)
        number, lines = next(grouped, (0, iter(())))
        for revision in reversed(Revisions(self._connection, self._plan_id).chain()):
            while number > revision.number:
                number, lines = next(grouped, (0, iter(())))
            if not revision.plan_hash:
                return
            yield revision, map(line_of, lines) if number == revision.number else ()

    def _stream(self, query: Any) -> Iterator[Row[Any]]:
        """Row by row: a history may be longer than memory."""
        with self._connection.execute(query, execution_options={"yield_per": BATCH}) as rows:
            yield from rows
