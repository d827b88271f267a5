"""From bytes on disk to a :class:`Document`: plain data, and the place of every key and value.

Maintainers: nothing here knows what a journey is. The parser's events are used with a builder of our own,
because composing or loading recurses (and can crash), lets the last of two equal keys win and guesses types.
"""

from journeybook.source.characters import FAULTY
from journeybook.source.document import Document, Ignore
from journeybook.source.files import Listing, list_files, read_bytes, text_of
from journeybook.source.reader import read, read_text

__all__ = [
    "FAULTY", "Document", "Ignore", "Listing", "list_files", "read", "read_bytes", "read_text", "text_of",
]
