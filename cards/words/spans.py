"""Traces for OpenTelemetry, to whoever runs the bot."""

SENTENCES: dict[str, tuple[str, str]] = {
    "spans.missing": (
        "环境变量 OTEL_… 要求发送追踪数据，但没有装 OpenTelemetry。请运行 pip install --require-hashes -r requirements-traces.lock，或去掉这些变量。",
        "The environment's OTEL_… ask for traces, but OpenTelemetry is not installed. Run pip install --require-hashes -r requirements-traces.lock, or unset them.",
    ),
    "spans.exporter": (
        "环境变量 OTEL_TRACES_EXPORTER 是 {found}，这里只支持：{kinds}。请改掉，或写 none。",
        "The environment's OTEL_TRACES_EXPORTER is {found}; there are: {kinds}. Change it, or write none.",
    ),
}
