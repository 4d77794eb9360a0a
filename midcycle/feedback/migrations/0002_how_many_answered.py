"""How many answered is kept when a survey is closed, and who did is forgotten; also of those that are closed already."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def count_slips(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    Survey, Slip = apps.get_model("feedback", "Survey"), apps.get_model("feedback", "Slip")  # noqa: N806 - models
    for survey in Survey.objects.filter(is_open=False, was_opened=True):
        slips = Slip.objects.filter(seat__meetup=survey.meetup_id)
        Survey.objects.filter(pk=survey.pk).update(on_screen=slips.count())
        slips.delete()


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="survey",
            name="on_screen",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.RunPython(count_slips, migrations.RunPython.noop),
    ]
