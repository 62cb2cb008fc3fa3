"""What the import contracts cannot say: what loads when, what a package's first file holds, and what gets shipped."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("assess", "reports", "forms")
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "base", "misc"}
HEAVY = ("PySide6", "numpy", "scipy", "matplotlib", "typst", "openpyxl", "docx")


def python_files() -> list[Path]:
    return [file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py"))]


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(node: ast.stmt) -> list[str]:
    """The modules an import statement names; none for any other statement."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def loaded_after(program: str) -> set[str]:
    """The top-level modules in memory of a new Python after it ran `program`."""
    program += "\nimport sys; sys.stderr.write('|'.join(sorted({name.partition('.')[0] for name in sys.modules})))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("\n")[2].split("|"))


@pytest.mark.parametrize(
    ("package", "absent"),
    [("assess", {"PySide6", "matplotlib", "typst", "jinja2", "docx"}), ("reports", {"PySide6"})],
)
def test_a_package_below_the_window_loads_no_window(package: str, absent: set[str]) -> None:
    modules = [module_of(file) for file in python_files() if file.parts[len(ROOT.parts)] == package]
    modules = [module for module in modules if not module.endswith("__main__")]
    loaded = loaded_after("\n".join(f"import {module}" for module in modules))
    assert loaded & absent == set()


def test_the_command_line_starts_without_qt_and_without_heavy_libraries() -> None:
    loaded = loaded_after("import forms.cli")
    assert loaded & set(HEAVY) == set()


def test_the_command_line_imports_nothing_before_a_verb_needs_it() -> None:
    """Heavy libraries may be imported inside functions of the commands and of what they call, never at the top."""
    at_top = {
        f"{module_of(file)} imports {name}"
        for file in (ROOT / "forms" / "commands").glob("*.py")
        for node in ast.parse(file.read_bytes()).body
        for name in imported(node)
        if name.partition(".")[0] in (*HEAVY, "reports", "jinja2")
    }
    assert at_top == set()


@pytest.mark.parametrize(
    ("verbs", "absent"),
    [
        ([["--help"], ["score", "--help"], ["report", "--help"], ["demo", "--help"]], set(HEAVY)),
        ([["check", "zhiheng"]], set(HEAVY)),
        (
            [["new", "{folder}/a.zhd", "--unit", "甲市"], ["show", "{folder}/a.zhd"], ["score", "{folder}/a.zhd"]],
            {"PySide6", "scipy", "matplotlib", "typst", "openpyxl", "docx", "jinja2"},
        ),
    ],
    ids=["help", "check", "documents"],
)
def test_a_verb_loads_neither_qt_nor_a_renderer(verbs: list[list[str]], absent: set[str], tmp_path: Path) -> None:
    given = [[part.format(folder=tmp_path.as_posix()) for part in verb] for verb in verbs]
    calls = "\n".join(f"assert main({verb!r}) == 0" for verb in given)
    assert loaded_after(f"from forms.cli import main\n{calls}") & absent == set()


def test_reports_are_written_without_a_window(tmp_path: Path) -> None:
    """The whole way to HTML and PDF, on a machine that need not have Qt."""
    program = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from forms.commands.demo import write_reports\n"
        f"assert len(write_reports('990303', {str(tmp_path)!r}, 'zh', ('html', 'pdf'))) == 2"
    )
    loaded_after(program)
    assert {path.suffix for path in tmp_path.iterdir()} == {".html", ".pdf"}


@pytest.mark.parametrize("file", [f for f in python_files() if f.name == "__init__.py"], ids=module_of)
def test_the_first_file_of_a_package_holds_a_docstring_and_nothing_else(file: Path) -> None:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    assert len(body) == 1
    assert isinstance(body[0], ast.Expr)
    assert isinstance(body[0].value, ast.Constant)
    assert isinstance(body[0].value.value, str)


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [str(file.relative_to(ROOT)) for file in python_files() if file.stem in VAGUE] == []


def test_every_module_says_what_it_is() -> None:
    silent = [module_of(file) for file in python_files() if not ast.get_docstring(ast.parse(file.read_bytes()))]
    assert silent == []


def test_everything_that_is_not_code_is_named_as_package_data() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["*"]
    suffixes = {PurePosixPath(pattern).suffix for pattern in patterns if "*." in pattern}
    names = {PurePosixPath(pattern).name for pattern in patterns if "*." not in pattern}
    left_out = [
        str(file.relative_to(ROOT))
        for package in PACKAGES
        for file in sorted((ROOT / package).rglob("*"))
        if file.is_file()
        and "__pycache__" not in file.parts
        and file.suffix not in suffixes | {".py", ".pyc"}
        and file.name not in names
    ]
    assert left_out == []


def test_the_lock_names_no_host_and_has_a_digest_for_every_package() -> None:
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        packages = [block for block in text.replace("\\\n", " ").splitlines() if block.strip()]
        assert packages
        assert [block for block in packages if "==" not in block or "--hash=sha256:" not in block] == []


def test_both_locks_hold_the_same_versions() -> None:
    def versions(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.rstrip(" \\") for line in lines if "==" in line and not line.startswith(" ")}

    assert versions("requirements.lock") <= versions("requirements-test.lock")
