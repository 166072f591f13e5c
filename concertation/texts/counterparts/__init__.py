"""What differs between two language versions of a paragraph and should not: numbers, dates, names, brackets.

It points out and never decides: a person looks, corrects a version or dismisses the finding. No Django here.
"""

from concertation.texts.counterparts.differences import Difference, Kind, differences

__all__ = ["Difference", "Kind", "differences"]
