"""Spans of an event's way (receive, handle, deliver, platform call) for OpenTelemetry, in the trace the log has.

Only when the usual OTEL_* variables say where they go; otherwise nothing of OpenTelemetry's SDK is even imported.
Attributes hold no text of anybody and no address's query.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from storage.trace import current

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
    from opentelemetry.trace import Tracer

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
EXPORTER = "OTEL_TRACES_EXPORTER"
KINDS = ("otlp", "console")
SERVICE = "tongpan"
_tracer: "Tracer | None" = None


class CannotTrace(Exception):
    """Spans are wanted and cannot be sent: `code` is that of a sentence, `spans.<code>`."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@contextmanager
def span(name: str, **attributes: str | int) -> Iterator[None]:
    """A span of the current trace, under the one it is in; an error leaves its kind on it, and no message."""
    if _tracer is None or not current():
        yield
        return
    from opentelemetry.trace import Status, StatusCode

    begun = _tracer.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    )
    with begun as ours:
        try:
            yield
        except Exception as error:
            ours.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise


@contextmanager
def exporting(environ: Mapping[str, str]) -> Iterator[None]:
    """Send the spans of what runs in here where OTEL_* says; nothing where it says nothing. Raises CannotTrace."""
    kind = _kind(environ)
    if not kind:
        yield
        return
    try:
        processor = _processor(kind)
    except ImportError:
        raise CannotTrace("missing") from None
    with recorded(processor, environ):
        yield


@contextmanager
def recorded(processor: "SpanProcessor", environ: Mapping[str, str] | None = None) -> Iterator[None]:
    """Hand the spans of what runs in here to a processor; what it still holds leaves at the end."""
    global _tracer
    provider = _provider(environ or {})
    provider.add_span_processor(processor)
    before, _tracer = _tracer, provider.get_tracer(SERVICE)
    try:
        yield
    finally:
        _tracer = before
        provider.shutdown()


def _kind(environ: Mapping[str, str]) -> str:
    """The kind of exporter that is asked for; empty: none."""
    wanted = environ.get(EXPORTER, "").strip().lower()
    if environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true" or wanted == "none":
        return ""
    if wanted and wanted not in KINDS:
        raise CannotTrace("exporter", found=wanted, kinds=", ".join(KINDS))
    return wanted or ("otlp" if any(environ.get(name, "").strip() for name in ENDPOINTS) else "")


def _processor(kind: str) -> "SpanProcessor":
    from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter

    if kind == "console":
        return BatchSpanProcessor(ConsoleSpanExporter())
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

    return BatchSpanProcessor(OTLPSpanExporter())


def _provider(environ: Mapping[str, str]) -> "TracerProvider":
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class OurTrace(RandomIdGenerator):
        """The id of the log's trace: a span that nothing else began belongs to it too."""

        def generate_trace_id(self) -> int:
            return int(current(), 16)

    named = any(name in environ for name in ("OTEL_SERVICE_NAME", "OTEL_RESOURCE_ATTRIBUTES"))
    resource = Resource.create({} if named else {SERVICE_NAME: SERVICE})
    return TracerProvider(id_generator=OurTrace(), resource=resource)
