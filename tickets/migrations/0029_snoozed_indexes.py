from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('tickets', '0028_snoozed_tickets')]

    operations = [
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('snoozed_until__isnull', False)), name='ticket_snoozed'),
        ),
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(condition=models.Q(('snoozed_until__isnull', False)), fields=['snoozed_until'], name='ticket_wakes'),
        ),
    ]
