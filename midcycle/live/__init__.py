"""Live pads: many people write into one text at once. Knows no Django.

`registry` keeps the open pads, `openpad` is one of them, `connection` is one
browser in it, `writer` commits for all of them, `server` is the only place
that knows sockets. What travels is described in `docs/reference/live.md`.
"""
