"""What people type about a call, a bid and a decision."""

from midcycle.bidding.forms.calls import CallForm, CriterionForm, DeadlineForm, KeeperForm, MemberForm
from midcycle.bidding.forms.judging import CellForm, DecisionForm, InterestsForm, MistakeForm, ScoreForm
from midcycle.bidding.forms.sections import SectionForm
from midcycle.bidding.forms.sheets import CostForm, CurrencyForm, EditorForm, PlanForm, TextForm

__all__ = [
    "CallForm",
    "CellForm",
    "CostForm",
    "CriterionForm",
    "CurrencyForm",
    "DeadlineForm",
    "DecisionForm",
    "EditorForm",
    "InterestsForm",
    "KeeperForm",
    "MemberForm",
    "MistakeForm",
    "PlanForm",
    "ScoreForm",
    "SectionForm",
    "TextForm",
]
