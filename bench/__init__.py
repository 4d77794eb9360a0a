"""Figures we promise: each module prints some, with the median of several runs. `make bench` runs all."""
