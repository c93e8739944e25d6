"""`python -m tests.free_speech [heldout|later|fresh|table|train]`: what is answered to the sentences, in figures."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.maintenance.migrate import upgrade
from tests.databases import opened
from tests.free_speech.score import FreeSpeech, told
from tests.free_speech.sentences import sentences


def main(name: str = "heldout") -> None:
    with TemporaryDirectory() as place:
        url = f"sqlite:///{Path(place) / 'speech.db'}"
        upgrade(url)
        with opened(url) as database:
            company = FreeSpeech(database)
            sys.stdout.writelines(f"{line}\n" for line in told([company.answered(one) for one in sentences(name)]))


if __name__ == "__main__":
    main(*sys.argv[1:])
