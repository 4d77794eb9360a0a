"""Uploaded pictures, known by their content and written anew, so that nothing of the file that came is passed on."""

from midcycle.engines.pictures.counter import Counter, Job, Outcome
from midcycle.engines.pictures.photos import SIZES, Developed, develop, fitted
from midcycle.engines.pictures.sheets import MOST_BYTES, Sheet, read_sheet

__all__ = ["MOST_BYTES", "SIZES", "Counter", "Developed", "Job", "Outcome", "Sheet", "develop", "fitted", "read_sheet"]
