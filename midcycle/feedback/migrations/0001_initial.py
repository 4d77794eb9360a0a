import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('meetups', '0001_initial'),
        ('registration', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='slip', serialize=False, to='registration.seat')),
            ],
        ),
        migrations.CreateModel(
            name='Survey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_open', models.BooleanField(default=False)),
                ('meetup', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='survey', to='meetups.meetup')),
            ],
        ),
        migrations.CreateModel(
            name='OwnWords',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='own_words', to='feedback.survey')),
            ],
        ),
        migrations.CreateModel(
            name='HandCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=60)),
                ('asked', models.CharField(blank=True, max_length=200)),
                ('yes', models.PositiveIntegerField()),
                ('no', models.PositiveIntegerField()),
                ('meetup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hand_counts', to='meetups.meetup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meetup', 'question'), name='hands_are_counted_once_for_a_question')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=10)),
                ('text', models.TextField()),
                ('meetup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='meetups.meetup')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('asked_for', 'reported', 'lesson'))), name='a_remark_is_of_a_known_kind')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.CharField(max_length=20)),
                ('value', models.CharField(max_length=20)),
                ('count', models.PositiveIntegerField(default=0)),
                ('survey', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tallies', to='feedback.survey')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('survey', 'question', 'value'), name='an_answer_is_counted_in_one_row')],
            },
        ),
    ]
