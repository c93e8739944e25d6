"""Two changes of one section of the settings put together: as data, entry by entry and key by key."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from planning.control.settings_version import SettingsVersion, in_force

KEYS = ("id", "name", "code")
"""What entries of a list are known by, the first of these that all of them have."""
_NOTHING: Any = object()


class Clash(ValueError):
    """Both changed the same, each otherwise. `where`: keys that lead to it, `rules.big-order.deadline_hours`."""

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.where = where


def merged(base: Any, ours: Any, theirs: Any, where: str = "") -> Any:
    """What becomes of `base` by both changes; an entry of a list is known by its `id`. Raises Clash."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    sides = (base, ours, theirs)
    if all(isinstance(side, Mapping) for side in sides):
        return _merged_keys(base, ours, theirs, where)
    if key := key_of(sides):
        was, mine, other = ({entry[key]: entry for entry in side} for side in sides)
        both = _merged_keys(was, mine, other, where)
        return [both[one] for one in _order([*was], [*mine], [*other], both, where)]
    raise Clash(where)


def key_of(lists: Iterable[Any]) -> str:
    """What the entries of all these lists are known by; empty: something else is among them, or one stands twice."""
    lists = list(lists)
    if not all(isinstance(one, list) and all(isinstance(entry, Mapping) for entry in one) for one in lists):
        return ""
    return next((key for key in KEYS if all(_is_known_by(key, one) for one in lists)), "")


def _is_known_by(key: str, entries: list[Mapping[str, Any]]) -> bool:
    names = [entry.get(key) for entry in entries]
    return all(isinstance(name, str) for name in names) and len({*names}) == len(names)


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
