"""What people type to sign in and to say their name."""

from allauth.account.fields import EmailField
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from midcycle.accounts.actions import person_for
from midcycle.kernel.refusal import Refusal
from midcycle.web.forms import PlainForm, speak_plainly
from midcycle.web.languages import offered


class SignInForm(RequestLoginCodeForm):
    """Asks for an address; an address nobody has yet becomes a person, so there is one door for all."""

    email = EmailField(label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def full_clean(self) -> None:
        """Check the address, and say in our words what is wrong with it."""
        speak_plainly(self.fields)
        super().full_clean()

    def clean_email(self) -> str:
        """Make sure that somebody has the address, then let allauth limit and look up."""
        if not settings.MIDCYCLE.demo and not settings.MIDCYCLE.mail_url:
            raise forms.ValidationError(
                gettext("No mail server is set up here yet. Whoever runs this instance sets MIDCYCLE_MAIL_URL.")
            )
        try:
            self.cleaned_data["email"] = person_for(self.cleaned_data["email"], now=timezone.now()).email
        except Refusal as refusal:
            raise forms.ValidationError(refusal.message) from None
        address: str = super().clean_email()
        return address


class CodeForm(ConfirmLoginCodeForm):
    """Asks for the code in the letter."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        error_messages={"required": gettext_lazy("Type the code in the letter.")},
    )

    def full_clean(self) -> None:
        """Check the code, and say in our words what is wrong with it."""
        speak_plainly(self.fields)
        super().full_clean()


class NameForm(PlainForm):
    """The name others see."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=120,
        help_text=gettext_lazy("Shown beside what you propose, support and write."),
        strip=True,
    )


class LanguageForm(PlainForm):
    """The language somebody reads."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=lambda: list(offered().items()))
