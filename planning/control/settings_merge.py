"""Two changes of one section of the settings put together: as data, entry by entry and key by key."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from planning.control.settings_version import SettingsVersion, in_force

KEYS = (("id",), ("name",), ("code",), ("who", "types", "departments", "products"), ("fields",))
"""What entries of a list are known by, the first of these whose first key all of them have and that tells them apart:
an id of their own, else what a grant or a mask is about."""
OWN = 3
"""So many of them are ids: an entry with another one is another entry."""
_NOTHING: Any = object()


class Clash(ValueError):
    """Both changed the same, each otherwise. `where`: keys that lead to it, `rules.big-order.deadline_hours`."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def merged(base: Any, ours: Any, theirs: Any, where: str = "") -> Any:
    """What becomes of `base` by both changes; an entry of a list is known by its `id`, or by what it is about. Raises
    Clash."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    sides = (base, ours, theirs)
    if all(isinstance(side, Mapping) for side in sides):
        return _merged_keys(base, ours, theirs, where)
    if keys := keys_of(sides):
        was, mine, other = ({known_by(keys, entry): entry for entry in side} for side in sides)
        if keys not in KEYS[:OWN]:
            _require_told_apart(was, mine, other, where)
        both = _merged_keys(was, mine, other, where)
        return [both[one] for one in _order([*was], [*mine], [*other], both, where)]
    raise Clash(where)


def keys_of(lists: Iterable[Any]) -> tuple[str, ...]:
    """What the entries of all these lists are known by; empty: something else is among them, or one stands twice."""
    lists = list(lists)
    if not all(isinstance(one, list) and all(isinstance(entry, Mapping) for entry in one) for one in lists):
        return ()
    return next((keys for keys in KEYS if all(_are_known_by(keys, one) for one in lists)), ())


def known_by(keys: tuple[str, ...], entry: Mapping[str, Any]) -> str:
    """The name of an entry by these keys: `role:planner / purchase`."""
    values = (entry.get(key) for key in keys)
    return " / ".join(", ".join(map(str, one)) if isinstance(one, list) else str(one) for one in values if one)


def _are_known_by(keys: tuple[str, ...], entries: list[Mapping[str, Any]]) -> bool:
    if keys in KEYS[:OWN] and not all(isinstance(entry.get(keys[0]), str) for entry in entries):
        return False
    names = {known_by(keys, entry) for entry in entries}
    return all(entry.get(keys[0]) for entry in entries) and len(names) == len(entries)


def _require_told_apart(
    base: Mapping[str, Any], ours: Mapping[str, Any], theirs: Mapping[str, Any], where: str
) -> None:
    """Raises Clash where both dropped an entry and each put another in: they may have made it about something else,
    each in their way."""
    dropped = next((name for name in base if name not in ours and name not in theirs), None)
    added = ({*side} - {*base} for side in (ours, theirs))
    if dropped is not None and all(added):
        raise Clash(f"{where}.{dropped}".lstrip("."))


def _merged_keys(base: Any, ours: Any, theirs: Any, where: str) -> dict[str, Any]:
    both = {}
    for key in dict.fromkeys((*theirs, *ours)):
        was, mine, other = (side.get(key, _NOTHING) for side in (base, ours, theirs))
        value = merged(was, mine, other, f"{where}.{key}".lstrip("."))
        if value is not _NOTHING:
            both[key] = value
    return both


def _order(
    base: list[str], ours: list[str], theirs: list[str], left: Collection[str], where: str
) -> list[str]:
    """As whoever moved entries has them; what the other one added stands behind the same entry as there, for the first
    rule that fits is the one that counts. Both may add at the end. `left`: what both leave there. Raises Clash."""
    mine, other = (_moves(base, side) for side in (ours, theirs))
    if mine and other and [one for one in ours if one in theirs] != [one for one in theirs if one in ours]:
        raise Clash(where)
    first, second = (ours, theirs) if mine else (theirs, ours)
    found = [one for one in first if one in left]
    for n, one in enumerate(second):
        if one in found or one not in left:
            continue
        place = next((found.index(known) + 1 for known in reversed(second[:n]) if known in found), 0)
        if place < len(found) and found[place] not in second:  # the first one added something at the same place
            if any(known in second for known in found[place:]):
                raise Clash(f"{where}.{one}".lstrip("."))
            place = len(found)
        found.insert(place, one)
    return found


def _moves(base: list[str], side: list[str]) -> bool:
    return [one for one in side if one in base] != [one for one in base if one in side]


def carried(standing: Iterable[SettingsVersion], made: SettingsVersion) -> list[SettingsVersion]:
    """What has to follow a version where others of its section take effect later: each of them with its change, so that
    they do not take it back on their day. `standing`: what is in force when it takes effect, and what will be. Raises
    Clash."""
    known = [one for one in standing if one.section == made.section]
    before = in_force(known, made.effective_from).get(made.section)
    base = before.document if before else None
    later = {one.effective_from for one in known if not one.is_in_force(made.effective_from)}
    found, last = list[SettingsVersion](), made.document
    for moment in sorted(later):
        then = in_force(known, moment)[made.section]
        document = merged(base, made.document, then.document, made.section)
        # Of all that have begun the newest is in force, which is `made` or one of those that follow it: what says the
        # same as `then` has to be said again.
        if document != last:
            again = replace(then, document=document, at=made.at, made_by=made.made_by, approved_by=made.approved_by)
            found.append(replace(again, file_hash=""))
        last = document
    return found
