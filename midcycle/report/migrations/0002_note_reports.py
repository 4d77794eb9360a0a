from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def note_reports(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Note which meetups have a published report."""
    published = apps.get_model("report", "Report").objects.filter(published_at__isnull=False).values("meetup")
    apps.get_model("meetups", "Meetup").objects.filter(pk__in=published).update(has_report=True)


class Migration(migrations.Migration):

    dependencies = [
        ('meetups', '0003_what_everybody_sees'),
        ('report', '0001_initial'),
    ]

    operations = [migrations.RunPython(note_reports, migrations.RunPython.noop)]
