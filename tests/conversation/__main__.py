"""`python -m tests.conversation`: how far it is from each sentence of the table to what was meant."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.maintenance.migrate import upgrade
from tests.conversation.figures import told
from tests.conversation.table import played, rows
from tests.conversation.world import World
from tests.databases import opened


def main() -> None:
    with TemporaryDirectory() as place:
        url = f"sqlite:///{Path(place) / 'conversation.db'}"
        upgrade(url)
        with opened(url) as database:
            world = World(database)
            talks = [(row, played(world, row)) for row in rows()]
    sys.stdout.writelines(f"{line}\n" for line in told(talks))


if __name__ == "__main__":
    main()
