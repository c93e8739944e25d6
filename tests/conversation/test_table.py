"""Every sentence of the table leads to what it says, and to nothing that nobody said."""

import pytest

from tests.conversation.table import LEADS, PREVIEWED, Row, played, rows, unsaid, wrong
from tests.conversation.world import World
from tests.free_speech.sentences import sentences


@pytest.mark.parametrize("row", rows(), ids=str)
def test_a_sentence_leads_to_what_it_means(world: World, row: Row) -> None:
    talk = played(world, row)
    if row.open:
        assert set(unsaid(row, talk)) <= PREVIEWED
        assert wrong(row, talk), "it does by now: take `open` from the table"
    else:
        assert unsaid(row, talk) == []
        assert wrong(row, talk) == ""


def test_half_of_it_is_of_writers_who_never_saw_the_grammar() -> None:
    said = [f"「{row.quoted}」\n{row.says}" if row.quoted else row.says for row in rows() if row.by]
    assert said == [one.text for one in sentences("table")]
    assert len(rows()) >= 300
    assert 2 * len(said) >= len(rows())


def test_it_speaks_of_what_there_is() -> None:
    assert {row.leads for row in rows()} == set(LEADS)
