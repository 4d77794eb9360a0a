"""`midcycle load-demo`."""

import argparse
import json
import sys

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from midcycle.conf.schema import Settings
from midcycle.pages.desk import demo_cast
from midcycle.site.demo import marker
from midcycle.site.demo.load import bring_up_to_date, load


def run(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command has this signature
    """Load what is not loaded, bring it up to today, and print who a visitor can be."""
    instance: Settings = settings.MIDCYCLE
    marker.check_database(instance.database_url)
    now = timezone.now()
    if not marker.is_loaded(instance.data):
        marker.begin(instance.data)
        _make_tables("Making the tables")
        load(now=now, say=_say)
        marker.finish(instance.data)
    elif not marker.has_these_tables(instance.data):
        _make_tables("Updating the tables")
        marker.finish(instance.data)
    bring_up_to_date(now=now, say=_say)
    cast = [
        {"part": role.member.part, "name": role.member.name, "url": instance.public_url_used + role.url} for role in demo_cast()
    ]
    sys.stdout.write(json.dumps({"cast": cast}, ensure_ascii=False) + "\n")
    return 0


def _make_tables(sentence: str) -> None:
    _say(sentence)
    call_command("migrate", interactive=False, verbosity=0)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()
