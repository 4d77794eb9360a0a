from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0005_past_shares_and_who_did_it'),
    ]

    operations = [
        migrations.AddField(
            model_name='capacity',
            name='asks',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='capacity',
            name='figures',
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name='capacity',
            name='looked_over_at',
            field=models.DateTimeField(null=True),
        ),
    ]
