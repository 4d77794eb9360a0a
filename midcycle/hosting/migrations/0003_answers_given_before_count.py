"""Answers given before a letter had to confirm them count as they did, and can be passed on."""

import secrets

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def count_them(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Confirm every answer with the moment it was given."""
    interest = apps.get_model("hosting", "Interest")
    for answer in interest.objects.filter(confirmed_at=None).only("pk", "answered_at").iterator():
        values = {"confirmed_at": answer.answered_at, "code": secrets.token_urlsafe(9)}
        interest.objects.filter(pk=answer.pk).update(**values)


class Migration(migrations.Migration):

    dependencies = [("hosting", "0002_what_a_call_finds_out")]

    operations = [migrations.RunPython(count_them, migrations.RunPython.noop)]
