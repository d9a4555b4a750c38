
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # the index is made beside the work that goes on

    dependencies = [
        ('channels_app', '0004_inbound_indexes'),
        ('tickets', '0015_files_that_wait'),
    ]

    operations = [
        migrations.AddField(
            model_name='delivery',
            name='provider_id',
            field=models.CharField(blank=True, db_default='', default='', max_length=255, verbose_name="provider's id"),
        ),
        AddIndexConcurrently(
            model_name='delivery',
            index=models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='delivery_provider_id'),
        ),
    ]
