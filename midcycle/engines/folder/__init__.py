"""Files that belong together and open from a disk: every link in them is checked; all are written, or none."""

from midcycle.engines.folder.links import Fault, faults
from midcycle.engines.folder.names import file_names
from midcycle.engines.folder.writing import MARK, NotWritten, write

__all__ = ["MARK", "Fault", "NotWritten", "faults", "file_names", "write"]
