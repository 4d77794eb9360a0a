"""Draws small charts as SVG text: no script, no style, readable by eyes and by screen readers.

Put the text into `<figure class="chart">` unescaped: everything that came from people is escaped here.
"""

from midcycle.engines.charts.draw import Bar, Column, Pair, Point, bars, columns, course, pairs, share
from midcycle.engines.charts.streams import Stream, streams
from midcycle.engines.charts.tracks import Scale, Track, tracks

__all__ = [
    "Bar", "Column", "Pair", "Point", "Scale", "Stream", "Track",
    "bars", "columns", "course", "pairs", "share", "streams", "tracks",
]  # fmt: skip
