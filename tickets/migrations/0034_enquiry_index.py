from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False

    dependencies = [('tickets', '0033_enquiries')]

    operations = [
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(condition=models.Q(('enquiry__isnull', False)), fields=['enquiry', 'id'], name='message_of_enquiry'),
        ),
    ]
