from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('tickets', '0055_devices_and_quiet_hours')]

    operations = [
        AddIndexConcurrently(
            model_name='notification',
            index=models.Index(fields=['user', '-created_at'], name='notification_newest'),
        ),
        RemoveIndexConcurrently(model_name='notification', name='notification_of_user'),
    ]
