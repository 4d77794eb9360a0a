"""The agenda on paper: wall sheets (A3) and a sheet (A4) for the door of each room."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from midcycle.engines.documents.codes import drawn
from midcycle.engines.documents.letters import line
from midcycle.engines.documents.model import Occasion, Paper, words_as_data
from midcycle.engines.documents.press import pressed

MOST_COLUMNS: Final = 8  # on one wall sheet; more rooms go on to the next


@dataclass(frozen=True, slots=True)
class Held:
    """A session in its cell, and who leads it."""

    title: str
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """A row of a sheet: `together` for a break or for everybody, in its first cell; else a cell for each column."""

    when: str
    cells: tuple[tuple[Held, ...], ...]
    together: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is under one heading: columns (rooms, none for a sheet of one room) and times; for a room a code to scan."""

    title: str
    more: str
    columns: tuple[str, ...]
    times: tuple[Time, ...]
    code: Sequence[Sequence[bool]] = ()


@dataclass(frozen=True, slots=True)
class SheetWords:
    """The words of the sheets. `foot` names the release, so that an old sheet can be told from a new one."""

    foot: str
    title: str = "Agenda"
    page: str = "Page"
    code: str = "Tell us how it was"


def agenda_sheets(occasion: Occasion, sheets: Iterable[Sheet], *, wall: bool, words: SheetWords) -> Paper:
    """Return the sheets, on A3 across for a wall or on A4 for doors. Raises NotPrinted."""
    fitting = [part for sheet in sheets for part in _parts(sheet)]
    values = {
        **occasion.as_data(),
        "title": line(f"{words.title}: {occasion.title}").text,
        "words": words_as_data(asdict(words), occasion.language),
        "wall": wall,
        "sheets": [_sheet(sheet) for sheet in fitting],
    }
    titles = [held.title for sheet in fitting for time in sheet.times for cell in time.cells for held in cell]
    return Paper.of(pressed("sheets", values), [(title, (line(title),)) for title in titles])


def _parts(sheet: Sheet) -> Sequence[Sheet]:
    """Return the sheet, or several with some of its columns each, as even as can be."""
    count = len(sheet.columns)
    if count <= MOST_COLUMNS:
        return (sheet,)
    pieces = -(-count // MOST_COLUMNS)
    width = -(-count // pieces)
    return [
        Sheet(
            sheet.title,
            sheet.more,
            sheet.columns[at : at + width],
            tuple(time if time.together else Time(time.when, time.cells[at : at + width]) for time in sheet.times),
        )
        for at in range(0, count, width)
    ]


def _sheet(sheet: Sheet) -> dict[str, object]:
    return {
        "title": line(sheet.title).as_data(),
        "more": line(sheet.more).as_data(),
        "code": drawn(sheet.code),
        "columns": [line(name).as_data() for name in sheet.columns],
        "times": [
            {
                "when": line(time.when).as_data(),
                "together": time.together,
                "cells": [[_held(held) for held in cell] for cell in time.cells],
            }
            for time in sheet.times
        ],
    }


def _held(held: Held) -> dict[str, object]:
    return {"title": line(held.title).as_data(), "leads": line(held.leads).as_data()}
