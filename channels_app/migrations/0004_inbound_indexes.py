from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # the journal is written to while its indexes are made

    dependencies = [
        ('channels_app', '0003_what_the_server_holds'),
    ]

    operations = [
        RemoveIndexConcurrently(
            model_name='inboundrecord',
            name='inbound_pending',
        ),
        AddIndexConcurrently(
            model_name='inboundrecord',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['is_bulk', 'id'], name='inbound_pending'),
        ),
        AddIndexConcurrently(
            model_name='inboundrecord',
            index=models.Index(fields=['channel', 'arrived_at'], name='inbound_arrived'),
        ),
        AddIndexConcurrently(
            model_name='inboundrecord',
            index=models.Index(condition=models.Q(('message_id', ''), _negated=True), fields=['message_id'], name='inbound_message_id'),
        ),
    ]
