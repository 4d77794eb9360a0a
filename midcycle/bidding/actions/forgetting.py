"""What of bids is not kept for ever."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from midcycle.bidding.models import Bid, HostCall
from midcycle.journal import actions as journal

KEPT: Final = timedelta(days=180)
_ADDRESS: Final = "contact_email"


def forget(*, now: datetime) -> int:
    """Delete bids that were not handed in, 180 days after the deadline, and the address in those that were; return how many.

    One query while none is due. Done twice, it does nothing more.
    """
    return sum(_forget(call, now=now) for call in _due(now))


def _due(now: datetime) -> QuerySet[HostCall]:
    bids = Bid.objects.filter(call=OuterRef("pk"))
    over = HostCall.objects.filter(deadline__lt=now - KEPT).exclude(state="draft")
    return over.filter(Exists(bids.exclude(state="handed_in")) | Exists(bids.filter(answers__has_key=_ADDRESS)))


@transaction.atomic
def _forget(call: HostCall, *, now: datetime) -> int:
    held = HostCall.objects.select_for_update().get(pk=call.pk)
    drafts = Bid.objects.filter(call=held).exclude(state="handed_in")
    count = drafts.count()
    drafts.delete()
    for bid in Bid.objects.filter(call=held, answers__has_key=_ADDRESS):
        bid.answers = {key: value for key, value in bid.answers.items() if key != _ADDRESS}
        bid.save(update_fields=["answers"])
        count += 1
    journal.record("bidding.bids_forgotten", at=now, meetup=held.meetup_id, facts={"bids": count})
    return count
