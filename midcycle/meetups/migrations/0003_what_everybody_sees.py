from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetups', '0002_tokens_know_their_last_day'),
    ]

    operations = [
        migrations.AddField(
            model_name='meetup',
            name='has_agenda',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='meetup',
            name='has_report',
            field=models.BooleanField(default=False),
        ),
    ]
