"""What we run on may be run on: every locked package has a licence we allow, and the file that ships says so."""

import pytest

from tests.docs.licences import ALLOWED, FILE, Package, packages, text, vendored

PACKAGES = [*packages(), *vendored()]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_its_licence_is_one_we_allow(package: Package) -> None:
    assert package.licence, "say in UNTOLD what its own files say"
    assert package.licences <= ALLOWED, package.licence
    assert package.texts or package.is_elsewhere or package.name == "chinesecalendar", "it comes without its text"


def test_the_file_that_ships_is_of_the_lock() -> None:
    assert len(PACKAGES) > 50
    assert FILE.read_text(encoding="utf-8") == text(), "renew it: make licences"
