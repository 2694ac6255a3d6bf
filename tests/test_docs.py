"""Documents say what the code does."""

import ast
import json
import tomllib

from conftest import ROOT
from wbp_check import Standard
from wbp_check.modelstore import default_model, read_manifest


def test_the_guide_has_the_tables_of_the_standard(standard: Standard) -> None:
    guide = (ROOT / "docs" / "annotation-guide.md").read_text(encoding="utf-8")
    for area in standard.areas:
        assert f"| `{area.code}` | {area.tells} |" in guide
    for part in standard.parts:
        assert f"| `{part.code}` | {part.counts} | {part.does_not_count} |" in guide


def test_the_readme_shows_check_report_as_it_is() -> None:
    source = (ROOT / "src" / "wbp_check" / "check.py").read_text(encoding="utf-8")
    (function,) = [n for n in ast.parse(source).body if isinstance(n, ast.FunctionDef)]
    function.body = function.body[1:]  # the docstring
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = readme.split("```python\n")[1].split("```")[0]
    assert ast.dump(ast.parse(shown)) == ast.dump(ast.parse(ast.unparse(function)))


def test_version_changelog_and_package_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {project['version']} " in changelog


def test_the_model_card_has_the_figures_of_the_metrics() -> None:
    folder = default_model()
    card = (folder / "README.md").read_text(encoding="utf-8")
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    assert f"{metrics['test']['parts']['tagged']['micro_f1']:.3f}" in card
    assert f"{metrics['test']['criteria']['all']['kappa']:.3f}" in card
    assert "no real apprentice's work" in card
    assert read_manifest(folder).name in card


def test_the_json_schema_is_described() -> None:
    from wbp_check.export.json import SCHEMA

    assert f"schema {SCHEMA}" in (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
