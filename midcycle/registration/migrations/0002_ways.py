from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='seat',
            name='via',
            field=models.CharField(blank=True, default='', max_length=32),
            preserve_default=False,
        ),
    ]
