"""Anonymous answers, hands counted in the room, and what people said."""

from midcycle.feedback.models.hands import HandCount, Remark
from midcycle.feedback.models.survey import OwnQuestion, OwnWords, PaperForm, Slip, Survey, Tally

__all__ = ["HandCount", "OwnQuestion", "OwnWords", "PaperForm", "Remark", "Slip", "Survey", "Tally"]
