"""The feedback sheet as one web page that prints on two A4 pages at most."""

from html import escape

from wbp_check.export.feedback import Feedback, Point, Section

_STYLE = """
@page { size: A4; margin: 1.8cm }
body { font: 9.5pt/1.25 Arial, "Liberation Sans", sans-serif; max-width: 17.4cm; margin: 1em auto;
       color: #1b1b1b; background: #fff }
h1 { font-size: 19pt; margin: 0 0 .2em }
h2 { font-size: 12.5pt; margin: .8em 0 .3em; break-after: avoid }
ul { margin: 0; padding-left: 1.3em }
li { margin: 0 0 .25em; break-inside: avoid }
p { margin: .3em 0 }
footer { margin-top: 1em; font-style: italic }
@media print { body { margin: 0; line-height: 1.15 } li { margin: 0 } }
"""


def feedback_to_html(feedback: Feedback) -> str:
    """The sheet as HTML: everything escaped, nothing loaded from elsewhere, no script."""
    sections = "\n".join(_section(section) for section in feedback.sections)
    return f"""<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<title>{escape(feedback.title)}</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>{escape(feedback.title)}</h1>
<p>{escape(feedback.report)}</p>
{sections}
<footer>{escape(feedback.foot)}</footer>
</body>
</html>
"""


def _section(section: Section) -> str:
    points = "\n".join(_point(point) for point in section.points)
    says = f"<p>{escape(section.says)}</p>\n" if section.says else ""
    listed = f"<ul>\n{points}\n</ul>" if points else ""
    return f"<h2>{escape(section.title)}</h2>\n{says}{listed}"


def _point(point: Point) -> str:
    lead = f"<strong>{escape(point.lead)}:</strong> " if point.lead else ""
    return f"<li>{lead}{escape(point.text)}</li>"
