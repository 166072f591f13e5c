"""What Word documents of every kind share. No Django here."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FONT = "Cambria"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def element(tag: str, **attributes: Any) -> Any:
    """Return an element of the namespace w with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def field(code: str) -> Any:
    """Return a field that Word counts, in small letters."""
    made = element("fldSimple", instr=f" {code} ")
    run, look, text = element("r"), element("rPr"), element("t")
    look.append(element("sz", val=16))
    text.text = "1"
    run.extend([look, text])
    made.append(run)
    return made
