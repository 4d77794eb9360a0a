from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def note_agendas(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:  # noqa: ARG001 - Django's signature
    """Note which meetups have a released agenda."""
    released = apps.get_model("agenda", "Release").objects.values("meetup")
    apps.get_model("meetups", "Meetup").objects.filter(pk__in=released).update(has_agenda=True)


class Migration(migrations.Migration):

    dependencies = [
        ('agenda', '0001_initial'),
        ('meetups', '0003_what_everybody_sees'),
    ]

    operations = [migrations.RunPython(note_agendas, migrations.RunPython.noop)]
