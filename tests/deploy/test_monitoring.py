"""The alert rules and the dashboard: their expressions parse, and ask for what /metrics exports."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from tests import ROOT
from tests.bot.web.conftest import channel, clock, configured, empty, environment, factory, system  # noqa: F401
from tests.bot.web.system import System

DEPLOY = ROOT / "deploy"
BY_PROMETHEUS = {"up": {"job", "instance"}}
"""What Prometheus itself makes of a target."""
ADDED = {"job", "instance"}
"""Labels that it adds to everything."""
ROOMS = ("bot", "handlers", "storage")


@cache
def rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load((DEPLOY / "prometheus-alerts.yaml").read_text("utf-8"))["groups"]
    return list(group["rules"])


@cache
def dashboard() -> dict[str, Any]:
    return dict(json.loads((DEPLOY / "grafana-dashboard.json").read_text("utf-8")))


@cache
def expressions() -> dict[str, str]:
    """By where they stand."""
    found = {str(rule["alert"]): str(rule["expr"]) for rule in rules()}
    for panel in dashboard()["panels"]:
        found |= {f"{panel['title']} {target['refId']}": target["expr"] for target in panel["targets"]}
    return found


def selectors(expression: Any) -> Iterator[Any]:
    """Every selector in a parsed expression."""
    match expression:
        case promql_parser.VectorSelector():
            yield expression
        case promql_parser.MatrixSelector():
            yield expression.vector_selector
        case promql_parser.BinaryExpr():
            yield from selectors(expression.lhs)
            yield from selectors(expression.rhs)
        case promql_parser.Call():
            for argument in expression.args:
                yield from selectors(argument)
        case promql_parser.NumberLiteral() | promql_parser.StringLiteral():
            return
        case _:
            yield from selectors(expression.expr)


@pytest.mark.parametrize("where", expressions())
def test_an_expression_parses(where: str) -> None:
    assert list(selectors(promql_parser.parse(expressions()[where])))


@pytest.mark.parametrize("wrong", ["sum by (state) (rate(x[5m])", "rate(x)", "x{state=dead}", "x >"])
def test_the_parser_refuses_what_prometheus_refuses(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        promql_parser.parse(wrong)


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_every_metric_is_exported_with_the_labels_it_is_asked_by(system: System) -> None:  # noqa: F811
    await system.get("/api/v1/plan")  # a counter has samples once it has counted
    text = (await system.get("/metrics", token="")).text
    exported: dict[str, set[str]] = dict(BY_PROMETHEUS)
    states: dict[str, set[str]] = {}
    for family in text_string_to_metric_families(text):
        name = f"{family.name}_total" if family.type == "counter" else family.name
        exported[name] = {*ADDED, *(label for sample in family.samples for label in sample.labels)}
        states[name] = {sample.labels["state"] for sample in family.samples if "state" in sample.labels}
    for where, expression in expressions().items():
        for selector in selectors(promql_parser.parse(expression)):
            assert selector.name in exported, where
            asked = {matcher.name: matcher.value for matcher in selector.matchers.matchers}
            if selector.name != "tongpan_loop_failures":  # a label of its own for each loop; none runs here
                assert set(asked) <= exported[selector.name], where
            if "state" in asked:
                assert asked["state"] in states[selector.name], where


def test_a_rule_says_what_is_wrong_in_both_languages_and_what_to_do() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(set(names)) == len(names)
    for rule in rules():
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert re.fullmatch(r"\d+[smh]", rule.get("for", "1m"))
        assert rule["labels"]["severity"] in ("critical", "warning", "info")
        chinese, english = rule["annotations"]["summary"].split(" | ")
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert not re.search(r"[\u4e00-\u9fff]", english)
        assert rule["annotations"]["description"]


def test_a_label_that_a_sentence_names_is_one_of_the_expression() -> None:
    labels = {
        "tongpan_channel_up": "channel", "tongpan_connection_held": "channel", "tongpan_loop_failures": "loop",
        "tongpan_http_requests_total": "path", "tongpan_platform_calls": "platform",
    }  # fmt: skip
    for rule in rules():
        named = set(re.findall(r"\$labels\.(\w+)", rule["annotations"]["summary"]))
        asked = {selector.name for selector in selectors(promql_parser.parse(rule["expr"]))}
        assert named <= {labels.get(name, "") for name in asked}, rule["alert"]


def test_what_the_log_is_said_to_hold_is_logged() -> None:
    source = "".join(file.read_text("utf-8") for room in ROOMS for file in (ROOT / room).rglob("*.py"))
    told = (DEPLOY / "prometheus-alerts.yaml").read_text("utf-8") + json.dumps(dashboard(), ensure_ascii=False)
    actions = set(re.findall(r"(?<![\w.])((?:delivery|message|sweep|inbox|escalation)\.[a-z]+)", told))
    assert actions
    assert [action for action in actions if f'"{action}"' not in source] == []


def test_the_panels_lie_side_by_side_and_take_their_data_from_the_chosen_source() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in dashboard()["panels"]:
        at = panel["gridPos"]
        cells = {(at["x"] + x, at["y"] + y) for x in range(at["w"]) for y in range(at["h"])}
        assert not cells & taken, panel["title"]
        assert at["x"] + at["w"] <= 24
        taken |= cells
        assert all(target["datasource"]["uid"] == "${datasource}" for target in panel["targets"])
    ids = [panel["id"] for panel in dashboard()["panels"]]
    assert len(set(ids)) == len(ids)
    variables = {variable["name"] for variable in dashboard()["templating"]["list"]}
    assert set(re.findall(r"\$\{?([a-z]\w*)", json.dumps(dashboard()))) == variables
