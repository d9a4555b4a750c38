import django.db.models.functions.comparison
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('tickets', '0057_policies_set_a_time')]

    operations = [
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(django.db.models.functions.comparison.Coalesce('due_soon_at', 'due_at'), condition=models.Q(('due_at__isnull', False), ('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_pressing'),
        ),
    ]
