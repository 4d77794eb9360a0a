"""`midcycle admin`."""

import argparse
import sys

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from midcycle.accounts import actions
from midcycle.kernel.refusal import Refusal


def run(arguments: argparse.Namespace) -> int:
    """Make a person an administrator of the instance."""
    try:
        validate_email(arguments.email)
    except ValidationError:
        raise Refusal(f"{arguments.email} is not an e-mail address") from None
    actions.make_administrator(actions.person_for(arguments.email, now=timezone.now()), now=timezone.now())
    sys.stdout.write("Done. They sign in with a code sent to that address.\n")
    return 0
