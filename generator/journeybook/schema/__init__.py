"""The shape of one file: what may be written where, in short or in full.

Maintainers: pydantic does the walking, but no word of its own reaches a user: every value has a type from
``types.py`` that raises a fault in our words, and ``validate.py`` turns faults into problems with places.
"""

from journeybook.schema.validate import FAULTY, Contents, Entry, validate

__all__ = ["FAULTY", "Contents", "Entry", "validate"]
