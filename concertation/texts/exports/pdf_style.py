"""The look of a PDF. No Django here."""

from concertation.core.pdf.fonts import FAMILIES
from concertation.texts.exports.frame import Copy

SHEET = """
@page {
  size: A4; margin: 26mm 20mm 24mm;
  font: 8.5pt FAMILIES; color: #444;
  @top-left { content: string(state); width: 60%; text-align: left; vertical-align: bottom; padding-bottom: 4mm; }
  @top-right { content: string(audience); width: 40%; text-align: right; vertical-align: bottom; padding-bottom: 4mm; }
  @bottom-left { content: "SHA-256 " string(hash); width: 78%; text-align: left; font-size: 7.5pt; }
  @bottom-right { content: PAGE; width: 22%; text-align: right; }
}
html { font: 11pt/1.45 FAMILIES; color: #111; }
body { margin: 0; }
h1 { font-size: 19pt; line-height: 1.2; margin: 0 0 4mm; }
h2 { font-size: 14pt; margin: 7mm 0 2mm; }
h3 { font-size: 12pt; margin: 5mm 0 2mm; }
h4 { font-size: 11pt; margin: 4mm 0 1mm; }
h1, h2, h3, h4 { break-after: avoid; }
p { margin: 0 0 2.5mm; orphans: 2; widows: 2; }
ul, ol { margin: 0 0 2.5mm; padding-inline-start: 8mm; } li { margin-bottom: 1mm; }
.facts { font-size: 9.5pt; padding: 2mm 0; margin-bottom: 6mm; }
.facts { border-top: .5pt solid #888; border-bottom: .5pt solid #888; }
.facts p { margin: 0; overflow-wrap: anywhere; }
.state strong { string-set: state content(); }
.audience span { string-set: audience content(); }
.hash code { string-set: hash content(); font-family: inherit; }
section + section { break-before: page; }
footer section + section { break-before: auto; }
.kind { font-size: 9.5pt; color: #444; margin-bottom: 4mm; }
.numbered { padding-inline-start: 10mm; text-indent: -10mm; }
.number { display: inline-block; width: 10mm; margin-inline-end: -.22em; text-indent: 0; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: 10pt; line-height: 1.4; }
th { text-align: start; font-size: 9.5pt; color: #444; font-weight: 400; padding: 0 3mm 1.5mm 0; }
th { border-bottom: .5pt solid #888; }
td { vertical-align: top; padding: 1.5mm 4mm 0 0; }
td h2, td h3, td h4 { margin-top: 3mm; }
td .numbered { padding-inline-start: 7mm; text-indent: -7mm; }
td .number { width: 7mm; }
ins { text-decoration: underline; color: #14532d; }
del { text-decoration: line-through; color: #8a1c14; }
sup { font-size: .7em; line-height: 0; }
.bracket { font-weight: 700; }
.legend, .notes { font-size: 9.5pt; }
.legend h2, .notes h2 { font-size: 11pt; }
a { color: inherit; text-decoration: none; }
"""


def style_of(copy: Copy) -> str:
    """Return the style sheet, with the words for the number of the page."""
    before, _, rest = copy.words.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    page = f"{_string(before)} counter(page) {_string(between)} counter(pages) {_string(after)}"
    return SHEET.replace("FAMILIES", FAMILIES).replace("PAGE;", f"{page};")


def _string(words: str) -> str:
    """Return words as a string of CSS."""
    escaped = "".join(f"\\{ord(letter):x} " if letter in '"\\\n<' else letter for letter in words)
    return f'"{escaped}"'
