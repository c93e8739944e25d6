"""Load settings from a file, or raise the full list of its mistakes."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from pydantic import ValidationError

from bot.channels.common.platform import Platform
from bot.clock import SystemClock
from bot.settings import checks
from bot.settings.document import Document, filled
from bot.settings.mistake import Finding, Mistake, SettingsError, key_path
from bot.settings.model import Settings
from bot.settings.platforms import settings_of
from bot.settings.report import Reporter, translated
from cards.words import LOCALES, Words

DEFAULT = Path("config.yaml")


def load_settings(
    path: Path | None,
    environ: Mapping[str, str],
    platforms: tuple[Platform[Any], ...],
    now: datetime | None = None,
) -> Settings:
    """Read and check a settings file; None: `config.yaml` in the working directory.

    `${NAME}` in a value takes that environment variable. Raises SettingsError with every mistake of form and value;
    what must hold between settings is checked once each of them is right by itself. `now`: for what is out of date by
    then (None: what the clock says).
    """
    path = path or DEFAULT
    document = _document(path)
    kind = settings_of(platforms)
    reporter = Reporter(path, document, kind)
    findings = list(document.findings)
    values = filled(document.values, environ, findings)
    unset = {finding.path for finding in findings if finding.code == "environment"}
    try:
        settings = kind.model_validate(values)
    except ValidationError as error:
        findings += [finding for finding in translated(error, kind) if finding.path not in unset]
        raise reporter.error(findings) from None
    findings += checks.findings(settings)
    if findings:
        raise reporter.error(findings)
    today = (now or SystemClock().now()).astimezone(ZoneInfo(settings.timezone)).date()
    settings._warnings = tuple(_warning(finding, settings.locale) for finding in checks.warnings(settings, today))
    return settings


def _document(path: Path) -> Document:
    try:
        return Document.read(path)
    except FileNotFoundError:
        found, wanted = Words()("settings.found_no_file"), _in_both("settings.copy_example")
        raise SettingsError([Mistake(str(path), 0, "", found, wanted)]) from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        found, wanted = Words()("settings.found_unreadable", why=_why(error)), _in_both("settings.yaml")
        raise SettingsError([Mistake(str(path), mark.line + 1 if mark else 0, "", found, wanted)]) from None


def _in_both(key: str) -> str:
    """Sentence in both languages, before the file tells its own."""
    return "{} ({})".format(*(Words(locale)(key) for locale in LOCALES))


def _why(error: Exception) -> str:
    """The parser's reason without its excerpt of the file, which may show a secret."""
    for attribute in ("problem", "reason", "strerror"):
        if reason := getattr(error, attribute, None):
            return str(reason)
    return type(error).__name__


def _warning(finding: Finding, locale: str) -> str:
    words = Words(locale)(f"settings.{finding.code}", **finding.facts)
    return f"{key_path(finding.path)}: {words}" if finding.path else words
