"""Imports point one way, and each outside library has its one door."""

import ast
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "wbp_check"
MODULES = {
    ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(SOURCE.rglob("*.py"))
    if path.name != "app.py"
}
# Lower layers may not import from higher ones; within a layer nothing imports another,
# but for the reader's own modules among each other and those of learn.
LAYERS = (
    {"errors", "types"},
    {"standard", "echo", "examples", "cover", "criterion_codes"},
    {"words", "encoder", "read", "body", "claim_places", "annex_labels", "privacy"},
    {"passages", "tagger", "judge", "annexes"},
    {
        "modelstore",
        "check",
        "review",
        "interview",
        "claims",
        "signposts",
        "proposal",
        "duties",
        "timeline",
    },
    {"present", "drafts"},
    {"export"},
    {"drawings", "cohort"},
    {"learn"},
    {"terminal"},
    {"cli", "page"},
    {"__main__"},
)
PACKAGES = ("read", "cli", "page", "terminal")
"""Whose door is the package as a whole."""
STEPS = ("read", "body", "passages", "tagger", "judge")
DOORS = {
    "docx": {"wbp_check.export.docx_pages"},
    "lxml": {"wbp_check.read"},
    "pypdfium2": {"wbp_check.read", "wbp_check.export.pdf_notes"},
    # the others name its type only
    "spacy": {
        "wbp_check.passages",
        "wbp_check.check",
        "wbp_check.cohort.run",
        "wbp_check.page",
    },
    "onnxruntime": {"wbp_check.encoder", "wbp_check.learn.finetune"},
    "tokenizers": {"wbp_check.encoder", "wbp_check.learn.finetune"},
    "joblib": {"wbp_check.cohort.run"},
    "distributed": {"wbp_check.cohort.run"},
    "openpyxl": {
        "wbp_check.cohort.workbook",
        "wbp_check.cohort.sheet",
        "wbp_check.export.cells",
        "wbp_check.export.mapping_xlsx",
    },
    "presidio_analyzer": {"wbp_check.privacy.recognisers"},
    "highspy": {"wbp_check.cover"},
    "sklearn": {"wbp_check.learn.heads"},
    "torch": {"wbp_check.learn.finetune"},
    "transformers": {"wbp_check.learn.finetune"},
    "rich": {"wbp_check.terminal", "wbp_check.cli"},
    "click": {"wbp_check.cli"},
    "streamlit": {"wbp_check.cli", "wbp_check.page"},
}


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides its direction"
            found.add(node.module or "")
    return found


def unit_of(module: str) -> str:
    """`read` for wbp_check.read.docx; the package itself is the surface, above all but cli."""
    return module.removeprefix("wbp_check").lstrip(".").partition(".")[0]


@pytest.mark.parametrize("module", [m for m in MODULES if unit_of(m)])
def test_imports_point_down(module: str) -> None:
    layer = {unit: number for number, units in enumerate(LAYERS) for unit in units}
    own = unit_of(module)
    for name in imports_of(MODULES[module]):
        if not name.startswith("wbp_check"):
            continue
        other = unit_of(name)
        assert other, f"{module} imports the package's surface"
        if other != own:
            assert layer[other] < layer[own], f"{module} imports {name}"


def test_steps_never_import_each_other() -> None:
    for module, path in MODULES.items():
        if unit_of(module) in STEPS:
            others = {unit_of(name) for name in imports_of(path) if name.startswith("wbp_check")}
            assert not (others & set(STEPS)) - {unit_of(module)}, module


def test_types_and_errors_need_only_the_standard_library() -> None:
    for name in ("types", "errors"):
        assert imports_of(MODULES[f"wbp_check.{name}"]) <= sys.stdlib_module_names


@pytest.mark.parametrize("library", DOORS)
def test_each_library_has_its_door(library: str) -> None:
    for module, path in MODULES.items():
        if any(name.partition(".")[0] == library for name in imports_of(path)):
            unit = unit_of(module)
            door = f"wbp_check.{unit}" if unit in PACKAGES else module
            assert door in DOORS[library], f"{module} imports {library}"


def test_neither_the_page_nor_a_check_imports_learn() -> None:
    page = imports_of(SOURCE.parents[1] / "app.py")
    assert not any(name.startswith("wbp_check.learn") for name in page)
    seen: set[str] = set()
    todo = ["wbp_check.check", "wbp_check.modelstore", "wbp_check.present", "wbp_check.export.json"]
    while todo:
        module = todo.pop()
        if module in MODULES and module not in seen:
            seen.add(module)
            todo += [name for name in imports_of(MODULES[module]) if name.startswith("wbp_check")]
    assert seen >= {"wbp_check.tagger", "wbp_check.words"}
    assert not any(module.startswith("wbp_check.learn") for module in seen)


def test_the_page_defines_no_class() -> None:
    tree = ast.parse((SOURCE.parents[1] / "app.py").read_text(encoding="utf-8"))
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]


def test_the_public_names_are_those_exported() -> None:
    import wbp_check

    exported = {
        alias.asname or alias.name
        for node in ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert exported == set(wbp_check.__all__)
