"""Previews of directories, from what was read of them and the newest settings."""

from collections.abc import Mapping
from dataclasses import replace

from handlers.govern.directory import Preview, unpacked
from handlers.govern.kept_settings import DEPARTMENTS, PEOPLE, SettingsDesk, kept_by_database
from handlers.turn import Turn
from planning.control.settings_request import SettingsRequest, Wish
from planning.people.directory import Directory, Unit
from planning.people.directory_run import DirectoryRun, RunState
from planning.refusal import Refused
from storage.control.directories import Directories


def preview_of(turn: Turn, request: SettingsRequest) -> Preview:
    """Raises "setting-settled" where what was read is not kept any more."""
    directories = directories_of(turn)
    run = directories.run(int(request.facts["run"]))
    if run is None:
        raise Refused("setting-settled")
    return preview_from(turn, run, directories.read(run.number), unpacked(request.facts.get("chosen", "")))


def open_requests(turn: Turn) -> list[SettingsRequest]:
    """What is waiting to be applied, of each platform."""
    return [one for one in turn.uow.settings_requests.open_ones() if one.wish is Wish.DIRECTORY]


def preview_from(turn: Turn, run: DirectoryRun, directory: Directory, choice: Mapping[str, str]) -> Preview:
    desk, directories = SettingsDesk(turn), directories_of(turn)
    platforms = tuple(sorted({one.platform for one in turn.environment.platforms.by_prefix.values()}))
    if not run.is_whole:
        directory = replace(directory, units=_known_units(directories, run.platform))
    numbers = {
        one.person: one.number
        for platform in platforms if platform != run.platform
        for one in directories.told(platform).values() if one.number
    }  # fmt: skip
    only = None if run.users is None else frozenset(run.users)
    entries = tuple(desk.entries(DEPARTMENTS)), tuple(desk.entries(PEOPLE))
    return Preview(run.platform, directory, *entries, directories.told(run.platform), numbers, choice, platforms, only)


def _known_units(directories: Directories, platform: str) -> Mapping[str, Unit]:
    """Departments as they were when all were read last."""
    runs = [*directories.in_state(RunState.OVER, platform), *directories.in_state(RunState.READ, platform)]
    whole = [one.number for one in runs if one.is_whole]
    return directories.read(max(whole)).units if whole else {}


def directories_of(turn: Turn) -> Directories:
    return turn.uow.directories_of(kept_by_database(turn).home)
