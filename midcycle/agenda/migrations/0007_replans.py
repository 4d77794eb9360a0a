"""What a re-plan on the day was worked out for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Searches begun before were drafts, and keep nothing."""

    dependencies = [("agenda", "0006_searches")]

    operations = [
        migrations.AddField(model_name="search", name="told", field=models.JSONField(default=dict)),
    ]
