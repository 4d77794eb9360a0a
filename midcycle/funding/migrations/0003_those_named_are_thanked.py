from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def thank_those_named(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Until now every underwriter was named on the page and in the report."""
    underwriters = apps.get_model("funding", "Underwriter").objects.all()
    underwriters.update(state="thanked")
    recognition = apps.get_model("funding", "Recognition")
    kinds = ("page", "report")
    recognition.objects.bulk_create(
        [recognition(underwriter_id=pk, kind=kind) for pk in underwriters.values_list("pk", flat=True) for kind in kinds],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [("funding", "0002_underwriters_have_a_pipeline")]

    operations = [migrations.RunPython(thank_those_named, migrations.RunPython.noop)]
