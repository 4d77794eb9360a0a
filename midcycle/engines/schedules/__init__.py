"""Writes a published agenda in the formats other software reads, and reads what other software wrote."""
