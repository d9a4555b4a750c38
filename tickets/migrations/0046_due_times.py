import datetime
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import tickets.models.sla
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0015_working_hours'),
        ('channels_app', '0008_resend_hooks'),
        ('tickets', '0045_kinds_of_notification'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SlaClock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('target', models.CharField(choices=[('first_reply', 'First reply'), ('next_reply', 'Next reply'), ('resolution', 'Resolution')], max_length=12, verbose_name='time')),
                ('started_at', models.DateTimeField(verbose_name='started')),
                ('pauses', models.JSONField(default=list, verbose_name='pauses')),
                ('warn_at', models.DateTimeField(blank=True, null=True, verbose_name='due soon from')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                ('escalate_at', models.DateTimeField(blank=True, null=True, verbose_name='escalated at')),
                ('warned_at', models.DateTimeField(blank=True, null=True, verbose_name='warned')),
                ('breached_at', models.DateTimeField(blank=True, null=True, verbose_name='found overdue')),
                ('escalated_at', models.DateTimeField(blank=True, null=True, verbose_name='escalated')),
                ('next_at', models.DateTimeField(blank=True, null=True, verbose_name='next threshold')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('outcome', models.CharField(blank=True, choices=[('', 'Open'), ('met', 'In time'), ('late', 'Late'), ('dropped', 'Holds no longer')], max_length=8, verbose_name='outcome')),
            ],
            options={
                'verbose_name': 'clock of a ticket',
                'verbose_name_plural': 'clocks of tickets',
            },
        ),
        migrations.CreateModel(
            name='SlaEdition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('versions', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name='versions')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ('reached', models.BigIntegerField(default=0, verbose_name='gone through up to the ticket')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='gone through')),
            ],
            options={
                'verbose_name': 'edition of the policies of times',
                'verbose_name_plural': 'editions of the policies of times',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SlaPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('kind', models.CharField(blank=True, choices=[('information', 'Information'), ('support', 'Support'), ('complaint', 'Complaint'), ('suggestion', 'Suggestion')], max_length=12, verbose_name='kind')),
                ('priority', models.PositiveSmallIntegerField(blank=True, choices=[(2, 'Normal'), (3, 'High'), (4, 'Urgent')], null=True, verbose_name='priority at least')),
                ('importance', models.PositiveSmallIntegerField(blank=True, choices=[(2, 'Important'), (3, 'VIP')], null=True, verbose_name='customer at least')),
                ('first_reply', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(527040)], verbose_name='minutes to the first reply')),
                ('next_reply', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(527040)], verbose_name='minutes to each next reply')),
                ('resolution', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(527040)], verbose_name='minutes to the resolution')),
                ('pauses_on_hold', models.BooleanField(default=False, help_text='Waiting for the customer always pauses the clock of the resolution.', verbose_name='on hold pauses, too')),
                ('warn_share', models.PositiveSmallIntegerField(blank=True, default=75, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(99)], verbose_name='warn when so many percent are used')),
                ('warn_minutes', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(527040)], verbose_name='warn so many minutes before')),
                ('warn_tells', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('assignee', 'Who has the ticket, else its team'), ('team', 'The team'), ('supervisors', 'The supervisors')], max_length=12), blank=True, default=tickets.models.sla.warned, size=None, verbose_name='the warning tells')),
                ('late_tells', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('assignee', 'Who has the ticket, else its team'), ('team', 'The team'), ('supervisors', 'The supervisors')], max_length=12), blank=True, default=tickets.models.sla.late, size=None, verbose_name='when it is overdue tell')),
                ('raises_priority', models.BooleanField(default=False, verbose_name='raise the priority by one when it is overdue')),
                ('escalate_minutes', models.PositiveIntegerField(blank=True, help_text='In working hours. The supervisors are told then.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(527040)], verbose_name='escalate when it is overdue for minutes')),
                ('hands_back', models.BooleanField(default=False, verbose_name='and give it back to its team then')),
            ],
            options={
                'verbose_name': 'policy of times',
                'verbose_name_plural': 'policies of times',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SlaVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('terms', models.JSONField(verbose_name='terms')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
            ],
            options={
                'verbose_name': 'version of a policy of times',
                'verbose_name_plural': 'versions of policies of times',
                'ordering': ['-id'],
            },
        ),
        migrations.AddField(
            model_name='ticket',
            name='due_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='due'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='due_soon_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='due soon from'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='due_target',
            field=models.CharField(blank=True, db_default='', default='', max_length=12, verbose_name='what is due'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('ticket_opened', 'Ticket opened'), ('message_received', 'Message received'), ('reply_sent', 'Reply sent'), ('aside_sent', 'Sent to somebody else'), ('acknowledged', 'Receipt sent'), ('note_added', 'Note added'), ('delivery_failed', 'Not delivered'), ('delivery_retried', 'Sent again'), ('status_changed', 'Status changed'), ('assigned', 'Assigned'), ('team_changed', 'Team changed'), ('kind_changed', 'Kind changed'), ('priority_changed', 'Priority changed'), ('tags_changed', 'Tags changed'), ('subject_changed', 'Subject changed'), ('language_changed', 'Language changed'), ('custom_changed', 'Field changed'), ('customer_made', 'Customer made'), ('customer_changed', 'Customer changed'), ('customer_blocked', 'Customer blocked'), ('customer_unblocked', 'Customer let through again'), ('customers_united', 'Customers joined'), ('customers_parted', 'Customers taken apart again'), ('customer_erased', 'Customer erased'), ('organisation_made', 'Organisation made'), ('organisation_changed', 'Organisation changed'), ('organisation_removed', 'Organisation removed'), ('folder_changed', 'Moved'), ('file_released', 'File released'), ('pictures_changed', 'Pictures'), ('doubt_raised', 'Perhaps part of another ticket'), ('kept_apart', 'Kept as a ticket of its own'), ('doubt_reopened', 'To be decided again'), ('ticket_joined', 'Joined'), ('join_undone', 'Taken apart again'), ('message_split', 'Message split off'), ('split_undone', 'Message put back'), ('escalated', 'Shown to supervisors'), ('enquiry_sent', 'Somebody else asked'), ('enquiry_answered', 'Somebody else answered'), ('checklist_changed', 'Checklist changed'), ('time_spent', 'Time written down'), ('time_removed', 'Time taken away'), ('linked', 'Linked'), ('unlinked', 'Link taken away'), ('snoozed', 'Snoozed'), ('woken', 'Woken'), ('exported', 'Taken out as a file'), ('promise_made', 'Promise made'), ('promise_moved', 'Promise moved'), ('promise_kept', 'Promise kept'), ('promise_withdrawn', 'Promise taken back'), ('promise_lapsed', 'Promise lapsed'), ('unowned', 'Nobody has it'), ('sla_warned', 'Due soon'), ('sla_breached', 'Overdue'), ('sla_escalated', 'Overdue for long'), ('procedure_begun', 'Procedure begun'), ('procedure_marked', 'Step of a procedure'), ('procedure_ended', 'Procedure ended')], max_length=24, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='notification',
            name='kind',
            field=models.CharField(choices=[('assigned', 'A ticket was given to you'), ('wrote', 'The customer of your ticket wrote'), ('mentioned', 'Mentioned in a note'), ('held', 'A reply was held'), ('taken_back', 'A reply was taken back'), ('answered', 'An enquiry was answered'), ('watched', 'News on a watched ticket'), ('woken', 'A snoozed ticket is back'), ('promise_due', 'A promise is due soon'), ('promise_late', 'A promise has lapsed'), ('unowned', 'Nobody has a ticket'), ('due_soon', 'A ticket is due soon'), ('overdue', 'A ticket is overdue'), ('long_overdue', 'A ticket is overdue for long')], max_length=12, verbose_name='kind'),
        ),
        migrations.AddField(
            model_name='slaclock',
            name='ticket',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='tickets.ticket', verbose_name='ticket'),
        ),
        migrations.AddField(
            model_name='slapolicy',
            name='calendar',
            field=models.ForeignKey(blank=True, help_text='None: round the clock.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.calendar', verbose_name='working hours'),
        ),
        migrations.AddField(
            model_name='slapolicy',
            name='channel',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels_app.channel', verbose_name='channel'),
        ),
        migrations.AddField(
            model_name='slapolicy',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='slapolicy',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team', verbose_name='team'),
        ),
        migrations.AddField(
            model_name='slaversion',
            name='made_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='slaversion',
            name='policy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='versions', to='tickets.slapolicy', verbose_name='policy of times'),
        ),
        migrations.AddField(
            model_name='slaclock',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.slaversion', verbose_name='version of the policy'),
        ),
        migrations.AddConstraint(
            model_name='slapolicy',
            constraint=models.CheckConstraint(condition=models.Q(('first_reply__gt', 0), ('next_reply__gt', 0), ('resolution__gt', 0), _connector='OR'), name='sla_policy_sets_a_time', violation_error_message='Set one of the three times at least.'),
        ),
        migrations.AddConstraint(
            model_name='slapolicy',
            constraint=models.CheckConstraint(condition=models.Q(('warn_share', None), ('warn_minutes', None), _connector='OR'), name='sla_policy_warns_one_way', violation_error_message='Warn by percent or by minutes, not by both.'),
        ),
        migrations.AddConstraint(
            model_name='slapolicy',
            constraint=models.CheckConstraint(condition=models.Q(('hands_back', False), ('escalate_minutes__gt', 0), _connector='OR'), name='sla_policy_escalates_to_hand_back', violation_error_message='Say after how many minutes it is escalated.'),
        ),
        migrations.AddConstraint(
            model_name='slaversion',
            constraint=models.UniqueConstraint(fields=('policy', 'number'), name='sla_version_once'),
        ),
        migrations.AddIndex(
            model_name='slaclock',
            index=models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='sla_clock_next'),
        ),
        migrations.AddConstraint(
            model_name='slaclock',
            constraint=models.UniqueConstraint(fields=('ticket', 'target', 'started_at'), name='sla_clock_once'),
        ),
    ]
