import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pads', '0004_writers_guests_and_publishing'),
    ]

    operations = [
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('client_id', models.BigIntegerField()),
                ('clock', models.BigIntegerField()),
                ('person', models.CharField(max_length=64)),
                ('pad', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='pads.pad')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pad', 'client_id', 'clock', 'person'), name='a_person_votes_once_for_a_line')],
            },
        ),
    ]
