from django.db import migrations, models
from django.db.models import Q

LONGEST = 366 * 24 * 60


def mend(apps, schema_editor):
    """What the old constraints let through is kept with the same effect, in words that the new ones allow.

    A policy without any time kept later policies from its tickets: it gets the longest time there is. To hand
    back without an escalation never happened.
    """
    policies = apps.get_model("tickets", "SlaPolicy").objects
    nothing = Q(first_reply=None, next_reply=None, resolution=None)
    policies.filter(nothing).update(resolution=LONGEST, warn_share=None, warn_minutes=None)
    policies.filter(hands_back=True, escalate_minutes=None).update(hands_back=False)


class Migration(migrations.Migration):

    dependencies = [('tickets', '0056_newest_notifications')]

    operations = [
        migrations.RunPython(mend, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='slapolicy', name='sla_policy_sets_a_time'),
        migrations.RemoveConstraint(model_name='slapolicy', name='sla_policy_escalates_to_hand_back'),
        migrations.AddConstraint(
            model_name='slapolicy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_reply__gt', 0), ('first_reply__isnull', False)), models.Q(('next_reply__gt', 0), ('next_reply__isnull', False)), models.Q(('resolution__gt', 0), ('resolution__isnull', False)), _connector='OR'), name='sla_policy_sets_a_time', violation_error_message='Set one of the three times at least.'),
        ),
        migrations.AddConstraint(
            model_name='slapolicy',
            constraint=models.CheckConstraint(condition=models.Q(('hands_back', False), models.Q(('escalate_minutes__gt', 0), ('escalate_minutes__isnull', False)), _connector='OR'), name='sla_policy_escalates_to_hand_back', violation_error_message='Say after how many minutes it is escalated.'),
        ),
    ]
