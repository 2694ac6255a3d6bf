"""Every error that wbp-check raises on purpose.

    WbpError
    ├── UnreadableReport        the file cannot be read as a report
    │   ├── UnsupportedFormat   another kind of file (.doc, .odt, .pages, .rtf, a picture …)
    │   ├── EncryptedReport     protected by a password
    │   ├── NoTextLayer         opens, but holds no text (empty, or a scan)
    │   ├── ReportTooLarge      over a limit on size, pages, time or memory
    │   └── DamagedReport       the right kind of file, but broken
    ├── BadStandard             standard.toml, or a profile or label that is not in it
    ├── BadCorpus               a labelled report or passage breaks the format (says file:line)
    ├── BadModel                a model folder is incomplete, altered, or made for something else
    ├── BadReview               a saved review is not one, or belongs to another report
    ├── BadSetup                a worker, or a place to write, that cannot be used
    └── MissingExtra            a capability whose libraries are an extra that is not installed

A message names the file and what to do about it, in plain English: the command line and the page
print it as it stands. Anything else that escapes is a bug of ours.
"""


class WbpError(Exception):
    """Base of all errors that a user can mend."""


class UnreadableReport(WbpError):
    """The file cannot be read as a report."""


class UnsupportedFormat(UnreadableReport):
    """The file is not a DOCX, PDF or plain-text file."""


class EncryptedReport(UnreadableReport):
    """The file is protected by a password."""


class NoTextLayer(UnreadableReport):
    """The file opens, but there is no text in it."""


class ReportTooLarge(UnreadableReport):
    """The file is over a limit on size, pages, time or memory."""


class DamagedReport(UnreadableReport):
    """The file is of a kind that we read, but it is broken."""


class BadStandard(WbpError):
    """The standard's data contradicts itself, or lacks what was asked of it."""


class BadCorpus(WbpError):
    """A labelled report or passage breaks the corpus format."""


class BadModel(WbpError):
    """A model folder cannot be used."""


class BadReview(WbpError):
    """A saved review cannot be used with this report."""


class BadSetup(WbpError):
    """A worker, or a place to write, cannot be used."""


class MissingExtra(WbpError):
    """A capability needs libraries that the plain install leaves out."""
