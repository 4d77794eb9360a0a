"""Sentences about a series with numbers in them. Pure."""

from collections.abc import Sequence

from midcycle.kernel.words import gettext, ngettext


def of_judged(kept: int, judged: int) -> str:
    """Return how many of those that the rule judges kept it."""
    return ngettext(
        "%(kept)s of %(count)s edition that the rule judges kept it.",
        "%(kept)s of %(count)s editions that the rule judges kept it.",
        judged,
    ) % {"kept": kept, "count": judged}


def of_hindsight(hindsight: int, judged: int) -> str:
    """Return how many of those that are judged took place before the rule was decided."""
    if judged == 1:
        return gettext("It took place before it was decided.")
    return ngettext(
        "%(count)s of them took place before it was decided.", "%(count)s of them took place before it was decided.", hindsight
    ) % {"count": hindsight}


def of_excepted(count: int) -> str:
    """Return how many are exceptions."""
    return ngettext("%(count)s exception with a reason.", "%(count)s exceptions with a reason.", count) % {"count": count}


def of_unknown(count: int) -> str:
    """Return how many are not judged."""
    return ngettext(
        "%(count)s edition not judged, for want of facts.", "%(count)s editions not judged, for want of facts.", count
    ) % {"count": count}


def of_before(would: Sequence[bool | None]) -> str:
    """Return what those before the rule would have done with it; blank for none."""
    count, kept, broken = len(would), would.count(True), would.count(False)
    if not count:
        return ""
    if kept and broken:
        said = ngettext(
            "%(count)s edition took place before the rule: %(kept)s would have kept it and %(broken)s would have broken it.",
            "%(count)s editions took place before the rule: %(kept)s would have kept it and %(broken)s would have broken it.",
            count,
        )
    elif kept:
        said = ngettext(
            "%(count)s edition took place before the rule: %(kept)s would have kept it.",
            "%(count)s editions took place before the rule: %(kept)s would have kept it.",
            count,
        )
    elif broken:
        said = ngettext(
            "%(count)s edition took place before the rule: %(broken)s would have broken it.",
            "%(count)s editions took place before the rule: %(broken)s would have broken it.",
            count,
        )
    else:
        said = ngettext(
            "%(count)s edition took place before the rule.", "%(count)s editions took place before the rule.", count
        )
    return said % {"count": count, "kept": kept, "broken": broken}


def gap_in_words(months: int) -> str:
    """Return the months that lie between two editions."""
    return ngettext(
        "At least %(count)s month lies between two editions.", "At least %(count)s months lie between two editions.", months
    ) % {"count": months}


def began(months: int, *, holds: bool) -> str:
    """Return how long after the one before it an edition began, and what the rule asks for where that is more."""
    if holds:
        return ngettext(
            "It began %(count)s month after the edition before it.",
            "It began %(count)s months after the edition before it.",
            months,
        )
    return ngettext(
        "It began %(count)s month after the edition before it; the rule asks for %(least)s.",
        "It began %(count)s months after the edition before it; the rule asks for %(least)s.",
        months,
    )


def begins(months: int, *, holds: bool) -> str:
    """Return how long after the one before it an edition begins, and what the rule asks for where that is more."""
    if holds:
        return ngettext(
            "It begins %(count)s month after the edition before it.",
            "It begins %(count)s months after the edition before it.",
            months,
        )
    return ngettext(
        "It begins %(count)s month after the edition before it; the rule asks for %(least)s.",
        "It begins %(count)s months after the edition before it; the rule asks for %(least)s.",
        months,
    )
