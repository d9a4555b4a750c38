import django.db.models.functions.text
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0007_doubts_about_senders")]

    operations = [
        AddIndexConcurrently(
            model_name="customer",
            index=models.Index(django.db.models.functions.text.Lower("name"), name="customer_by_name"),
        ),
    ]
