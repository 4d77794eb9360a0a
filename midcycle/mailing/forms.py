"""What is asked of the lists of letters; anything odd is as if it were not asked."""

from django import forms

from midcycle.web.forms import PlainForm


class PageFilter(PlainForm):
    """Which page."""

    page = forms.IntegerField(min_value=1, max_value=1_000_000, required=False)

    def number(self) -> str:
        """Return the number of the page, the first unless a valid one is asked for."""
        self.full_clean()
        return str(self.cleaned_data.get("page") or 1)


class InboxFilter(PlainForm):
    """Whose mail."""

    to = forms.CharField(max_length=254, required=False)

    def wanted(self) -> str:
        """Return the address, empty for everybody's mail."""
        self.full_clean()
        return self.cleaned_data.get("to") or ""
