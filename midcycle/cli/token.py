"""`midcycle token`."""

import argparse
import sys

from django.utils import timezone

from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions, queries


def run(arguments: argparse.Namespace) -> int:
    """Print a new token."""
    meetup = queries.meetup_with_slug(arguments.slug)
    if meetup is None:
        raise Refusal(f"there is no meetup {arguments.slug}; GET /api/v1/meetups lists them")
    sys.stdout.write(f"{actions.make_token(meetup, arguments.scope, now=timezone.now())}\n")
    return 0
