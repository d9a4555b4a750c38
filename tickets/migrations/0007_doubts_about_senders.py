from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tickets", "0006_picture_permissions")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="doubts",
            field=models.JSONField(blank=True, null=True, verbose_name="odd about the sender"),
        ),
    ]
