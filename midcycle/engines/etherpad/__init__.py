"""Notes taken elsewhere, read without trust: exports of Etherpad, pages, archives of them. And Etherpad's form written."""

from midcycle.engines.etherpad.archive import MOST_FILES, MOST_UNPACKED, files_in
from midcycle.engines.etherpad.notes import Author, Notes, Past, Run, Stretch
from midcycle.engines.etherpad.read import read
from midcycle.engines.etherpad.webpage import to_markdown
from midcycle.engines.etherpad.write import write

__all__ = [
    "MOST_FILES", "MOST_UNPACKED", "Author", "Notes", "Past", "Run", "Stretch", "files_in", "read", "to_markdown", "write",
]  # fmt: skip
