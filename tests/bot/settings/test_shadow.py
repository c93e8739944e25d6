"""`shadow` as an operator writes it: what is understood, and the line that says what is not."""

from pathlib import Path

import pytest

from bot.environment import environment_of
from bot.platforms import PLATFORMS
from bot.settings import load_settings
from planning.control.shadow import ENFORCED, Shadow
from tests.bot.settings.test_settings import ENVIRON, EXAMPLE, MINIMAL, complaints, load


@pytest.mark.parametrize(
    ("text", "shadow"),
    [
        ("", ENFORCED),
        ("shadow: {}", ENFORCED),
        ("shadow: {departments: [planning]}", Shadow(("planning",))),
        ("shadow: {products: [P-1, 蓝牙音箱]}", Shadow((), ("P-1", "蓝牙音箱"))),
        ("shadow: {products: [1001]}", Shadow((), ("1001",))),
        ("shadow: {all: true}", Shadow(everything=True)),
    ],
)
def test_what_is_in_shadow(tmp_path: Path, text: str, shadow: Shadow) -> None:
    settings = load(tmp_path, f"{MINIMAL}\n{text}\n")
    assert environment_of(settings).shadow == shadow
    assert settings.warnings == load(tmp_path, MINIMAL).warnings


def test_the_example_enforces_everything() -> None:
    assert not environment_of(load_settings(EXAMPLE, ENVIRON, PLATFORMS)).shadow


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("shadow: {departments: [mars]}",
         "shadow.departments[0]: 写的是「mars」；departments 里没有部门 mars，现有：planning"),
        ("shadow: {all: maybe}", "shadow.all: 写的是「maybe」；应为 true 或 false"),
        ("shadow: {department: [planning]}",
         "shadow.department: 写的是一个列表；没有这个设置项，是不是想写 departments？"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    assert [found.partition(": ")[2] for found in complaints(tmp_path, MINIMAL + line + "\n")] == [complaint]


def test_all_with_more_is_a_warning(tmp_path: Path) -> None:
    settings = load(tmp_path, MINIMAL + "shadow: {all: true, departments: [planning]}\n")
    said = "all 是 true 时全部都在影子运行，departments 和 products 不起作用"
    assert [warning for warning in settings.warnings if said in warning]
