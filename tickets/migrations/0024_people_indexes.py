import django.contrib.postgres.indexes
import django.db.models.fields.json
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # the indexes are made beside the work that goes on

    dependencies = [("tickets", "0023_people_and_custom_fields")]

    operations = [
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(condition=models.Q(('importance__gt', 1)), fields=['importance', '-id'], name='customer_important'),
        ),
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(condition=models.Q(('blocked_at__isnull', False)), fields=['-blocked_at'], name='customer_blocked'),
        ),
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='customer_merged'),
        ),
        AddIndexConcurrently(
            model_name='customer',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('custom', {}), _negated=True), fields=['custom'], name='customer_custom', opclasses=['jsonb_path_ops']),
        ),
        AddIndexConcurrently(
            model_name='event',
            index=models.Index(django.db.models.fields.json.KeyTextTransform('customer', 'data'), models.F('id'), condition=models.Q(('ticket', None)), name='event_of_customer'),
        ),
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(condition=models.Q(('customer__isnull', False)), fields=['customer', 'id'], name='message_of_customer'),
        ),
        AddIndexConcurrently(
            model_name='ticket',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('custom', {}), _negated=True), fields=['custom'], name='ticket_custom', opclasses=['jsonb_path_ops']),
        ),
    ]
