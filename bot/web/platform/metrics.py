"""GET /metrics: what is counted, as Prometheus text. Each application has its own registry."""

from collections.abc import Mapping

import structlog
from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, generate_latest
from prometheus_client.process_collector import ProcessCollector
from starlette.responses import Response

from bot.channels.common.held import Held
from bot.web.platform.dependencies import Desk, loops_of
from handlers.call_budget import CallBudget, budgets, month_of
from handlers.language_budget import LanguageBudget, language_budget
from handlers.lifecycle.escalate import TOO_LATE
from handlers.turn import Turn
from planning.change.change import ChangeState
from storage.delivery.calls import CallKind, Spent

router = APIRouter(tags=["运维 | operation"])
LETTERS = ("new", "sent", "dead", "dropped", "stale")
EVENTS = ("new", "done", "failed", "refused")
log = structlog.get_logger()


class Metrics:
    def __init__(self, desks: Mapping[str, Desk]) -> None:
        """Where there are several plans, what is a plan's has the label `plan`."""
        self._desks = desks
        self._of_plan = ("plan",) if len(desks) > 1 else ()
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self.requests = Counter(
            "tongpan_http_requests", "HTTP requests answered.", ("method", "path", "status"), registry=self._registry
        )
        self._outbox = self._own("tongpan_outbox_letters", "Letters in the outbox: new ones wait.", "state")
        self._inbox = self._own("tongpan_inbox_events", "Events in the inbox: new ones wait.", "state")
        self._changes = self._own("tongpan_changes", "Change requests by state.", "state")
        self._overdue = self._own("tongpan_overdue_steps", "Steps whose escalation is more than ten minutes late.")
        self._open = self._own("tongpan_changes_open", "Change requests that wait for decisions.")
        self._revision = self._own("tongpan_plan_revision", "The plan's newest revision; 0: no plan yet.")
        self._calls = self._own(
            "tongpan_platform_calls", "Calls of this month, by what they went to.", "platform", "kind"
        )
        self._limit = self._gauge("tongpan_platform_calls_limit", "Calls that the platform has in a month.", "platform")
        self._language = self._gauge(
            "tongpan_language_calls", "Calls of the language model this month; answered: those it answered.", "kind"
        )
        self._language_limit = self._gauge("tongpan_language_calls_limit", "Calls that it may have in a month.")
        self._channel = self._gauge("tongpan_channel_up", "1: the channel works.", "channel")
        self._held = self._gauge(
            "tongpan_connection_held", "1: this process is connected, 0: it stands by for one that is.", "channel"
        )
        self._loop = self._gauge("tongpan_loop_failures", "Failures in a row of what runs all the time.", "loop")
        self._database = self._gauge("tongpan_database_up", "1: the database answered this question.")

    async def text(self) -> bytes:
        """Everything as it is now. Without a database the rest is still told."""
        try:
            counts = {plan: await desk.read(_counts) for plan, desk in self._desks.items()}
        except Exception as error:
            log.warning("metrics without the database", action="metrics.partial", error=type(error).__name__)
            self._database.set(0)
        else:
            self._database.set(1)
            for plan, found in counts.items():
                labels = (plan,) if self._of_plan else ()
                self._set(found, labels)
                self._inbox.labels(*labels, "refused").inc(self._desks[plan].refused())
        for name, channel in next(iter(self._desks.values())).channels.items():
            self._channel.labels(name).set(0 if channel.trouble() else 1)
            if isinstance(channel, Held):
                self._held.labels(name).set(0 if channel.stands_by else 1)
        for name, loop in loops_of(self._desks).items():
            self._loop.labels(name).set(loop.failures)
        return generate_latest(self._registry)

    def _gauge(self, name: str, meaning: str, *labels: str) -> Gauge:
        return Gauge(name, meaning, labels, registry=self._registry)

    def _own(self, name: str, meaning: str, *labels: str) -> Gauge:
        return self._gauge(name, meaning, *self._of_plan, *labels)

    def _set(self, counts: "Counts", plan: tuple[str, ...]) -> None:
        outbox, inbox, changes, revision, overdue, of_month, calls, language = counts
        if language:
            self._language_limit.set(language.terms.monthly_calls)
            for kind, count in (("asked", language.spent.calls), ("answered", language.spent.answered)):
                self._language.labels(kind).set(count)
        for budget in of_month:
            self._limit.labels(budget.platform).set(budget.limit)
            for kind in CallKind:
                spent = calls.get(budget.platform, {}).get(kind, 0)
                self._calls.labels(*plan, budget.platform, kind.value).set(spent)
        _of(self._overdue, plan).set(overdue)
        for gauge, states, found in (
            (self._outbox, LETTERS, outbox),
            (self._inbox, EVENTS, inbox),
            (self._changes, tuple(ChangeState), changes),
        ):
            for state in states:
                gauge.labels(*plan, str(state)).set(found.get(state, 0))
        _of(self._open, plan).set(changes.get(ChangeState.IN_APPROVAL, 0))
        _of(self._revision, plan).set(revision)


Counts = tuple[
    dict[str, int], dict[str, int], dict[str, int], int, int, list[CallBudget], Spent, LanguageBudget | None
]


def _counts(turn: Turn) -> Counts:
    uow = turn.uow
    revision = uow.plans.head() if uow.plans.exists() else 0
    overdue = len(uow.escalations.overdue(turn.now - TOO_LATE))
    calls = uow.calls.of(month_of(turn.today))
    states = (uow.outbox.counts(), uow.inbox.counts(), uow.changes.counts())
    return *states, revision, overdue, budgets(turn), calls, language_budget(turn)


def _of(gauge: Gauge, plan: tuple[str, ...]) -> Gauge:
    return gauge.labels(*plan) if plan else gauge


@router.get("/metrics", response_class=Response, summary="Prometheus")
async def metrics(request: Request) -> Response:
    gathered: Metrics = request.app.state.metrics
    return Response(await gathered.text(), media_type=CONTENT_TYPE_LATEST)
