"""What operators watch."""

from datetime import UTC, datetime

from prometheus_client.parser import text_string_to_metric_families

from bot.clock import MovableClock
from bot.current import Current
from bot.settings import Settings
from bot.web import create_web
from handlers.turn import Environment, Turn
from storage.database import Database
from storage.delivery.inbox import EventKey
from storage.unit_of_work import UnitOfWork
from tests.bot.web.factory import approve
from tests.bot.web.system import Channel, System

DELAY = {"operations": [{"item": "PO-2001", "op": "shift", "to": 2}], "reason": "供应商延期"}
Samples = dict[tuple[str, tuple[str, ...]], float]


async def samples(system: System) -> Samples:
    """By name and label values."""
    answer = await system.get("/metrics", token="")
    assert answer.headers["content-type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.text)
    return {
        (sample.name, tuple(sample.labels.values())): sample.value for family in families for sample in family.samples
    }


async def test_before_anything_has_happened(empty: System) -> None:
    found = await samples(empty)
    assert found[("tongpan_plan_revision", ())] == 0
    assert found[("tongpan_database_up", ())] == 1
    assert found[("tongpan_channel_up", ("dingtalk",))] == 1
    for state in ("new", "sent", "dead"):
        assert found[("tongpan_outbox_letters", (state,))] == 0


async def test_what_waits_and_what_is_done(
    system: System, factory: Database, environment: Environment, clock: MovableClock, channel: Channel
) -> None:
    numbers = [(await system.post("/api/v1/changes", DELAY)).json()["no"] for _ in range(3)]
    approve(factory, environment, clock, numbers[0])

    def receive(uow: UnitOfWork) -> None:
        turn = Turn(uow, clock.now(), environment)
        for event in ("1", "2"):
            uow.inbox.receive(EventKey("dingtalk", "bot", event), "said", {}, turn.now)
        uow.inbox.done(EventKey("dingtalk", "bot", "1"), turn.now)
        uow.commit()

    factory.write_now(receive)
    channel.wrong = "断了。"
    found = await samples(system)
    assert found[("tongpan_plan_revision", ())] == 2
    assert found[("tongpan_changes_open", ())] == 2
    assert found[("tongpan_changes", ("applied",))] == 1
    assert found[("tongpan_overdue_steps", ())] == 0
    assert found[("tongpan_outbox_letters", ("new",))] >= 9
    assert found[("tongpan_inbox_events", ("new",))] == 1
    assert found[("tongpan_inbox_events", ("done",))] == 1
    assert found[("tongpan_channel_up", ("dingtalk",))] == 0


async def test_steps_whose_escalation_is_late_are_counted(system: System, clock: MovableClock) -> None:
    no = (await system.post("/api/v1/changes", DELAY)).json()["no"]
    steps = (await system.get(f"/api/v1/changes/{no}")).json()["steps"]
    clock.move_to(datetime(2026, 12, 1, 9, tzinfo=UTC))  # and nothing rings here
    assert (await samples(system))[("tongpan_overdue_steps", ())] == len(steps) > 0


async def test_requests_are_counted_by_route_never_by_what_somebody_typed(system: System) -> None:
    for path in ("/api/v1/plan/items/MO-1023", "/api/v1/plan/items/made-up", "/api/v1/changes/made-up", "/made-up"):
        await system.get(path)
    await system.get("/api/v1/plan/items/MO-1023", token="")
    await system.ask("MADEUP", "/healthz")
    found = {key[1]: value for key, value in (await samples(system)).items() if key[0] == "tongpan_http_requests_total"}
    assert found[("GET", "/api/v1/plan/items/{code:path}", "200")] == 1
    assert found[("GET", "/api/v1/plan/items/{code:path}", "404")] == 1
    assert found[("GET", "/api/v1/changes/{no}", "404")] == 1
    assert found[("GET", "other", "404")] == 1
    assert found[("GET", "other", "401")] == 1
    assert found[("other", "/healthz", "405")] == 1
    assert "made-up" not in str(found)


async def test_two_applications_count_apart(
    empty: System, configured: Settings, environment: Environment, clock: MovableClock, database: Database
) -> None:
    await empty.get("/healthz")
    async with System.of(create_web(configured, Current(environment), clock, database, {})) as other:
        assert ("tongpan_http_requests_total", ("GET", "/healthz", "200")) not in await samples(other)
    assert ("tongpan_http_requests_total", ("GET", "/healthz", "200")) in await samples(empty)


async def test_what_left_no_row_is_counted_with_what_was_refused(
    configured: Settings, environment: Environment, clock: MovableClock, database: Database
) -> None:
    web = create_web(configured, Current(environment), clock, database, {}, refused=lambda: 7)

    def refuse(uow: UnitOfWork) -> None:
        key = EventKey("dingtalk", "bot", "1")
        uow.inbox.receive(key, "said", {}, clock.now())
        uow.inbox.refuse(key, clock.now())
        uow.commit()

    database.write_now(refuse)
    async with System.of(web) as system:
        for _ in range(2):
            assert (await samples(system))[("tongpan_inbox_events", ("refused",))] == 8
