"""`run.py init`: asks for the apps' ids and secrets, has the platforms check them, writes the few lines of settings.

Secrets go to a file of environment variables that its owner alone can read; the settings name them. What is there
stays as it is until somebody says otherwise.
"""

import asyncio
import os
import re
import shlex
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path
from typing import Annotated, Any

import typer
import yaml
from pydantic import ValidationError

from bot import logs
from bot.channels.common.connecting import Asked, Connection
from bot.channels.common.platform import Platform
from bot.channels.common.proxies import BadProxy
from bot.cli.common import DEFAULT, WRONG_USAGE, Config, Failed, say
from bot.clock import SystemClock
from bot.finding import Finding, Mark
from bot.platforms import PLATFORMS
from bot.settings.document import Document, filled
from bot.settings.platforms import settings_of
from cards.words import LOCALES, Words

ENVIRONMENT = Path("tongpan.env")
HEAD = "# run.py init; 其余各项见 config.example.yaml | all other keys: config.example.yaml\n"
_VARIABLE = re.compile(r"(?:export\s+)?([A-Za-z_]\w*)=(.*)")
_PLAIN = re.compile(r"[\w.:/@%+=-]*")
EnvFile = Annotated[Path, typer.Option("--env", metavar="FILE", help="密钥写到哪里 | where secrets go")]
Besides = Annotated[
    list[str], typer.Option("--set", metavar="KEY=VALUE", help="另写一项，如 dingtalk.endpoint=… | one more key")
]


def init(config: Config = DEFAULT, env: EnvFile = ENVIRONMENT, besides: Besides = []) -> None:  # noqa: B006
    """问几句，写好设置 | ask a few questions, write the settings."""
    before = _before(config)
    locale = _one_of("语言 | language", LOCALES, _text(before, "locale") or LOCALES[0])
    words = Words(locale)
    interview = Interview(words, before, _variables(env))
    interview.put("locale", locale)
    for one in besides:
        key, equals, value = one.partition("=")
        if not (key and equals):
            raise Failed(words("init.set", found=one), WRONG_USAGE)
        interview.put(key, value)
    interview.ask("server.public_url", "init.public_url", optional=True)
    if _text(before, "settings.source") != "file":
        interview.put("settings.source", "database")
    for platform in PLATFORMS:
        interview.connect(platform)
    if not any(platform.name in interview.values for platform in PLATFORMS):
        raise Failed(words("init.nothing"))
    _keep(words, env, _as_variables(interview.variables), private=True)
    _keep(words, config, HEAD + yaml.safe_dump(interview.values, allow_unicode=True, sort_keys=False))
    say(words("init.next", config=config, env=env))


class Interview:
    """`values`: the settings as they will be typed; `variables`: what the environment will hold."""

    def __init__(self, words: Words, values: Mapping[str, Any], variables: Mapping[str, str]) -> None:
        self._before = values
        self.values: dict[str, Any] = {**values}
        self.variables: dict[str, str] = {**variables}
        self._words = words

    def put(self, key: str, value: str) -> None:
        *above, last = key.split(".")
        at = self.values
        for name in above:
            at[name] = {**at[name]} if isinstance(at.get(name), Mapping) else {}
            at = at[name]
        at[last] = value

    def ask(self, key: str, sentence: str, *, optional: bool = False) -> None:
        before = _text(self.values, key)
        if answer := _asked(self._words(sentence), before, optional=optional):
            self.put(key, answer)

    def connect(self, platform: Platform[Any]) -> None:
        """Ask for what a platform needs, as often as it is refused."""
        wanted = []
        for one in platform.connections:
            if self._is_wanted(platform, one):
                wanted.append(one)
            else:
                self._leave_out(one.section)
        asks = list({ask.key: ask for one in wanted for ask in one.asks}.values())
        if not asks:
            self._leave_out(platform.name)
        while asks:
            for ask in asks:
                self._ask(platform, ask)
            told = self._checked(platform)
            for finding in told:
                say(finding)
            if all(finding.mark is not Mark.WRONG for finding in told):
                return
            if _yes(self._words("init.keep-anyway"), default=False):
                return

    def _leave_out(self, section: str) -> None:
        """Drop what --set said of a section that is not there otherwise."""
        *above, last = section.split(".")
        at, before = self.values, self._before
        for name in above:
            at, before = at.get(name, {}), before.get(name, {})
        if last not in before:
            at.pop(last, None)

    def _is_wanted(self, platform: Platform[Any], one: Connection) -> bool:
        is_there = _text(self.values, f"{platform.name}.{one.asks[-1].key}") != ""
        return _yes(self._words("init.connect", what=self._words(one.word)), default=is_there)

    def _ask(self, platform: Platform[Any], ask: Asked) -> None:
        key, sentence = f"{platform.name}.{ask.key}", self._words(ask.word)
        if not ask.variable:
            if answer := _asked(sentence, _text(self.values, key), optional=ask.optional):
                self.put(key, answer)
            return
        before = self.variables.get(ask.variable) or os.environ.get(ask.variable, "")
        kept = self._words("init.kept") if before else ""
        answer = _asked(sentence + kept, before, optional=ask.makes is not None, hidden=True)
        if not answer and ask.makes:
            answer = ask.makes()
            say(self._words("init.made", variable=ask.variable))
        self.variables[ask.variable] = answer
        self.put(key, f"${{{ask.variable}}}")

    def _checked(self, platform: Platform[Any]) -> list[Finding]:
        """What the platform says to it; before that, what is wrong with its form."""
        logs.configure("warning", self.variables.values())
        values: Any = filled(self.values, {**os.environ, **self.variables}, [])
        names = ("locale", "server", platform.name)
        try:
            settings = settings_of(PLATFORMS).model_validate({name: values[name] for name in names if name in values})
        except ValidationError as error:
            where = {".".join(map(str, one["loc"])) for one in error.errors()}
            return [Finding(Mark.WRONG, self._words("init.form", keys=self._words.list(sorted(where))))]
        section, site = settings.section(platform.name), settings.site(SystemClock().now)
        say(self._words("init.checking", platform=self._words(f"{platform.name}.name")))
        try:
            return asyncio.run(_examined(platform, section, site, self._words))
        except BadProxy as bad:
            return [Finding(Mark.WRONG, self._words("cli.proxy", variable=bad.variable, found=bad.found))]


async def _examined(platform: Platform[Any], section: Any, site: Any, words: Words) -> list[Finding]:
    return await platform.checks(section, site, words)


def _before(config: Path) -> Mapping[str, Any]:
    """What the settings say already, as typed. Raises Failed of a file that is no YAML."""
    if not config.exists():
        return {}
    try:
        values = Document.read(config).values
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        why = getattr(error, "problem", None) or type(error).__name__
        raise Failed(Words()("settings.found_unreadable", why=why), WRONG_USAGE) from None
    return values if isinstance(values, Mapping) else {}


def _text(values: Mapping[str, Any], key: str) -> str:
    found: Any = values
    for name in key.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found if isinstance(found, str) else ""


def _variables(env: Path) -> dict[str, str]:
    """What the file says already. Raises Failed of a line whose quotes do not end."""
    found = dict[str, str]()
    for number, line in enumerate(env.read_text("utf-8").splitlines() if env.exists() else [], 1):
        if one := _VARIABLE.fullmatch(line.strip()):
            try:
                found[one[1]] = " ".join(shlex.split(one[2]))
            except ValueError:
                raise Failed(Words()("init.quotes", file=env, line=number), WRONG_USAGE) from None
    return found


def _as_variables(variables: Mapping[str, str]) -> str:
    quoted = {name: value if _PLAIN.fullmatch(value) else shlex.quote(value) for name, value in variables.items()}
    return "".join(f"{name}={value}\n" for name, value in quoted.items())


def _keep(words: Words, file: Path, text: str, *, private: bool = False) -> None:
    """Write a file; where one says something else, only if told so, and the former one is kept beside it."""
    if file.exists():
        if file.read_text("utf-8") == text:
            say(words("init.same", file=file))
            return
        private = private or not file.stat().st_mode & 0o077
        former = _free(file)
        if not _yes(words("init.overwrite", file=file, former=former), default=False):
            say(words("init.left", file=file))
            return
        _written(former, file.read_text("utf-8"), private=True)
    _written(file, text, private)
    say(words("init.written", file=file))


def _free(file: Path) -> Path:
    """Where the former one is kept: never in the place of one that is kept already."""
    first = file.with_name(f"{file.name}.before-init")
    further = (file.with_name(f"{first.name}-{n}") for n in count(2))
    return next(one for one in chain((first,), further) if not one.exists())


def _written(file: Path, text: str, private: bool) -> None:
    """Secrets are never in a file that others can read, not even for a moment."""
    beside = file.with_name(f"{file.name}.new")
    beside.unlink(missing_ok=True)
    made = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
    with open(made, "w", encoding="utf-8") as out:
        out.write(text)
    beside.replace(file)


def _asked(sentence: str, before: str, *, optional: bool = False, hidden: bool = False) -> str:
    """One line; what was there if nothing is typed."""
    while True:
        shows = bool(before) and not hidden
        answer = str(typer.prompt(sentence, default=before, hide_input=hidden, show_default=shows))
        if answer.strip() or optional:
            return answer.strip()


def _one_of(sentence: str, choices: tuple[str, ...], default: str) -> str:
    while True:
        answer = str(typer.prompt(f"{sentence} ({' / '.join(choices)})", default=default))
        if answer in choices:
            return answer


def _yes(sentence: str, *, default: bool) -> bool:
    return typer.confirm(sentence, default=default)

