from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0003_count_and_name'),
    ]

    operations = [
        migrations.AlterField(
            model_name='seat',
            name='code',
            field=models.CharField(max_length=24, unique=True),
        ),
    ]
