"""What an operator writes into config.yaml, and what the service makes of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import get_args

import pytest
import yaml
from pydantic import BaseModel, ValidationError

from bot.environment import environment_of
from bot.platforms import PLATFORMS
from bot.settings import Settings, SettingsError, load_settings, settings_of
from bot.settings.model import Excepting
from planning.change.escalation import Do, EscalationPolicy, Rung
from planning.exceptions.policy import DEFAULT_THRESHOLDS
from planning.people.organisation import Role
from tests import ROOT

EXAMPLE = ROOT / "config.example.yaml"
AES_KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
ENVIRON = {
    "DINGTALK_CLIENT_SECRET": "ding-secret",
    "WECOM_SECRET": "wecom-secret",
    "WECOM_TOKEN": "QDG6eK",
    "WECOM_AES_KEY": AES_KEY,
    "TONGPAN_ANCHOR_KEY": "anchor-s3cret",
    "WECOM_BOT_SECRET": "bot-secret",
    "ERP_TOKEN": "erp-token",
}
MINIMAL = """
dingtalk: {client_id: ding1, client_secret: s3cret, card_template_id: t.schema}
departments:
  - {id: planning, name: 计划部, conversation: "dingtalk:cid1=="}
people:
  - {id: li.na, name: 李娜, department: planning, roles: [coordinator, approver], dingtalk: manager164}
"""


def load(tmp_path: Path, text: str, environ: Mapping[str, str] = {}) -> Settings:
    path = tmp_path / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, environ, PLATFORMS)


def complaints(tmp_path: Path, text: str, environ: Mapping[str, str] = {}) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text, environ)
    return [line.replace(f"{tmp_path}/", "") for line in str(caught.value).splitlines()]


NAMED_FREELY = "sync.signatories."
"""What people call the seats."""


def keys_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        key = prefix + (field.alias or name)
        yield key
        for kind in kinds(field.annotation):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from keys_of(kind, f"{key}.")


def kinds(annotation: object) -> Iterator[object]:
    yield annotation
    for inner in get_args(annotation):
        yield from kinds(inner)


def keys_typed(value: object, prefix: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield prefix + key
            yield from keys_typed(inner, f"{prefix}{key}.")
    elif isinstance(value, list):
        for inner in value:
            yield from keys_typed(inner, prefix)


def test_the_example_loads_and_needs_no_warning() -> None:
    settings = load_settings(EXAMPLE, ENVIRON, PLATFORMS, now=datetime(2026, 11, 23, tzinfo=UTC))
    assert settings.section("dingtalk").client_secret.get_secret_value() == "ding-secret"
    assert settings.section("wecom.aibot").mode == "websocket"
    assert [w for w in settings.warnings if "approver" not in w] == []


def test_the_example_has_a_commented_line_for_every_key() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    callback = text.replace("    # token:", "    token:").replace("    # encoding_aes_key:", "    encoding_aes_key:")
    whole = re.sub(r"^# (?=plans:|language:|  )", "", callback, flags=re.MULTILINE)  # plan, or plans
    typed = {key for key in keys_typed(yaml.safe_load(whole)) if not key.startswith(NAMED_FREELY)}
    assert typed == set(keys_of(settings_of(PLATFORMS)))


CONTRACT = """
server:   {host: 127.0.0.1, port: 8080, public_url: "https://plan.example.com"}
database: {url: "sqlite:///data/plan.db"}
locale:   zh-CN
timezone: Asia/Shanghai
calendar: china
dingtalk:
  client_id: dingxxxx
  client_secret: ${DINGTALK_CLIENT_SECRET}
  robot_code: dingxxxx
  card_template_id: xxxxxxxx.schema
  endpoint: https://api.dingtalk.com
wecom:
  corp_id: wwxxxx
  endpoint: https://qyapi.weixin.qq.com
  app:   {agent_id: 1000002, secret: ${WECOM_SECRET}, token: ${WECOM_TOKEN}, encoding_aes_key: ${WECOM_AES_KEY}}
  aibot: {bot_id: aibxxxx, secret: ${WECOM_BOT_SECRET}, websocket_url: "wss://openws.work.weixin.qq.com"}
departments:
  - {id: production, name: 生产部, conversation: "dingtalk:cidXXXX==", manager: wang.wu}
  - {id: purchasing, name: 采购部, conversation: "wecom:wrkSFfCgAAxxxx", manager: zhao.liu}
people:
  - {id: wang.wu, name: 王五, department: production, roles: [approver], dingtalk: manager164, wecom: wangwu}
  - {id: zhao.liu, name: 赵六, department: purchasing, roles: [approver, coordinator], wecom: zhaoliu}
api:
  tokens: [{name: erp, token: ${ERP_TOKEN}, scopes: [read, write]}]
"""


def test_the_contract_s_own_file_loads(tmp_path: Path) -> None:
    settings = load(tmp_path, CONTRACT, ENVIRON)
    assert settings.section("wecom.app").encoding_aes_key.get_secret_value() == AES_KEY
    assert settings.api.tokens[0].token.get_secret_value() == "erp-token"
    assert settings.warnings == ()


def test_defaults_are_those_of_the_contract(tmp_path: Path) -> None:
    settings = load(tmp_path, MINIMAL)
    assert settings.server.address == "http://127.0.0.1:8080"
    assert settings.database.url.get_secret_value() == "sqlite:///data/plan.db"
    assert (settings.locale, settings.timezone, settings.calendar) == ("zh-CN", "Asia/Shanghai", "china")
    assert (settings.plan.id, settings.digest.time, settings.approval.expires_working_days) == ("main", "08:30", 3)
    assert settings.section("dingtalk").robot == "ding1"
    assert settings.section("dingtalk").endpoint == "https://api.dingtalk.com"


def test_the_organisation_is_who_the_file_says(tmp_path: Path) -> None:
    organisation = load_settings(EXAMPLE, ENVIRON, PLATFORMS).organisation()
    assert organisation.departments["planning"].digest_at == "08:15"
    assert organisation.departments["planning"].calendar == "weekdays"
    assert organisation.departments["production"].digest_at == ""
    assert organisation.people["li.na"].roles == {Role.PLANNER, Role.COORDINATOR}
    wang = organisation.person_by("dingtalk", "0123456789")
    assert wang is not None
    assert wang.name == "王五"


def test_values_are_taken_as_typed(tmp_path: Path) -> None:
    """A user id keeps its zeros, a time is no number, `no` is a name: YAML's guesses are switched off."""
    text = MINIMAL.replace("dingtalk: manager164", "dingtalk: 0123, wecom: no") + "digest: {time: 18:30}\n"
    settings = load(tmp_path, text)
    assert settings.people[0].identities == {"dingtalk": "0123", "wecom": "no"}
    assert settings.digest.time == "18:30"


def test_a_variable_may_be_part_of_a_value_and_is_never_read_as_yaml(tmp_path: Path) -> None:
    text = MINIMAL + 'database: {url: "postgresql://bot:${PG}@db/plan"}\nplan: {name: "${NAME}"}\n'
    settings = load(tmp_path, text, {"PG": "p@ss", "NAME": "{a: [1"})
    assert settings.database.url.get_secret_value() == "postgresql+psycopg://bot:p@ss@db/plan"
    assert settings.plan.name == "{a: [1"


def test_an_empty_section_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    assert load(tmp_path, MINIMAL + "wecom:\nserver:\n  port:\n").server.port == 8080


@pytest.mark.parametrize(
    ("addition", "complaint"),
    [
        ("serve: {port: 1}", "serve: 写的是一组设置；没有这个设置项，是不是想写 server？"),
        ("server: {prot: 1}", "server.prot: 写的内容不显示（保密项）；没有这个设置项，是不是想写 port？"),
        ("server: {port: abc}", "server.port: 写的是「abc」；应为整数"),
        ("server: {port: 99999}", "server.port: 写的是「99999」；不能大于 65535"),
        ("server: here", "server: 写的内容不显示（保密项）；应为一组「键: 值」"),
        (
            "server: {public_url: plan.example.com}",
            "server.public_url: 写的是「plan.example.com」；应为 http:// 或 https:// 开头的地址",
        ),
        (
            "server: {public_url: 'http://plan.example.com:port'}",
            "server.public_url: 写的是「http://plan.example.com:port」；应为 http:// 或 https:// 开头的地址",
        ),
        (
            "calendar: lunar",
            "calendar: 写的是「lunar」；没有这个日历，现有：china, weekdays, every-day；自己的日历写在 calendars 里",
        ),
        ("timezone: Asia/Peking", "timezone: 写的是「Asia/Peking」；应为时区名，如 Asia/Shanghai"),
        ("timezone: Asia", "timezone: 写的是「Asia」；应为时区名，如 Asia/Shanghai"),
        ("report: {ask_starts: 8}", 'report.ask_starts: 写的是「8」；应为 24 小时制的时间，如 "08:30"'),
        ("digest: {time: 25:00}", 'digest.time: 写的是「25:00」；应为 24 小时制的时间，如 "08:30"'),
        ("approval: {expires_working_days: 0}", "approval.expires_working_days: 写的是「0」；不能小于 1"),
        (
            "escalation: {hours: 9-18}",
            'escalation.hours: 写的是「9-18」；应为一段时间，如 "09:00-18:00"',
        ),
        (
            "escalation: {hours: 18:00-09:00}",
            "escalation.hours: 写的是「18:00-09:00」；上班时间要早于下班时间，且在同一天",
        ),
        (
            "escalation: {ladder: [{after: 8, do: remind}, {after: 8, do: manager}]}",
            "escalation.ladder[1].after: 写的是「8」；每一级要比上一级晚",
        ),
        (
            "escalation: {ladder: [{after: 8, do: manager}, {after: 9, do: manager}]}",
            "escalation.ladder[1].do: 写的是「manager」；manager 已经在前面出现过，每种只升级一次",
        ),
        (
            "escalation: {ladder: [{after: 8, do: shout}]}",
            "escalation.ladder[0].do: 写的是「shout」；应为其中之一：remind, deputy, manager, coordinator",
        ),
        ("escalation: {ladder: [{after: 0, do: remind}]}", "escalation.ladder[0].after: 写的是「0」；不能小于 1"),
        ("plan: {id: 'a b'}", "plan.id: 写的是「a b」；不能为空，也不能含空格、逗号或竖线"),
        (
            "database: {url: 'mysql://root:hunter2@db/plan'}",
            "database.url: 写的内容不显示（保密项）；"
            "应为 sqlite:///文件 或 postgresql+psycopg://用户@主机/库",
        ),
        ("wecom: {corp_id: ww1}", "wecom: 写的是一组设置；app 和 aibot 至少配置一个"),
        (
            "wecom: {corp_id: ww1, aibot: {bot_id: aib1, secret: s, token: t, encoding_aes_key: " + AES_KEY + "}}",
            "wecom.aibot: 写的是一组设置；"
            "长连接填 bot_id 和 secret，回调填 token 和 encoding_aes_key，二选一",
        ),
        (
            "wecom: {corp_id: ww1, app: {agent_id: 1, secret: s, token: t, encoding_aes_key: hunter2}}",
            "wecom.app.encoding_aes_key: 写的内容不显示（保密项）；"
            "应为企业微信后台给的 43 位 EncodingAESKey（字母和数字）",
        ),
        ("limits: {person_burst: 0}", "limits.person_burst: 写的是「0」；不能小于 1"),
        ("limits: {open_per_item: -1}", "limits.open_per_item: 写的是「-1」；不能小于 0"),
        ("api: {tokens: erp}", "api.tokens: 写的内容不显示（保密项）；应为一个列表，每项以「- 」开头"),
        (
            "api: {tokens: [{name: erp, token: '${NO_SUCH}'}]}",
            "api.tokens[0].token: 写的是「${NO_SUCH}」；"
            "环境变量 NO_SUCH 没有设置，启动前先 export NO_SUCH=…",
        ),
        ("api: {tokens: [{name: erp}]}", "api.tokens[0].token: 没有写；这一项必须填写"),
        (
            "api: {tokens: [{name: erp, token: a}, {name: erp, token: b}]}",
            "api.tokens[1].name: 写的是「erp」；name erp 已在 api.tokens[0].name 用过，换一个",
        ),
        ("plan: {id: a, id: b}", "plan.id: 写的是「b」；同一处写了两次 id，只留一个"),
    ],
)
def test_each_mistake_is_one_line(tmp_path: Path, addition: str, complaint: str) -> None:
    assert complaints(tmp_path, f"{MINIMAL}{addition}\n") == [f"config.yaml:7: {complaint}"]


def test_mistakes_speak_the_language_of_the_file(tmp_path: Path) -> None:
    assert complaints(tmp_path, f"{MINIMAL}locale: en\ncalendar: lunar\n") == [
        "config.yaml:8: calendar: found “lunar”; no such calendar, known: china, weekdays, every-day; "
        "calendars of your own go into calendars"
    ]


PEOPLE = "  - {id: li.na, name: 李娜, department: planning, roles: [coordinator, approver], dingtalk: manager164}"


@pytest.mark.parametrize(
    ("person", "complaint"),
    [
        (
            "{id: li.na, name: 王五, department: planning}",
            "people[1].id: 写的是「li.na」；id li.na 已在 people[0].id 用过，换一个",
        ),
        (
            "{id: w, name: 王五, department: planning, dingtalk: manager164}",
            "people[1].dingtalk: 写的是「manager164」；dingtalk manager164 已在 people[0].dingtalk 用过，换一个",
        ),
        (
            "{id: w, name: 王五, department: workshop}",
            "people[1].department: 写的是「workshop」；departments 里没有这个部门，现有：planning",
        ),
        (
            "{id: w, name: 王五, department: planning, roles: [boss]}",
            "people[1].roles[0]: 写的是「boss」；应为其中之一：viewer, planner, approver, coordinator, admin",
        ),
        (
            "{id: w, name: 王五, department: planning, deputy: nobody}",
            "people[1].deputy: 写的是「nobody」；people 里没有 nobody 这个人",
        ),
        (
            "{id: w, name: 王五, department: planning, deputy: w}",
            "people[1].deputy: 写的是「w」；代理人不能是自己",
        ),
        ("{id: w, department: planning}", "people[1].name: 没有写；这一项必须填写"),
    ],
)
def test_mistakes_about_people(tmp_path: Path, person: str, complaint: str) -> None:
    assert complaints(tmp_path, f"{MINIMAL}  - {person}\n") == [f"config.yaml:7: {complaint}"]


@pytest.mark.parametrize(
    ("department", "complaint"),
    [
        ('conversation: "wecom:wrk1"', ".conversation: 写的是「wecom:wrk1」；要用这个会话，先配置 wecom.aibot 一节"),
        ('conversation: "wecom-app:a"', ".conversation: 写的是「wecom-app:a」；要用这个会话，先配置 wecom.app 一节"),
        (
            'conversation: "feishu:oc1"',
            ".conversation: 写的是「feishu:oc1」；应为 dingtalk:openConversationId、wecom:chatid 或 wecom-app:成员",
        ),
    ],
)
def test_mistakes_about_departments(tmp_path: Path, department: str, complaint: str) -> None:
    text = MINIMAL.replace("people:", f"  - {{id: purchasing, name: 采购部, {department}}}\npeople:")
    assert complaints(tmp_path, text) == [f"config.yaml:5: departments[1]{complaint}"]


def test_all_mistakes_are_told_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "server: {port: x}\nlocale: fr\ndingtalk: {client_id: ${ID}}\n"
    assert [line.split(": ")[0:2] for line in complaints(tmp_path, text)] == [
        ["config.yaml:1", "server.port"],
        ["config.yaml:2", "locale"],
        ["config.yaml:3", "dingtalk.client_id"],
        ["config.yaml:3", "dingtalk.client_secret"],
        ["config.yaml:3", "dingtalk.card_template_id"],
    ]


def test_what_works_but_is_probably_not_meant_is_a_warning(tmp_path: Path) -> None:
    quality = "  - {id: qa, name: 质量部, manager: nobody}\npeople:"
    warned = load(tmp_path, MINIMAL.replace("coordinator, ", "").replace("people:", quality)).warnings
    assert any("没有人的 roles 含 coordinator" in line for line in warned)
    assert any("部门「质量部」的 manager 写的是「nobody」，people 里没有这个人" in line for line in warned)


def test_a_ladder_that_does_not_reach_the_coordinator_is_a_warning(tmp_path: Path) -> None:
    settings = load(tmp_path, MINIMAL + "escalation: {ladder: [{after: 2, do: remind}], quiet: 0:00-0:00}\n")
    assert any("没有 coordinator" in line for line in settings.warnings)
    assert settings.escalation.policy().ladder == (Rung(2, Do.REMIND),)
    assert not settings.escalation.policy().quiet.holds(time(0, 0))


def test_the_ladder_of_the_example_is_the_default(tmp_path: Path) -> None:
    example, plain = load_settings(EXAMPLE, ENVIRON, PLATFORMS), load(tmp_path, MINIMAL)
    assert example.escalation.policy() == plain.escalation.policy() == EscalationPolicy()


def test_an_api_alone_needs_nobody(tmp_path: Path) -> None:
    load(tmp_path, "calendar: weekdays\napi: {tokens: [{name: erp, token: 0123456789, scopes: [read]}]}\n")


@pytest.mark.parametrize(
    "text",
    [
        "dingtalk: {client_id: a, client_secrt: hunter2, card_template_id: t}",
        "dingtalk: hunter2",
        "wecom: {corp_id: a, app: {agent_id: x, secret: [hunter2], token: {hunter2: hunter2}}}",
        "api: {tokens: [hunter2]}",
        "api: {tokens: [{name: erp, token: '${TOKEN}', scopes: [all]}]}",
        "database: {url: 'hunter2'}",
        "dingtalk: {client_id: a, client_secret: hunter2, card_template_id: t, extra: {client_secret: hunter2}}",
        "server: {port: '${TOKEN}'}",
        "dingtalk: {client_secret: 'hunter2\n",
    ],
)
def test_no_complaint_shows_a_secret(tmp_path: Path, text: str) -> None:
    lines = complaints(tmp_path, text, {"TOKEN": "hunter2"})
    assert lines
    assert "hunter2" not in "\n".join(lines).replace("token.hunter2", "")


def test_settings_printed_show_no_secret() -> None:
    settings = load_settings(EXAMPLE, ENVIRON, PLATFORMS)
    assert not [secret for secret in ENVIRON.values() if secret in repr(settings)]
    assert not [secret for secret in ENVIRON.values() if secret in settings.model_dump_json()]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (b"a: [1\n", "YAML"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"a: \x07\n", "YAML"),
        (b"a: &a [*a]\n", "YAML"),
        (b"[a, b]: c\n", "YAML"),
        (b"- a\n- b\n", "应为一组「键: 值」"),
        (b"just words\n", "应为一组「键: 值」"),
    ],
)
def test_a_file_that_is_no_settings_file(tmp_path: Path, content: bytes, wanted: str) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(content)
    with pytest.raises(SettingsError) as caught:
        load_settings(path, {}, PLATFORMS)
    assert wanted in str(caught.value)
    assert len(caught.value.mistakes) == 1


def test_a_missing_file_says_where_to_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"config\.example\.yaml"):
        load_settings(tmp_path / "nowhere.yaml", {}, PLATFORMS)


def test_what_works_but_is_hardly_meant_is_a_warning(tmp_path: Path) -> None:
    text = MINIMAL.replace(
        "people:",
        """  - {id: sales, name: 销售部, conversation: "dingtalk:cid1=="}
  - {id: finance, name: 财务部}
people:
  - {id: zhou, name: 周洋, department: sales, roles: [planner]}""",
    )
    assert load(tmp_path, text).warnings == (
        "departments[1]: 部门「销售部」有会话但没有 approver，它的审批会转给协调员",
        "departments[1]: 部门「销售部」与「计划部」用同一个会话，群里的命令按「计划部」算",
        "departments[2]: 部门「财务部」没有会话，它的卡片会发到协调员所在部门",
        "people[0]: 「周洋」要审批或提变更，但没有 dingtalk 或 wecom 帐号",
    )


def test_reports_are_asked_for_where_the_settings_have_a_time(tmp_path: Path) -> None:
    silent = environment_of(load(tmp_path, MINIMAL))
    assert (silent.ask_starts_at, silent.ask_reports_at) == ("", "")
    asking = environment_of(load(tmp_path, MINIMAL + 'report: {ask_starts: "08:00", ask_reports: "18:00"}\n'))
    assert (asking.ask_starts_at, asking.ask_reports_at) == ("08:00", "18:00")


def test_sources_are_named_and_expected(tmp_path: Path) -> None:
    sources = "sources: [{id: stock, expected_hours: 9, owner: li.na}, {id: chat, name: 车间, expected_hours: 18}]"
    (stock, chat) = environment_of(load(tmp_path, MINIMAL + sources)).sources
    assert (stock.id, stock.name, stock.expected_wh, stock.owner) == ("stock", "", 9, "li.na")
    assert (chat.name, chat.expected_wh) == ("车间", 18)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("{id: erp, expected_hours: 9}", "应为 api:令牌名、chat（群里的报工）、import（导入）或 stock（库存）"),
        ('{id: "api:", expected_hours: 9}', "应为 api:令牌名"),
        ('{id: "api:erp", expected_hours: 9}', "api.tokens 里没有叫 erp 的令牌"),
        ("{id: stock, expected_hours: 9, owner: nobody}", "people 里没有 nobody 这个人"),
        ("{id: stock, expected_hours: 9}, {id: stock, expected_hours: 8}", "id stock 已在 sources[0].id 用过，换一个"),
        ("{id: stock, expected_hours: 0}", "1"),
    ],
)
def test_a_source_that_is_none(tmp_path: Path, source: str, wanted: str) -> None:
    (told,) = complaints(tmp_path, f"{MINIMAL}sources: [{source}]")
    assert "sources[" in told
    assert wanted in told


@pytest.mark.parametrize(("key", "wrong"), [("slack_days", 3), ("silent_days", 0), ("unacked_hours", "acht")])
def test_where_exceptions_begin(key: str, wrong: object) -> None:
    thresholds = Excepting.model_validate({key: 2}).policy().thresholds
    assert asdict(thresholds) == asdict(DEFAULT_THRESHOLDS) | {key: 2}
    with pytest.raises(ValidationError, match=key):
        Excepting.model_validate({key: wrong})
