"""Maps and timelines of places, drawn here: no tile, script or font is asked for. Pure.

The outline of the land is that of Natural Earth (public domain), the places of cities are those of GeoNames (CC BY 4.0); the
files in `data/` say how they were made.
"""
