import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0029_snoozed_indexes'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('text', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='word')),
                ('alike', models.CharField(editable=False, max_length=40, verbose_name='in Latin letters')),
            ],
            options={
                'verbose_name': 'word',
                'verbose_name_plural': 'words',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['alike'], name='word_alike', opclasses=['gin_trgm_ops'])],
            },
        ),
    ]
