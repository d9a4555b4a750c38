from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0014_files_sent_ahead")]

    operations = [
        ValidateConstraint(model_name="attachment", name="attachment_has_one_home"),
        AddIndexConcurrently(
            model_name="attachment",
            index=models.Index(
                fields=["uploader"],
                name="attachment_waiting",
                condition=models.Q(uploader__isnull=False),
            ),
        ),
    ]
