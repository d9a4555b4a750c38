import datetime

import django.db.models.functions.comparison
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('tickets', '0046_due_times')]

    operations = [
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(django.db.models.functions.comparison.Coalesce('due_at', models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), models.F('id'), condition=models.Q(('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_by_due'),
        ),
    ]
