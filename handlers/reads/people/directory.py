"""同步 by itself: what a directory says otherwise and waits to be applied, in full."""

from handlers.govern.directory_previews import open_requests, preview_of
from handlers.govern.kept_settings import SettingsDesk
from handlers.language.commands.directory import ShowDirectory
from handlers.notify.people.directory_lines import WHOLE, DirectoryLines
from handlers.turn import Ask, Turn
from planning.refusal import Refused


def show_directory(turn: Turn, ask: Ask, command: ShowDirectory) -> str:
    """Raises "settings-in-file", "may-not-set", "sync-in-private"."""
    SettingsDesk(turn).require_admin(ask.person)
    if not ask.single:
        raise Refused("sync-in-private")
    requests, told = open_requests(turn), []
    for request in requests:
        lines = DirectoryLines(turn, preview_of(turn, request), WHOLE)
        told.append("\n".join([f"**{lines.headline}**", *lines]))
    return "\n\n".join(told) or turn.words("directory.nothing")
