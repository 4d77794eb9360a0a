"""What letters about a call for hosts say, and whom they are for."""

from datetime import UTC, datetime

from django.urls import reverse

from midcycle.accounts.models import Person
from midcycle.bidding.models import Editor, HostCall, Member, Question
from midcycle.bidding.queries import editors_to_tell, people_to_tell_first
from midcycle.kernel.typed import inert
from midcycle.kernel.words import moment_in_words
from midcycle.mailing.models import Letter
from midcycle.mailing.queries.letters import draft_for
from midcycle.mailing.rules import Draft

_LONGEST = 120


def host_call_of(meetup_id: int) -> HostCall | None:
    """Return the call for hosts of a meetup, with its meetup, if there is one."""
    return HostCall.objects.select_related("meetup", "chosen").filter(meetup=meetup_id).first()


def first_to_tell(call: HostCall) -> list[Person]:
    """Return who knows of a call before everybody."""
    return people_to_tell_first(call)


def bidders_of(call: HostCall, *, handed_in: bool) -> list[Editor]:
    """Return who writes the bids of a call: those handed in, or all that were not withdrawn."""
    return [one for one in editors_to_tell(call.pk, handed_in=handed_in) if one.bid.state != "withdrawn"]


def bid_editor_of(number: int) -> Editor | None:
    """Return an editor of a bid, if they still are one, with bid and meetup."""
    related = ("person", "invited_by", "bid__call__meetup")
    return Editor.objects.select_related(*related).filter(pk=number).first()


def group_member_of(number: int) -> Member | None:
    """Return a member of a group that decides, if they still are one."""
    return Member.objects.select_related("person", "call__meetup").filter(pk=number).first()


def keeper_of(call: HostCall, person_id: int) -> Person | None:
    """Return the keeper of a comparison, if they still are."""
    return Person.objects.filter(pk=person_id).first() if call.keeper_id == person_id else None


def bid_question_of(number: int) -> Question | None:
    """Return a question about a bid, if it is about one."""
    return Question.objects.select_related("person", "bid__call__meetup").filter(pk=number, bid__isnull=False).first()


def told_lately(kind: str, person: Person, since: datetime) -> int:
    """Return how many letters about deeds of a kind somebody got since that moment."""
    return Letter.objects.filter(person=person, key__startswith=kind, written_at__gte=since).count()


def called_first_draft(call: HostCall) -> Draft:
    """Return the letter to those who hear of a call before everybody."""
    public = call.public_at
    facts = {"region": call.region_name, "window": call.window, "deadline": call.deadline_told, "public": _day(public)}
    return draft_for("host_call_first", call.meetup, path=_path(call), facts=facts)


def bid_editor_draft(editor: Editor) -> Draft:
    """Return the letter that lets somebody write a bid too."""
    call = editor.bid.call
    facts = {"by": inert(str(editor.invited_by)), "bid": inert(editor.bid.title, _LONGEST), "deadline": call.deadline_told}
    path = reverse("bidding:bid", args=[call.meetup.slug, editor.bid_id])
    return draft_for("bid_editor_invited", call.meetup, path=path, facts=facts)


def group_draft(call: HostCall, *, keeps: bool) -> Draft:
    """Return the letter to somebody who decides on bids, or keeps their comparison."""
    facts = {"keeps": keeps, "deadline": call.deadline_told}
    return draft_for("host_group_named", call.meetup, path=_path(call), facts=facts)


def decided_draft(call: HostCall, editor: Editor) -> Draft:
    """Return the letter to a bidder when it is decided."""
    facts = {
        "bid": inert(editor.bid.title, _LONGEST),
        "is_chosen": editor.bid_id == call.chosen_id,
        "chosen": inert(call.chosen.title, _LONGEST) if call.chosen else "",
    }
    return draft_for("host_call_decided", call.meetup, path=_path(call), facts=facts)


def question_draft(question: Question, editor: Editor) -> Draft:
    """Return the letter to an editor whose bid was asked about; the question itself is on the page."""
    call = editor.bid.call
    facts = {"by": inert(str(question.person)), "bid": inert(editor.bid.title, _LONGEST)}
    path = f"{reverse('bidding:bid', args=[call.meetup.slug, editor.bid_id])}#questions"
    return draft_for("bid_question_asked", call.meetup, path=path, facts=facts)


def deadline_draft(call: HostCall) -> Draft:
    """Return the letter to a bidder when there is more time."""
    return draft_for("host_deadline_moved", call.meetup, path=_path(call), facts={"deadline": call.deadline_told})


def _path(call: HostCall) -> str:
    return reverse("bidding:hosts", args=[call.meetup.slug])


def _day(moment: datetime | None) -> str:
    return f"{moment_in_words(moment.astimezone(UTC))} (UTC)" if moment else ""
