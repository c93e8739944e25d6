"""Templates of SVG documents: what is put into them is escaped, and without signs that XML does not know."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from cards.picture.text import printable


def svg_templates(folder: Path) -> Environment:
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
