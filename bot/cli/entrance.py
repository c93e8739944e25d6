"""From arguments to an exit status: 0 done, 1 failed, 2 wrong usage or settings."""

import io
import secrets
import sys
from collections.abc import Sequence

import structlog
import typer

from bot import logs
from bot.cli import (
    audit,
    backup,
    doctor,
    first_admin,
    import_,
    init,
    language,
    mapping,
    outbox,
    people,
    settings,
    shadow,
    token,
)
from bot.cli.commands import app
from bot.cli.common import FAILED, WRONG_USAGE, Failed
from bot.settings import SettingsError
from bot.tables import TableError
from cards.words import LOCALES, Words

DONE, INTERRUPTED = 0, 130

log = structlog.get_logger()
app.command(name="import")(import_.import_)
app.command()(doctor.doctor)
app.command()(init.init)
app.command(name="first-admin")(first_admin.first_admin)
app.command()(backup.backup)
app.command()(backup.restore)
app.add_typer(audit.app, name="audit")
app.add_typer(language.app, name="language")
app.add_typer(mapping.app, name="mapping")
app.add_typer(outbox.app, name="outbox")
app.add_typer(people.app, name="people")
app.add_typer(settings.app, name="settings")
app.add_typer(shadow.app, name="shadow")
app.add_typer(token.app, name="token")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; None: the process's own arguments. What went wrong is told on standard error in a sentence."""
    _print_anything()
    logs.configure()
    try:
        app(args=arguments, prog_name="run.py")
    except SystemExit as end:
        return end.code if end.code in (DONE, FAILED, WRONG_USAGE, INTERRUPTED) else FAILED
    except SettingsError as error:
        return _complain(str(error), WRONG_USAGE)
    except TableError as error:
        return _complain(str(error), FAILED)
    except Failed as failed:
        return _complain(str(failed), failed.status)
    except Exception:
        ref = secrets.token_hex(4)
        log.exception("command failed", action="command.failed", ref=ref)
        return _complain("\n".join(Words(locale)("cli.unexpected", ref=ref) for locale in LOCALES), FAILED)
    return DONE


def _complain(sentences: str, status: int) -> int:
    typer.echo(logs.redacted(sentences), err=True)
    return status


def _print_anything() -> None:
    """A terminal that knows no Chinese shows escapes instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
