from datetime import UTC, datetime

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce

NEVER = datetime(9999, 12, 31, tzinfo=UTC)
UNFINISHED = models.Q(("folder", "desk"), ("status__in", ["new", "open", "waiting", "on_hold"]))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("tickets", "0019_saved_views")]

    operations = [
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(Coalesce('waiting_since', models.Value(NEVER)), models.F('id'), condition=UNFINISHED, name='ticket_by_waiting'),
        ),
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(CombinedExpression(models.Value(4), '-', models.F('priority')), Coalesce('waiting_since', models.Value(NEVER)), models.F('id'), condition=UNFINISHED, name='ticket_by_urgency'),
        ),
        AddIndexConcurrently(
            model_name='ticket',
            index=models.Index(models.F('id'), condition=UNFINISHED, name='ticket_by_age'),
        ),
    ]
