"""What the pages of topics and the agenda read."""

from midcycle.topics.queries.languages import topics_in
from midcycle.topics.queries.listing import (
    Ballot,
    TopicPage,
    TopicRow,
    TopicsPage,
    comments_on,
    others_of,
    topic_list,
    topic_page,
    topic_row,
    topics_page,
)
from midcycle.topics.queries.own import Traces, traces_of
from midcycle.topics.queries.pad import Preview, named_in_answers, pad_preview, written_pad
from midcycle.topics.queries.voting import marks_of, voices_of, voting_of

__all__ = [
    "Ballot",
    "Preview",
    "TopicPage",
    "TopicRow",
    "TopicsPage",
    "Traces",
    "comments_on",
    "marks_of",
    "named_in_answers",
    "others_of",
    "pad_preview",
    "topic_list",
    "topic_page",
    "topic_row",
    "topics_in",
    "topics_page",
    "traces_of",
    "voices_of",
    "voting_of",
    "written_pad",
]
