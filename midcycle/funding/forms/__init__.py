"""What is typed about money and those who give it."""

from midcycle.funding.forms.budgets import LineForm, RateForm, ScenarioForm, SettingsForm, TrialForm
from midcycle.funding.forms.underwriters import AddForm, ContactForm, UnderwriterForm

__all__ = ["AddForm", "ContactForm", "LineForm", "RateForm", "ScenarioForm", "SettingsForm", "TrialForm", "UnderwriterForm"]
