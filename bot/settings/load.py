"""Load settings from a file and, where it keeps some of them, from the database; or raise the full list of mistakes."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.channels.common.platform import Platform
from bot.clock import SystemClock
from bot.settings.file import SettingsFile
from bot.settings.mistake import Finding, SettingsError
from bot.settings.model import Settings
from bot.settings.report import Reporter
from planning.control.settings_version import SettingsVersion, hash_of

DEFAULT = Path("config.yaml")
Kept = Callable[[Settings, datetime], Mapping[str, SettingsVersion]]
"""What a database keeps, by the settings that say where it is; empty: nothing."""


def load_settings(
    path: Path | None,
    environ: Mapping[str, str],
    platforms: tuple[Platform[Any], ...],
    now: datetime | None = None,
    kept: Kept | None = None,
) -> Settings:
    """Read and check a settings file; None: `config.yaml` in the working directory.

    `${NAME}` in a value takes that environment variable. Raises SettingsError with every mistake of form and value;
    what must hold between settings is checked once each of them is right by itself. `now`: for what is out of date by
    then (None: what the clock says). `kept`: looks into the database; None: all is read from the file.
    """
    now = now or SystemClock().now()
    file = SettingsFile.read(path or DEFAULT, environ, platforms)
    if kept is None:
        return file.settings(now)
    try:
        bare = file.bare()
    except SettingsError:
        return file.settings(now)  # which says these mistakes and all the others
    versions = kept(bare, now)
    if bare.settings.source == "file":
        _require_nothing_of_its_own(file, versions)
        return file.settings(now)
    return file.settings(now, versions or None)


def _require_nothing_of_its_own(file: SettingsFile, versions: Mapping[str, SettingsVersion]) -> None:
    """Raises SettingsError where the file would do away with what was made in the chat."""
    made_here = [one for one in versions.values() if not one.is_from_file]
    told = ", ".join(one.section for one in made_here if hash_of(one.document) != file.hash_of(one.section))
    if told:
        finding = Finding.at("settings", "source", code="source_not_file", sections=told, file=file.path)
        raise Reporter(file.path, file.document, file.kind).error([finding])
