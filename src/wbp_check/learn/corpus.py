"""The labelled corpus: whole reports in Markdown and single passages in JSON lines.

The format is that of docs/annotation-guide.md: one unit a line, its labels in braces at the end,
the area first, near misses with a tilde. Errors say file and line.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from wbp_check.body import place_blocks
from wbp_check.errors import BadCorpus
from wbp_check.passages import lay_passages
from wbp_check.standard import Standard
from wbp_check.types import Block, BlockKind, Format, Passage, Report

_LABELS = re.compile(r"\s*\{([^{}]*)\}\s*$")
_HEADING = re.compile(r"^(#{1,6})\s+(.*)$")
_NUMBERED = re.compile(r"^(\d{1,2}[.)])\s+(.*)$")
_CAPTION = re.compile(r"^(?:Figure|Table|Chart|Graph|Fig\.)\s+\d+\b", re.I)
_SENTENCE_END = re.compile(r"[.!?][\"\u201d\u2019')]*$")
_LONGEST_CAPTION = 30  # words
_NEAR = "~"


class PassageKind(StrEnum):
    """What a single passage was written to be."""

    EVIDENCE = "evidence"
    NEAR_MISS = "near-miss"
    DENIAL = "denial"
    ECHO = "echo"
    TERMS = "terms"
    NOTHING = "nothing"
    ROUGH = "rough"


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """What a reader says of one unit."""

    area: str | None = None
    parts: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldReport:
    """A labelled report. `labels` stands beside `passages`, one for each."""

    id: str
    meta: dict[str, str]
    report: Report
    passages: tuple[Passage, ...]
    labels: tuple[Labels, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPassage:
    """A labelled single passage. `source` is its file's stem."""

    source: str
    text: str
    labels: Labels
    kind: PassageKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Splits:
    """Ids of the reports of each split, and the passage files that are never trained on."""

    train: tuple[str, ...]
    dev: tuple[str, ...]
    test: tuple[str, ...]
    test_passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All labelled material."""

    reports: tuple[GoldReport, ...]
    passages: tuple[GoldPassage, ...]
    splits: Splits
    sha256: str

    @property
    def training_passages(self) -> tuple[GoldPassage, ...]:
        """The single passages outside the test split."""
        return tuple(p for p in self.passages if p.source not in self.splits.test_passages)

    @property
    def test_passages(self) -> tuple[GoldPassage, ...]:
        """The single passages of the test split."""
        return tuple(p for p in self.passages if p.source in self.splits.test_passages)

    def reports_of(self, ids: Iterable[str]) -> tuple[GoldReport, ...]:
        """The reports with these ids, in the corpus's order."""
        wanted = set(ids)
        return tuple(report for report in self.reports if report.id in wanted)


def load_corpus(folder: Path, standard: Standard) -> Corpus:
    """Read `reports/*.md`, `passages/*.jsonl` and `splits.toml`. Raises BadCorpus."""
    report_files = sorted((folder / "reports").glob("*.md"))
    passage_files = sorted((folder / "passages").glob("*.jsonl"))
    if not report_files:
        raise BadCorpus(f"{folder} holds no reports/*.md. Name the corpus folder.")
    reports = tuple(read_gold_report(path, standard) for path in report_files)
    passages = tuple(
        passage for path in passage_files for passage in read_gold_passages(path, standard)
    )
    splits = _read_splits(folder / "splits.toml", [report.id for report in reports])
    digest = hashlib.sha256()
    for path in report_files + passage_files:
        digest.update(path.read_bytes())
    return Corpus(reports=reports, passages=passages, splits=splits, sha256=digest.hexdigest())


def load_gold_reports(paths: Sequence[Path], standard: Standard) -> tuple[GoldReport, ...]:
    """Read labelled reports from files and folders. Raises BadCorpus if there is none."""
    files = [
        file
        for path in paths
        for file in (sorted(path.rglob("*.md")) if path.is_dir() else [path])
        if file.name not in ("README.md", "PLAN.md")
    ]
    if not files:
        raise BadCorpus(f"No labelled report (*.md) in {', '.join(map(str, paths))}.")
    return tuple(read_gold_report(file, standard) for file in files)


def read_gold_report(path: Path, standard: Standard) -> GoldReport:
    """Read one labelled report. Raises BadCorpus with file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCorpus(f"{path}: cannot be read as UTF-8 text ({error}).") from error
    meta, lines, offset = _front_matter(text, path)
    blocks: list[Block] = []
    texts: list[tuple[str, ...]] = []
    labels: list[Labels] = []
    paragraph: list[str] = []
    seen_heading = False

    def add(kind: BlockKind, content: str, **more: object) -> None:
        block = Block(kind=kind, text=content, paragraph=len(blocks) + 1, **more)  # type: ignore[arg-type]
        blocks.append(block)
        texts.append((content.replace("\t", " | "),) if kind is not BlockKind.HEADING else ())

    def flush() -> None:
        if paragraph:
            add(BlockKind.PARAGRAPH, " ".join(paragraph))
            texts[-1] = tuple(paragraph)
            paragraph.clear()

    for number, raw in enumerate(lines, offset + 1):
        line = raw.strip()
        if not line:
            flush()
            continue
        if match := _HEADING.match(line):
            flush()
            if _LABELS.search(line):
                raise BadCorpus(f"{path}:{number}: a heading carries no labels.")
            add(BlockKind.HEADING, match[2].strip(), level=len(match[1]))
            seen_heading = True
            continue
        found = _LABELS.search(line)
        unit = line[: found.start()].rstrip() if found else line
        labels.append(parse_labels(found[1].split() if found else [], standard, path, number))
        if unit.startswith("|"):
            flush()
            cells = [cell.strip() for cell in unit.strip("|").split("|")]
            add(BlockKind.TABLE_ROW, "\t".join(cell for cell in cells if cell))
        elif unit.startswith(("- ", "* ")):
            flush()
            add(BlockKind.LIST_ITEM, unit[2:].strip(), labels=("\u2022",), level=1)
        elif match := _NUMBERED.match(unit):
            flush()
            add(BlockKind.LIST_ITEM, match[2].strip(), labels=(match[1],), level=1)
        elif _CAPTION.match(unit) and len(unit.split()) <= _LONGEST_CAPTION and not paragraph:
            add(BlockKind.CAPTION, unit)
        else:
            paragraph.append(unit)
            if not seen_heading and not _SENTENCE_END.search(unit):
                flush()  # a cover line stands alone
    flush()
    report = Report(
        name=path.name,
        format=Format.TXT,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        pages=None,
        blocks=tuple(blocks),
    )
    placed = place_blocks(report, standard)
    passages = lay_passages(placed, texts, standard.profile())
    return GoldReport(
        id=meta.get("id", path.stem),
        meta=meta,
        report=placed,
        passages=passages,
        labels=tuple(labels),
    )


def read_gold_passages(path: Path, standard: Standard) -> tuple[GoldPassage, ...]:
    """Read a file of single passages. Raises BadCorpus with file and line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            names = [item["area"]] if item["area"] else []
            names += item["labels"] + [_NEAR + part for part in item["near"]]
            found.append(
                GoldPassage(
                    source=path.stem,
                    text=item["text"],
                    labels=parse_labels(names, standard, path, number),
                    kind=PassageKind(item["kind"]),
                )
            )
        except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            raise BadCorpus(f"{path}:{number}: not a passage ({error}).") from error
    return tuple(found)


def _front_matter(text: str, path: Path) -> tuple[dict[str, str], list[str], int]:
    lines = text.splitlines()
    if not lines or lines[0].strip() != "---" or "---" not in [x.strip() for x in lines[1:]]:
        raise BadCorpus(f"{path}:1: the front matter between two --- lines is missing.")
    end = [line.strip() for line in lines].index("---", 1)
    meta = {}
    for number, line in enumerate(lines[1:end], 2):
        key, colon, value = line.partition(":")
        if not colon:
            raise BadCorpus(f"{path}:{number}: front matter is “key: value” lines.")
        meta[key.strip()] = value.strip().strip('"')
    return meta, lines[end + 1 :], end + 1


def parse_labels(names: list[str], standard: Standard, path: Path, number: int) -> Labels:
    """A unit's labels from their names. Raises BadCorpus with file and line."""
    areas, parts, near = [], [], []
    for name in names:
        if name in standard.area_codes:
            areas.append(name)
        elif name in standard.part_codes:
            parts.append(name)
        elif name.startswith(_NEAR) and name[1:] in standard.part_codes:
            near.append(name[1:])
        else:
            raise BadCorpus(f"{path}:{number}: “{name}” is no label of the standard.")
    if len(areas) > 1:
        raise BadCorpus(f"{path}:{number}: one area at most ({', '.join(areas)}).")
    return Labels(area=areas[0] if areas else None, parts=frozenset(parts), near=frozenset(near))


def _read_splits(path: Path, ids: list[str]) -> Splits:
    if not path.exists():
        return Splits(train=tuple(ids), dev=(), test=())
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        splits = Splits(**{name: tuple(table[name]) for name in table})
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BadCorpus(
            f"{path}: needs the lists train, dev, test and test_passages ({error})."
        ) from error
    named = [*splits.train, *splits.dev, *splits.test]
    wrong = sorted(set(named) ^ set(ids)) + sorted({i for i in named if named.count(i) > 1})
    if wrong:
        raise BadCorpus(f"{path}: each report stands in one split; see {', '.join(wrong)}.")
    return splits
