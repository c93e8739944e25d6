"""The processes that serve a plan, each with a beat that goes on for as long as it lives.

Whether one lives is told by whoever watches its beats, by the watcher's own clock: the clocks of two machines differ.
"""

from datetime import datetime

from sqlalchemy import delete, select, update

from storage.repository import Repository
from storage.tables.delivery import processes


class Processes(Repository):
    def beat(self, process: str, now: datetime) -> None:
        """Beat once more; the first beat makes a process known."""
        if not self._beat_again(process):
            row = {"plan_id": self._plan_id, "process": process, "started_at": now, "beats": 1}
            if not self._add_new(processes, row):  # two threads of it at once
                self._beat_again(process)

    def beats(self) -> dict[str, int]:
        """How often each has beaten."""
        query = select(processes.c.process, processes.c.beats).where(self._of_plan(processes))
        return {process: beats for process, beats in self._connection.execute(query)}

    def forget(self, process: str, beats: int | None = None) -> datetime | None:
        """Since when it had served, by its own clock; None: it was not known, or has beaten more often than `beats`.

        One that wakes while it is being forgotten is either heard here, or beats again after this transaction.
        """
        as_heard = {} if beats is None else {"beats": beats}
        one = self._of_plan(processes, process=process, **as_heard)
        return self._connection.scalar(delete(processes).where(one).returning(processes.c.started_at))

    def _beat_again(self, process: str) -> bool:
        one = self._of_plan(processes, process=process)
        return self._connection.execute(update(processes).where(one).values(beats=processes.c.beats + 1)).rowcount == 1
