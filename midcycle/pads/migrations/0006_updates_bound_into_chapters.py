import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pads', '0005_votes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Chapter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first', models.BigIntegerField()),
                ('last', models.BigIntegerField()),
                ('people', models.TextField()),
                ('body', models.BinaryField()),
                ('pad', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='chapters', to='pads.pad')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('pad', 'first'), name='a_chapter_begins_where_no_other_does')],
            },
        ),
    ]
