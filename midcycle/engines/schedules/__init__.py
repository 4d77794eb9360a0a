"""Writes a published agenda in the formats other software reads: schedule.json (c3voc) and iCalendar."""
