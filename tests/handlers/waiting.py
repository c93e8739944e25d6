"""Seeing from outside that transactions of a PostgreSQL database wait for each other."""

import asyncio

import psycopg
from sqlalchemy import make_url

WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


async def waiting_for_locks(url: str, count: int) -> None:
    """Until so many of its connections wait for another's lock."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    async with asyncio.timeout(20):
        while await asyncio.to_thread(_waiting, plain) < count:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.02)


def _waiting(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(WAITING).fetchone()
        return int(row[0]) if row else 0
