import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # the index is made beside the work that goes on

    dependencies = [
        ('tickets', '0016_provider_ids'),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='provider_ids',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=255), blank=True, db_default=[], default=list, size=None, verbose_name="provider's ids"),
        ),
        AddIndexConcurrently(
            model_name='delivery',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('provider_ids', []), _negated=True), fields=['provider_ids'], name='delivery_provider_ids'),
        ),
    ]
