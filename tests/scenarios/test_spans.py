"""A change in a tracing tool: its spans from the frame to the card, all in the trace that log and rows have."""

from collections.abc import Iterator, Sequence

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot.spans import recorded
from tests.scenarios.play import Play
from tests.scenarios.test_stories import STORIES, told_on


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    kept = InMemorySpanExporter()
    with recorded(SimpleSpanProcessor(kept)):
        yield kept


def of(spans: InMemorySpanExporter, trace: str) -> Sequence[ReadableSpan]:
    """In the order they began."""
    found = [span for span in spans.get_finished_spans() if f"{span.context.trace_id:032x}" == trace]
    return sorted(found, key=lambda span: span.start_time or 0)


async def delivered(play: Play) -> None:
    await play.quiet()
    await play.stage.service.delivery.drain()


def trace_of(spans: InMemorySpanExporter, kind: str) -> str:
    """Of what was handled last of this kind."""
    handled = [span for span in spans.get_finished_spans() if dict(span.attributes or {}).get("kind") == kind]
    return f"{handled[-1].context.trace_id:032x}"


def parent_of(span: ReadableSpan, among: Sequence[ReadableSpan]) -> str:
    """Name of the span it is in; empty: none."""
    return next((one.name for one in among if span.parent and one.context.span_id == span.parent.span_id), "")


@pytest.mark.parametrize("platform", ["dingtalk", "wecom"])
async def test_the_way_of_a_message_and_of_a_click(play: Play, spans: InMemorySpanExporter, platform: str) -> None:
    story = next(iter(STORIES.values()))
    room, person = told_on(play, story, platform)
    preview = await play.propose(room, person, story.command)
    await delivered(play)

    way = of(spans, trace_of(spans, "said"))
    assert [span.name for span in way][:2] == ["receive", "handle"]
    assert {span.name for span in way} == {"receive", "handle", "deliver", "platform call"}
    assert dict(way[0].attributes or {})["platform"] == platform
    inside = {(span.name, parent_of(span, way)) for span in way}
    assert inside == {("receive", ""), ("handle", "receive"), ("deliver", ""), ("platform call", "deliver")}

    await play.press(preview, person, "提交")
    await delivered(play)
    way = of(spans, trace_of(spans, "clicked"))
    assert {("receive", ""), ("handle", "receive")} <= {(span.name, parent_of(span, way)) for span in way}
    steps = (await play.change(play.number(preview))).steps
    asked = {play.stage.service.environment.conversation_of(step.department) for step in steps} - {room}
    delivered_to = {dict(span.attributes or {})["conversation"] for span in way if span.name == "deliver"}
    assert asked <= delivered_to


async def test_no_span_tells_what_was_said_or_a_secret(play: Play, spans: InMemorySpanExporter) -> None:
    story = next(iter(STORIES.values()))
    room, person = told_on(play, story, "dingtalk")
    await play.propose(room, person, story.command)
    await delivered(play)
    written = "".join(span.to_json() for span in spans.get_finished_spans())
    assert "platform call" in written
    for hidden in (story.command, story.item, "access_token", "?", play.name(person)):
        assert hidden not in written
