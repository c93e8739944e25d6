"""What to say when the object is clear and the arguments are not: keep the part that is, show the rest."""

from collections.abc import Callable
from dataclasses import replace

from handlers.language.objects import boundaries, split_object
from handlers.language.typed import Typed
from planning.refusal import Refused

_MOST_WORDS = 12
"""So many words at the end are tried as a reason without 因为."""


def not_read(
    typed: Typed, split: tuple[str, str], read: Callable[[str], object | None], missing: str, sample: str
) -> Refused:
    """The refusal for arguments `read` could not take in: `leftover` when a part of them can be, else `missing`.

    Words after the arguments are most likely a reason without 因为, and are offered as one; of two amounts or dates
    (`从12-03到12-05`) the last is the wanted one.
    """
    words, arguments = split
    kept = _beginning(typed, arguments, read)
    extra = typed.rest[len(kept) :].strip()
    if kept and not (arguments and _can(read, extra)):
        offered = replace(typed, reason=typed.reason or ("" if any(c.isdigit() for c in extra) else extra))
        return offered.refused("leftover", found=extra, example=kept)
    if end := next((arguments[at:] for at in boundaries(arguments) if _can(read, arguments[at:])), ""):
        return typed.refused("leftover", found=arguments.removesuffix(end).strip(), example=f"{words} {end}")
    return typed.refused(missing, found=arguments, example=f"{words or '<单号>'} {sample}")


def _beginning(typed: Typed, arguments: str, read: Callable[[str], object | None]) -> str:
    """The longest beginning of the command that can be read, cut between words where there is no code to go by."""
    if arguments:
        before = typed.rest.rindex(arguments)
        cuts = [at for at in boundaries(arguments) if at]
        cut = next((at for at in reversed(cuts) if read(arguments[:at].strip()) is not None), 0)
        return typed.rest[: before + cut].strip() if cut else ""
    spaces = [at for at, c in enumerate(typed.rest) if c == " "]
    for at in reversed(spaces[-_MOST_WORDS:]):
        if split_object(replace(typed, rest=typed.rest[:at]), read)[2] is not None:
            return typed.rest[:at]
    return ""


def _can(read: Callable[[str], object | None], text: str) -> bool:
    """Whether an end can be read: what it would be refused for is not what is wrong with the command."""
    try:
        return read(text) is not None
    except Refused:
        return False
