"""What is typed about money and those who give it."""

from midcycle.funding.forms.underwriters import AddForm, ContactForm, UnderwriterForm

__all__ = ["AddForm", "ContactForm", "UnderwriterForm"]
