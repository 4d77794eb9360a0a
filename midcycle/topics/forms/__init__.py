"""What people type on the pages of topics."""

from midcycle.topics.forms.desk import MethodForm, OtherForm, PadForm, SplitForm
from midcycle.topics.forms.proposing import ChangeForm, CommentForm, InvitationForm, ProposalForm

__all__ = [
    "ChangeForm",
    "CommentForm",
    "InvitationForm",
    "MethodForm",
    "OtherForm",
    "PadForm",
    "ProposalForm",
    "SplitForm",
]
