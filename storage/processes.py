"""The processes that serve a plan, each with a beat that goes on for as long as it lives.

Whether one lives is told by whoever watches its beats, by the watcher's own clock: the clocks of two machines differ.
"""

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from storage.repository import Repository
from storage.tables import processes


class Processes(Repository):
    def beat(self, process: str, now: datetime) -> None:
        """Beat once more; the first beat makes a process known."""
        one = self._of_plan(processes, process=process)
        if self._connection.execute(update(processes).where(one).values(beats=processes.c.beats + 1)).rowcount == 0:
            row = {"plan_id": self._plan_id, "process": process, "started_at": now, "beats": 1}
            self._connection.execute(insert(processes).values(row))

    def beats(self) -> dict[str, int]:
        """How often each has beaten."""
        query = select(processes.c.process, processes.c.beats).where(self._of_plan(processes))
        return {process: beats for process, beats in self._connection.execute(query)}

    def forget(self, process: str) -> datetime | None:
        """Since when it had served, by its own clock; None: it was not known."""
        gone = delete(processes).where(self._of_plan(processes, process=process)).returning(processes.c.started_at)
        return self._connection.scalar(gone)
