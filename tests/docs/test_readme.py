"""The READMEs name every command there is, as its record has it."""

from pathlib import Path

import pytest

from tests.docs.command_table import READMES, with_table


@pytest.mark.parametrize("readme", READMES, ids=lambda readme: readme.name)
def test_the_table_of_commands_is_that_of_the_records(readme: Path) -> None:
    assert readme.read_text(encoding="utf-8") == with_table(readme), "write it anew: make readme"
