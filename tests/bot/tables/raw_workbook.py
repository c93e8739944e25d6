"""Workbooks as other programs write them, part by part: what openpyxl would never write."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
PARTS = {
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
    'Target="/xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Plan" sheetId="1" r:id="b"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
    f'<Relationship Id="b" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="c" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="d" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
    "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>',
}


def sheet(*rows: str, after: str = "") -> str:
    body = "".join(f"<row>{row}</row>" for row in rows)
    return f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData>{after}</worksheet>'


def text(*cells: str) -> str:
    """Cells of texts that stand in the sheet itself."""
    return "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)


def write_parts(path: Path, parts: dict[str, str | Iterable[str]]) -> Path:
    """`parts` in the place of the usual ones."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**PARTS, **parts}.items():
            with archive.open(name, "w") as file:
                for piece in [content] if isinstance(content, str) else content:
                    file.write(piece.encode())
    return path


def write_sheet(path: Path, *rows: str, after: str = "", **parts: str) -> Path:
    named = {f"xl/{name}.xml": content for name, content in parts.items()}
    return write_parts(path, {"xl/worksheets/sheet1.xml": sheet(*rows, after=after), **named})
