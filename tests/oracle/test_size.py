"""The program stands alone and stays small."""

import ast
import sys
from pathlib import Path

HERE = Path(__file__).parent
PROGRAM = [HERE / f"{name}.py" for name in ("company", "forecast", "readiness", "exceptions", "__main__")]
MOST = 700


def test_it_has_no_more_lines_than_were_asked_for() -> None:
    assert sum(map(_lines_of_code, PROGRAM)) <= MOST


def test_it_imports_nothing_but_itself_and_what_python_brings() -> None:
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                assert node.module.split(".")[0] in sys.stdlib_module_names, path
            if isinstance(node, ast.Import):
                assert {one.name.split(".")[0] for one in node.names} <= sys.stdlib_module_names, path
            if isinstance(node, ast.ImportFrom) and node.level:
                assert HERE / f"{node.module}.py" in PROGRAM, path


def _lines_of_code(path: Path) -> int:
    """Neither blank lines nor comments, nor what describes a module, a class or a function."""
    text = path.read_text(encoding="utf-8")
    described = set[int]()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            described |= {*range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1)}
    told = enumerate(text.splitlines(), 1)
    return sum(bool(line.strip()) and not line.strip().startswith("#") for n, line in told if n not in described)
