"""`midcycle token`."""

import argparse
import sys

from django.utils import timezone

from midcycle.kernel.refusal import Refusal
from midcycle.meetups import actions, queries
from midcycle.meetups.models import Meetup


def run(arguments: argparse.Namespace) -> int:
    """Print a new token; or list those of the meetup, or revoke one."""
    meetup = queries.meetup_with_slug(arguments.slug)
    if meetup is None:
        raise Refusal(f"there is no meetup {arguments.slug}; GET /api/v1/meetups lists them")
    if arguments.list:
        _list(meetup)
    elif arguments.revoke is not None:
        _revoke(meetup, arguments.revoke)
    else:
        sys.stdout.write(f"{actions.make_token(meetup, arguments.scope, now=timezone.now())}\n")
    return 0


def _list(meetup: Meetup) -> None:
    for token in queries.tokens_of(meetup):
        used = f"last used {token.used_on}" if token.used_on else "never used"
        sys.stdout.write(f"{token.pk}\t{token.scope}\tmade {token.made_at:%Y-%m-%d}\t{used}\n")


def _revoke(meetup: Meetup, number: int) -> None:
    token = queries.token_with_number(meetup, number)
    if token is None:
        raise Refusal(f"{meetup.slug} has no token {number}; midcycle token {meetup.slug} --list shows those it has")
    actions.revoke_token(token, now=timezone.now())
    sys.stdout.write(f"Token {number} opens nothing any more.\n")
