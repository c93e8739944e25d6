"""When spans are sent and when not, and that without them nothing of OpenTelemetry's SDK is loaded."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from bot import spans
from bot.spans import CannotTrace, exporting, recorded, span
from cards.words import LOCALES, Words
from storage.trace import current, traced
from tests import ROOT

A = "a" * 32
HERE = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("environ", "kind"),
    [
        ({}, ""),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, ""),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE}, "otlp"),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": HERE}, "otlp"),
        ({"OTEL_TRACES_EXPORTER": "otlp"}, "otlp"),
        ({"OTEL_TRACES_EXPORTER": "Console"}, "console"),
        ({"OTEL_TRACES_EXPORTER": "none", "OTEL_EXPORTER_OTLP_ENDPOINT": HERE}, ""),
        ({"OTEL_SDK_DISABLED": "true", "OTEL_EXPORTER_OTLP_ENDPOINT": HERE}, ""),
        ({"OTEL_SERVICE_NAME": "plan"}, ""),
    ],
)
def test_the_usual_variables_say_where_spans_go(environ: Mapping[str, str], kind: str) -> None:
    assert spans._kind(environ) == kind


@pytest.mark.parametrize("locale", LOCALES)
def test_an_exporter_that_there_is_not_is_a_sentence(locale: str) -> None:
    with pytest.raises(CannotTrace) as caught, exporting({"OTEL_TRACES_EXPORTER": "zipkin"}):
        pass
    sentence = Words(locale)(f"spans.{caught.value.code}", **caught.value.facts)
    assert "zipkin" in sentence
    assert "otlp, console" in sentence


PROBE = """
import sys
from bot.app import build
from bot.serve import serve
from bot.spans import exporting, span
from storage.trace import traced
with exporting({}), traced(), span("receive"):
    pass
print([name for name in sys.modules if name.startswith(("opentelemetry.sdk", "opentelemetry.exporter"))])
"""


def test_without_them_nothing_of_the_sdk_is_loaded() -> None:
    command = (sys.executable, "-c", PROBE)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


MISSING = """
import sys
sys.modules["opentelemetry.sdk"] = None
from bot.cli import main
sys.exit(main(["serve"]))
"""


def test_where_it_is_not_installed_the_bot_says_what_to_install(tmp_path: Path) -> None:
    person = "{id: wang, name: 王五, department: production, roles: [approver, coordinator]}"
    settings = f"server: {{port: 0}}\ndepartments: [{{id: production, name: 生产部}}]\npeople: [{person}]\n"
    (tmp_path / "config.yaml").write_text(settings, "utf-8")
    environment = {"OTEL_EXPORTER_OTLP_ENDPOINT": HERE, "PATH": "", "PYTHONPATH": str(ROOT)}
    command = (sys.executable, "-c", MISSING)
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "requirements-traces.lock" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def kept() -> InMemorySpanExporter:
    return InMemorySpanExporter()


def test_an_error_leaves_its_kind_and_no_message(kept: InMemorySpanExporter) -> None:
    with recorded(SimpleSpanProcessor(kept)), traced(A), pytest.raises(ValueError, match="s3cret"), span("handle"):
        raise ValueError("s3cret")
    (one,) = kept.get_finished_spans()
    written = json.loads(one.to_json())
    assert written["status"] == {"status_code": "ERROR", "description": "ValueError"}
    assert "s3cret" not in one.to_json()
    assert written["context"]["trace_id"] == f"0x{A}"
    assert written["resource"]["attributes"]["service.name"] == "tongpan"


async def test_spans_side_by_side_stay_in_their_traces(kept: InMemorySpanExporter) -> None:
    async def work(trace: str) -> None:
        with traced(trace), span("receive"):
            await asyncio.sleep(0)
            with span("handle"):
                await asyncio.sleep(0)

    names = [character * 32 for character in "abcdef"]
    with recorded(SimpleSpanProcessor(kept)):
        await asyncio.gather(*map(work, names))
    by_trace: dict[str, list[str]] = {}
    for one in kept.get_finished_spans():
        by_trace.setdefault(f"{one.context.trace_id:032x}", []).append(one.name)
    assert by_trace == {name: ["handle", "receive"] for name in names}


def test_what_belongs_to_no_trace_has_no_span(kept: InMemorySpanExporter) -> None:
    with recorded(SimpleSpanProcessor(kept)), span("platform call"):
        assert current() == ""
    assert kept.get_finished_spans() == ()
