"""Write THIRD-PARTY-LICENSES.txt: every locked package we run on, under which licence, with its text (`make licences`).

Read from what is installed, so it needs no internet.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from tests import ROOT

LOCK, FILE = ROOT / "requirements.lock", ROOT / "THIRD-PARTY-LICENSES.txt"
VENDORED = ROOT / "bot" / "web" / "pages" / "static"
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)(?: ; ([^\\]+))?", re.MULTILINE)
TEXT = re.compile(r"(?i)(^|/)(licen[cs]e|copying|notice)[^/]*$")
UNTOLD = {
    "cel-python": "Apache-2.0",
    "colorama": "BSD-3-Clause",
    "htmx": "0BSD",
    "pysqlite3": "Zlib",
    "resvg-py": "MIT",
}
"""Licences of packages whose metadata does not tell, as their own files and pages do."""
SHORT = {
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
ALLOWED = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause ISC LGPL-3.0-only MIT MIT-0 MPL-2.0 PSF-2.0 Zlib".split()
)
"""Licences that ask nothing of who runs us beside naming them; LGPL: psycopg is used as it is, by import."""
HEAD = """Third-party licences

Tongpan itself is under Apache-2.0 (LICENSE). It runs on these packages, as locked in requirements.lock,
and on the scripts of bot/web/pages/static:

"""


@dataclass(frozen=True, slots=True)
class Package:
    name: str
    version: str
    licence: str
    """An SPDX expression; empty: not known."""
    texts: tuple[str, ...]
    is_elsewhere: bool
    """Installed on other systems only."""

    @property
    def licences(self) -> set[str]:
        return set(re.split(r" AND | OR ", self.licence))


def packages() -> Iterator[Package]:
    """In the lock's order."""
    for name, version, marker in LOCKED.findall(LOCK.read_text(encoding="utf-8")):
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            yield Package(name, version, UNTOLD.get(name, ""), (), bool(marker))
        else:
            yield Package(name, version, _licence(name, found), _texts(found), False)


def vendored() -> Iterator[Package]:
    """Scripts that lie among our own files, by the name and the version in their name."""
    for file in sorted(VENDORED.glob("*.min.js")):
        name, _, version = file.name.removesuffix(".min.js").partition("-")
        told = (VENDORED / f"{name}.LICENSE.txt").read_text(encoding="utf-8").strip()
        yield Package(name, version, UNTOLD[name], (told,), False)


def text() -> str:
    known = [*packages(), *vendored()]
    width = max(len(f"{package.name} {package.version}") for package in known)
    table = "\n".join(f"{f'{one.name} {one.version}':<{width}}  {one.licence}" for one in known)
    return HEAD + table + "\n" + "".join(_chapter(package) for package in known)


def _chapter(package: Package) -> str:
    told = "\n\n".join(package.texts) or f"{package.licence}; the package comes without its text."
    return f"\n{'-' * 80}\n{package.name} {package.version}\n{'-' * 80}\n\n{told}\n"


def _licence(name: str, found: metadata.Distribution) -> str:
    told = _field(found, "License-Expression")
    classifiers = found.metadata.get_all("Classifier") or []
    classes = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License")]
    field = _field(found, "License")
    one_line = SHORT.get(field, field) if "\n" not in field else ""
    return told or " AND ".join(SHORT.get(one, one) for one in classes) or UNTOLD.get(name) or one_line


def _field(found: metadata.Distribution, name: str) -> str:
    return str(found.metadata[name]) if name in found.metadata else ""


def _texts(found: metadata.Distribution) -> tuple[str, ...]:
    files = [file for file in found.files or [] if TEXT.search(str(file)) and file.suffix not in (".py", ".pyc")]
    read = (Path(file.locate()).read_text(encoding="utf-8", errors="replace") for file in sorted(files))
    return tuple(dict.fromkeys("\n".join(line.rstrip() for line in one.strip().splitlines()) for one in read))


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
