import datetime

import django.db.models.expressions
import django.db.models.functions.comparison
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('tickets', '0041_routing')]

    operations = [
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(models.F('team'), django.db.models.expressions.CombinedExpression(models.Value(4), '-', models.F('priority')), django.db.models.functions.comparison.Coalesce('waiting_since', models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), models.F('id'), condition=models.Q(('folder', 'desk'), ('snoozed_until', None), ('status__in', ['new', 'open']), ('waiting_since__isnull', False), ('assignee', None), ('is_internal', False)), name='ticket_to_route'),
        ),
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(condition=models.Q(('folder', 'desk'), ('snoozed_until', None), ('status__in', ['new', 'open']), ('waiting_since__isnull', False), ('assignee__isnull', False)), fields=['assignee'], name='ticket_held'),
        ),
    ]
