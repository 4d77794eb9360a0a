import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('meetups', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.TextField(blank=True)),
                ('body_html', models.TextField(blank=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('meetup', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='report', to='meetups.meetup')),
            ],
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('where', models.CharField(max_length=400)),
                ('meetup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sources', to='meetups.meetup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meetup', 'key'), name='a_source_has_its_own_key')],
            },
        ),
        migrations.CreateModel(
            name='ToldFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=200)),
                ('value', models.JSONField()),
                ('meetup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_facts', to='meetups.meetup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meetup', 'path'), name='a_fact_is_told_once')],
            },
        ),
    ]
