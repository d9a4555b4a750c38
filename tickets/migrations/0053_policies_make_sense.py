from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('tickets', '0052_expected_times')]

    operations = [
        migrations.RemoveConstraint(
            model_name='slapolicy',
            name='sla_policy_sets_a_time',
        ),
        migrations.RemoveConstraint(
            model_name='slapolicy',
            name='sla_policy_escalates_to_hand_back',
        ),
        migrations.AddConstraint(
            model_name='slapolicy',
            constraint=models.CheckConstraint(condition=models.Q(('first_reply', None), ('next_reply', None), ('resolution', None), _negated=True), name='sla_policy_sets_a_time', violation_error_message='Set one of the three times at least.'),
        ),
        migrations.AddConstraint(
            model_name='slapolicy',
            constraint=models.CheckConstraint(condition=models.Q(('hands_back', False), ('escalate_minutes__isnull', False), _connector='OR'), name='sla_policy_escalates_to_hand_back', violation_error_message='Say after how many minutes it is escalated.'),
        ),
    ]
