"""The hot part of the search, in C: compiled by `hatch_build.py`, called through ctypes, which lets other threads run."""
