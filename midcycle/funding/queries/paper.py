"""The contract letter of an underwriter, ready to print and sign."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from midcycle.engines import documents
from midcycle.engines.documents import Occasion, Paper
from midcycle.funding.models import Recognition, Underwriter
from midcycle.funding.rules.letters import contract
from midcycle.funding.rules.underwriting import RECOGNITIONS
from midcycle.kernel.money import amount_in_words
from midcycle.kernel.words import day_in_words
from midcycle.kernel.zones import countries
from midcycle.meetups.models import Meetup


def contract_letter(underwriter: Underwriter, *, now: datetime) -> Paper:
    """Return the letter two sides sign: what is given, how it is thanked, what there is not. One query; raises NotPrinted.

    What is signed is in English, whoever asks for it.
    """
    with translation.override(settings.LANGUAGE_CODE):
        return _in_english(underwriter, now)


def _in_english(underwriter: Underwriter, now: datetime) -> Paper:
    meetup = underwriter.meetup
    kinds = set(Recognition.objects.filter(underwriter=underwriter).values_list("kind", flat=True))
    occasion = Occasion(meetup.title, meetup.when, ", ".join(part for part in (meetup.venue, meetup.where) if part))
    letter = contract(
        occasion=_named(meetup),
        underwriter=underwriter.name,
        amount=amount_in_words(underwriter.pledged, underwriter.currency) if underwriter.pledged else "",
        is_host=underwriter.is_host,
        thanks=tuple(words for kind, words in RECOGNITIONS.items() if kind in kinds),
    )
    day = now.astimezone(ZoneInfo(meetup.timezone)).date()
    return documents.letter(
        occasion,
        documents.Letter(
            to=(underwriter.name, *_reached(underwriter)),
            date=day_in_words(day),
            subject=letter.subject,
            parts=letter.parts,
            signed_by=(f"For {meetup.title}", f"For {underwriter.name}"),
        ),
    )


def _named(meetup: Meetup) -> str:
    facts = ", ".join(part for part in (meetup.where, meetup.when) if part)
    return f"{meetup.title} ({facts})" if facts else meetup.title


def _reached(underwriter: Underwriter) -> tuple[str, ...]:
    """Return the lines of an address below the name."""
    country = countries().get(underwriter.country, "")
    care_of = f"To {underwriter.contact_name}" if underwriter.contact_name else ""
    return tuple(part for part in (care_of, *underwriter.address.split("\n"), country) if part)
