"""wbp-check: what an assessor will and will not find in a work-based project report.

from wbp_check import check_report, load_sentence_splitter, load_standard, load_tagger, read_report

standard = load_standard()
report = read_report(path.read_bytes(), path.name)
check = check_report(report, standard, load_sentence_splitter(), load_tagger(standard))
"""

from wbp_check.check import check_report
from wbp_check.errors import (
    BadCorpus,
    BadModel,
    BadReview,
    BadSetup,
    BadStandard,
    DamagedReport,
    EncryptedReport,
    NoTextLayer,
    ReportTooLarge,
    UnreadableReport,
    UnsupportedFormat,
    WbpError,
)
from wbp_check.modelstore import load_tagger
from wbp_check.passages import load_sentence_splitter
from wbp_check.read import read_report
from wbp_check.standard import Standard, load_standard
from wbp_check.tagger import Tagger
from wbp_check.types import (
    AreaFinding,
    AreaTag,
    Block,
    Check,
    Finding,
    Grade,
    Outlook,
    PartFinding,
    Passage,
    Report,
    Status,
    Tag,
    Tagging,
    Verdict,
    WordCount,
)

__all__ = [
    "AreaFinding",
    "AreaTag",
    "BadCorpus",
    "BadModel",
    "BadReview",
    "BadSetup",
    "BadStandard",
    "Block",
    "Check",
    "DamagedReport",
    "EncryptedReport",
    "Finding",
    "Grade",
    "NoTextLayer",
    "Outlook",
    "PartFinding",
    "Passage",
    "Report",
    "ReportTooLarge",
    "Standard",
    "Status",
    "Tag",
    "Tagger",
    "Tagging",
    "UnreadableReport",
    "UnsupportedFormat",
    "Verdict",
    "WbpError",
    "WordCount",
    "check_report",
    "load_sentence_splitter",
    "load_standard",
    "load_tagger",
    "read_report",
]
