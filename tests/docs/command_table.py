"""The table of commands in the READMEs, made from the records: `make readme` writes it where it has changed."""

import re
from pathlib import Path

from handlers.inbound.commands import COMMANDS
from handlers.language import Phrase
from tests import ROOT

HEADS = {
    "README.md": "| command | short | English | for example | what happens |",
    "README.zh-CN.md": "| 命令 | 拼音 | 英文 | 例子 | 结果 |",
}
READMES = tuple(ROOT / name for name in HEADS)


def table(readme: str) -> str:
    return "\n".join([HEADS[readme], "|---|---|---|---|---|", *(_row(phrase, readme) for phrase in _phrases())]) + "\n"


def with_table(path: Path) -> str:
    """The file as it is with the table of today. Raises ValueError where it has no table."""
    text, head = path.read_text(encoding="utf-8"), re.escape(HEADS[path.name])
    renewed, times = re.subn(rf"{head}\n(?:\|.*\n)+", lambda _: table(path.name), text)
    if times != 1:
        raise ValueError(f"{path.name} should have one table of commands, it has {times}")
    return renewed


def _phrases() -> tuple[Phrase, ...]:
    return COMMANDS.vocabulary.phrases


def _row(phrase: Phrase, readme: str) -> str:
    chinese = readme != "README.md"
    examples = [phrase.example, *phrase.also[:1]] if chinese else [phrase.example_en, *phrase.also[1:]]
    shown = ("、" if chinese else " · ").join(f"`{example}`" for example in examples)
    does = phrase.does if chinese else phrase.does_en
    return f"| {phrase.zh} | {phrase.pinyin} | {phrase.english} | {shown} | {does} |"


if __name__ == "__main__":
    for readme in READMES:
        readme.write_text(with_table(readme), encoding="utf-8")
