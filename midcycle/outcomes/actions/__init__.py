"""The deeds of outcomes: reading pads, asking whose an action is, following up, tidying, carrying on, reminding."""

from midcycle.outcomes.actions.carrying import carry_action, carry_tag
from midcycle.outcomes.actions.collecting import collect, read
from midcycle.outcomes.actions.following import follow, mean_for, note_trace, remove_trace, set_state
from midcycle.outcomes.actions.owning import Answer, answer, ask, ask_all, forget_owner, let_go, take
from midcycle.outcomes.actions.reminding import remind, want_letters
from midcycle.outcomes.actions.tidying import Correction, correct, forget, keep, merge_tags, part_tag, remove, split

__all__ = [
    "Answer", "Correction", "answer", "ask", "ask_all", "carry_action", "carry_tag", "collect", "correct", "follow", "forget",
    "forget_owner", "keep", "let_go", "mean_for", "merge_tags", "note_trace", "part_tag", "read", "remind", "remove",
    "remove_trace", "set_state", "split", "take", "want_letters",
]  # fmt: skip
