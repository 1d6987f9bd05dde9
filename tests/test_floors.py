"""The lowest floors hold the standard library alone; import-linter holds the rest."""

import re
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LAYERS = next(
    contract["layers"]
    for contract in SETTINGS["tool"]["importlinter"]["contracts"]
    if contract["id"] == "floors"
)
LOWEST = [
    f"oversight.{name}" for layer in LAYERS[-2:] for name in re.findall(r"\w+", layer)
]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(
        "oversight", include_external_packages=True, cache_dir=None
    )


def test_the_lowest_floors_import_the_standard_library_alone(graph):
    lowest = {module for module in LOWEST if module in graph.modules}
    within = {inner for module in lowest for inner in graph.find_descendants(module)}
    others = {
        f"{module} -> {imported}"
        for module in lowest | within
        for imported in graph.find_modules_directly_imported_by(module)
        if imported not in sys.stdlib_module_names
        if not imported.startswith("oversight.")
    }
    assert others == set()


def test_the_lowest_floors_are_not_empty(graph):
    assert {"oversight.headers", "oversight.words"} <= graph.modules & set(LOWEST)
