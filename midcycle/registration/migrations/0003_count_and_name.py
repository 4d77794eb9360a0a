import secrets

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import Count


def count_and_name(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Count who waits and who is here, give the seats of no-shows back, and name every seat for its ticket."""
    capacity = apps.get_model("registration", "Capacity")
    seat = apps.get_model("registration", "Seat")
    for row in capacity.objects.all():
        states = dict(
            seat.objects.filter(meetup=row.meetup_id).values_list("state").annotate(count=Count("pk")).order_by()
        )
        row.waiting, row.checked_in = states.get("waiting", 0), states.get("checked_in", 0)
        row.offered = states.get("offered", 0)
        row.held = states.get("held", 0) + row.offered + row.checked_in
        row.save()
    for row in seat.objects.filter(code=None).only("pk").iterator():
        seat.objects.filter(pk=row.pk).update(code=secrets.token_hex(10))


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0002_lines_quotas_and_questions'),
    ]

    operations = [
        migrations.RunPython(count_and_name, migrations.RunPython.noop, elidable=True),
    ]
