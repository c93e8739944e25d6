"""The hash of a plan's content: a sum of its parts' hashes, so that a revision costs what it moves.

Each part is hashed to 4,096 bits, and these are added modulo 2^4096 (AdHash, Bellare and Micciancio 1997): independent
of order, and taken back by subtraction. So many bits, because a sum of 256 could be met by choosing some hundred parts
(Wagner's k-tree): 2^32 steps there, 2^128 here.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256, shake_256
from typing import Any

from planning.plan.amount import plain
from planning.plan.impact import Line
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Stock
from planning.trail.chain import digest

BYTES = 512
SIZE = 1 << (8 * BYTES)
Part = Item | Link


def sum_of(parts: Iterable[Part]) -> int:
    return sum(map(_hash, parts)) % SIZE


def moved(total: int, gone: Iterable[Part], come: Iterable[Part]) -> int:
    """The sum once some parts have gone and others come; what becomes another goes and comes."""
    return (total - sum_of(gone) + sum_of(come)) % SIZE


def plan_hash(total: int, lines: Iterable[Line]) -> str:
    """What a revision seals: all items and links after it, and what it says that it changed. Paths are left out: they
    tell why, and how they are told may become another."""
    told = [(line.item, line.title, line.department, line.field, line.before, line.after, line.days) for line in lines]
    return digest(sha256(total.to_bytes(BYTES)).hexdigest(), *([digest(*told)] if told else ()))


def stock_hash(stock: Iterable[Stock]) -> str:
    return digest(sorted((kept.product, _told(kept.on_hand), _told(kept.safety)) for kept in stock))


def _hash(part: Part) -> int:
    return int.from_bytes(shake_256(_text(part).encode()).digest(BYTES))


def _text(part: Part) -> str:
    """A part in one line. Fields without a value are left out, so that one more some day leaves old hashes as they
    are."""
    values = ((name, getattr(part, name), default) for name, default in _FIELDS[type(part)])
    return json.dumps([type(part).__name__, {name: _told(value) for name, value, empty in values if value != empty}],
                      sort_keys=True)  # fmt: skip


def _told(value: Any) -> Any:
    """A value as JSON, the same from every database: 10.00 is 10."""
    match value:
        case Decimal():
            return plain(value)
        case Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return dict(value)
    return value


def _default(field: Field[Any]) -> Any:
    return field.default if field.default_factory is MISSING else field.default_factory()


_FIELDS = {kind: [(field.name, _default(field)) for field in fields(kind)] for kind in (Item, Link)}
