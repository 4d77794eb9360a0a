"""Shared text of a pad: the only place that knows pycrdt and the Yjs formats."""
