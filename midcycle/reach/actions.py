"""Making channels, and publishing how people heard."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from midcycle.accounts.models import Person
from midcycle.feedback.models import Survey
from midcycle.journal import actions as journal
from midcycle.kernel.refusal import Refusal
from midcycle.kernel.typed import one_line
from midcycle.meetups import actions as meetups
from midcycle.meetups.models import Meetup
from midcycle.reach import rules
from midcycle.reach.models import Channel, Reached
from midcycle.reach.queries import came_by, counted_now


@transaction.atomic
def make_channel(meetup: Meetup, name: str, *, leads_to: str, by: Person, now: datetime) -> Channel:
    """Give a channel a link of its own; one that is called so already is returned. Raises Refusal."""
    meetups.check_changeable(meetup.pk)
    name = one_line(name)[: rules.LONGEST_NAME]
    known = list(Channel.objects.filter(meetup=meetup))
    same = next((channel for channel in known if channel.name.casefold() == name.casefold()), None)
    if same is not None:
        raise Refusal(gettext("There is a channel of this name already. Use its link, or choose another name."), field="name")
    if len(known) >= rules.MOST_CHANNELS:
        many = gettext("A meetup has %(most)s channels at most. Remove one that brought nobody first.")
        raise Refusal(many % {"most": rules.MOST_CHANNELS})
    code = rules.code_for(name, [channel.code for channel in known])
    channel = Channel.objects.create(meetup=meetup, code=code, name=name, leads_to=leads_to)
    journal.record("reach.channel_made", at=now, meetup=meetup.pk, actor=by.pk, facts={"channel": code})
    return channel


@transaction.atomic
def remove_channel(channel: Channel, *, by: Person, now: datetime) -> None:
    """Remove a channel. Raises Refusal for one that people came by: they are counted under its name."""
    meetups.check_changeable(channel.meetup_id)
    if came_by(channel):
        raise Refusal(gettext("People came by “%(name)s”. It stays, so that they are counted.") % {"name": channel.name})
    Channel.objects.filter(pk=channel.pk).delete()
    journal.record("reach.channel_removed", at=now, meetup=channel.meetup_id, actor=by.pk, facts={"channel": channel.code})


@transaction.atomic
def publish(meetup: Meetup, *, by: Person, now: datetime) -> Reached:
    """Let everybody see how people heard; again is harmless. It is counted the first time, and never anew. Raises Refusal."""
    meetups.check_changeable(meetup.pk)
    reached = Reached.objects.filter(meetup=meetup).first()
    if reached is None:
        picture, stage = counted_now(meetup), Meetup.objects.values_list("stage", flat=True).get(pk=meetup.pk)
        is_open = Survey.objects.filter(meetup=meetup, is_open=True).exists()
        refused = rules.why_not_published(stage, survey_is_open=is_open, picture=picture)
        if refused:
            raise Refusal(refused)
        reached = Reached.objects.create(meetup=meetup, figures=picture.as_facts(), counted_at=now, is_public=True)
    elif reached.is_public:
        return reached
    Reached.objects.filter(pk=reached.pk).update(is_public=True)
    journal.record("reach.published", at=now, meetup=meetup.pk, actor=by.pk)
    return reached


@transaction.atomic
def take_back(meetup: Meetup, *, by: Person, now: datetime) -> None:
    """Let nobody but the team see how people heard; again is harmless. Raises Refusal when archived."""
    meetups.check_changeable(meetup.pk)
    if Reached.objects.filter(meetup=meetup, is_public=True).update(is_public=False):
        journal.record("reach.taken_back", at=now, meetup=meetup.pk, actor=by.pk)
