"""GET /metrics: what is counted, as Prometheus text. Each application has its own registry."""

import structlog
from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.process_collector import ProcessCollector
from starlette.responses import Response

from bot.channels.common.held import Held
from bot.web.platform.dependencies import Desk
from handlers.call_budget import CallBudget, budgets
from handlers.lifecycle.escalate import TOO_LATE
from handlers.turn import Turn
from planning.change.change import ChangeState
from storage.calls import CallKind

router = APIRouter(tags=["运维 | operation"])
LETTERS = ("new", "sent", "dead", "dropped", "stale")
EVENTS = ("new", "done", "failed", "refused")
log = structlog.get_logger()


class Metrics:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self.requests = Counter(
            "tongpan_http_requests", "HTTP requests answered.", ("method", "path", "status"), registry=self._registry
        )
        self._outbox = self._gauge("tongpan_outbox_letters", "Letters in the outbox: new ones wait.", "state")
        self._inbox = self._gauge("tongpan_inbox_events", "Events in the inbox: new ones wait.", "state")
        self._changes = self._gauge("tongpan_changes", "Change requests by state.", "state")
        self._overdue = self._gauge("tongpan_overdue_steps", "Steps whose escalation is more than ten minutes late.")
        self._open = self._gauge("tongpan_changes_open", "Change requests that wait for decisions.")
        self._revision = self._gauge("tongpan_plan_revision", "The plan's newest revision; 0: no plan yet.")
        self._calls = self._gauge(
            "tongpan_platform_calls", "Calls of this month, by what they went to.", "platform", "kind"
        )
        self._limit = self._gauge("tongpan_platform_calls_limit", "Calls that the platform has in a month.", "platform")
        self._channel = self._gauge("tongpan_channel_up", "1: the channel works.", "channel")
        self._held = self._gauge(
            "tongpan_connection_held", "1: this process is connected, 0: it stands by for one that is.", "channel"
        )
        self._loop = self._gauge("tongpan_loop_failures", "Failures in a row of what runs all the time.", "loop")
        self._database = self._gauge("tongpan_database_up", "1: the database answered this question.")

    async def text(self) -> bytes:
        """Everything as it is now. Without a database the rest is still told."""
        try:
            counts = await self._desk.read(_counts)
        except Exception as error:
            log.warning("metrics without the database", action="metrics.partial", error=type(error).__name__)
            self._database.set(0)
        else:
            self._database.set(1)
            self._set(counts)
        for name, channel in self._desk.channels.items():
            self._channel.labels(name).set(0 if channel.trouble() else 1)
            if isinstance(channel, Held):
                self._held.labels(name).set(0 if channel.stands_by else 1)
        for name, loop in self._desk.loops.items():
            self._loop.labels(name).set(loop.failures)
        return generate_latest(self._registry)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, registry=self._registry)

    def _set(self, counts: "Counts") -> None:
        outbox, inbox, changes, revision, overdue, of_month = counts
        for budget in of_month:
            self._limit.labels(budget.platform).set(budget.limit)
            for kind in CallKind:
                self._calls.labels(budget.platform, kind.value).set(budget.spent.get(kind, 0))
        self._overdue.set(overdue)
        for gauge, states, found in (
            (self._outbox, LETTERS, outbox),
            (self._inbox, EVENTS, inbox),
            (self._changes, tuple(ChangeState), changes),
        ):
            for state in states:
                gauge.labels(str(state)).set(found.get(state, 0))
        self._inbox.labels("refused").inc(self._desk.refused())
        self._open.set(changes.get(ChangeState.IN_APPROVAL, 0))
        self._revision.set(revision)


Counts = tuple[dict[str, int], dict[str, int], dict[str, int], int, int, list[CallBudget]]


def _counts(turn: Turn) -> Counts:
    uow = turn.uow
    revision = uow.plans.head() if uow.plans.exists() else 0
    overdue = len(uow.escalations.overdue(turn.now - TOO_LATE))
    return uow.outbox.counts(), uow.inbox.counts(), uow.changes.counts(), revision, overdue, budgets(turn)


@router.get("/metrics", response_class=Response, summary="Prometheus")
async def metrics(request: Request) -> Response:
    gathered: Metrics = request.app.state.metrics
    return Response(await gathered.text(), media_type=CONTENT_TYPE_LATEST)
