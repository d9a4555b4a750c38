import django.contrib.postgres.operations
import datetime
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.fields.json
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import helpdesk.secrets
import tickets.models.availability
import tickets.models.sla
import tickets.models.ticket
import uuid
from django.conf import settings
from django.db import migrations, models

from helpdesk.tables import TablesAtOnce


# The topics that the shipped models know, as a tree to start from.
TOPICS = [
    ("order", "Order", "Заказ", "Rendelés"),
    ("delivery", "Delivery", "Доставка", "Szállítás"),
    ("return", "Return", "Возврат", "Visszaküldés"),
    ("warranty", "Warranty and repair", "Гарантия и ремонт", "Garancia és javítás"),
    ("product", "Product", "Товар", "Termék"),
    ("price", "Price", "Цена", "Ár"),
    ("payment", "Payment", "Оплата", "Fizetés"),
    ("account", "Account", "Учётная запись", "Fiók"),
    ("technical", "Technical", "Техника", "Műszaki"),
    ("service", "Service", "Обслуживание", "Kiszolgálás"),
    ("other", "Other", "Другое", "Egyéb"),
]


def plant(apps, schema_editor):
    topic = apps.get_model("tickets", "Topic")
    for position, (key, english, russian, hungarian) in enumerate(TOPICS):
        labels = {"en": english, "ru": russian, "hu": hungarian}
        topic.objects.get_or_create(key=key, defaults={"labels": labels, "position": position * 10})


class Migration(migrations.Migration):
    # What an empty database gets at once; one that stands goes the way of the steps this replaces.

    replaces = [
        ('tickets', '0001_initial'),
        ('tickets', '0002_lanes_of_deliveries'),
        ('tickets', '0003_message_authenticity'),
        ('tickets', '0004_recipients_and_forwards'),
        ('tickets', '0005_imports'),
        ('tickets', '0006_picture_permissions'),
        ('tickets', '0007_doubts_about_senders'),
        ('tickets', '0008_customers_by_name'),
        ('tickets', '0009_identity_bounces'),
        ('tickets', '0010_folds_of_messages'),
        ('tickets', '0011_joins_and_doubts'),
        ('tickets', '0012_files_are_looked_into'),
        ('tickets', '0013_receipts'),
        ('tickets', '0014_files_sent_ahead'),
        ('tickets', '0015_files_that_wait'),
        ('tickets', '0016_provider_ids'),
        ('tickets', '0017_every_id_of_a_provider'),
        ('tickets', '0018_what_the_desk_made_of_it'),
        ('tickets', '0019_saved_views'),
        ('tickets', '0020_orders_by_index'),
        ('tickets', '0021_working_the_list'),
        ('tickets', '0022_organisations_are_told'),
        ('tickets', '0023_people_and_custom_fields'),
        ('tickets', '0024_people_indexes'),
        ('tickets', '0025_drafts_that_wait'),
        ('tickets', '0026_addresses_written_to'),
        ('tickets', '0027_notifications'),
        ('tickets', '0028_snoozed_tickets'),
        ('tickets', '0029_snoozed_indexes'),
        ('tickets', '0030_words_of_the_desk'),
        ('tickets', '0031_more_can_be_found'),
        ('tickets', '0032_promises'),
        ('tickets', '0033_enquiries'),
        ('tickets', '0034_enquiry_index'),
        ('tickets', '0035_links_and_watching'),
        ('tickets', '0036_macros'),
        ('tickets', '0037_internal_tickets_and_work'),
        ('tickets', '0038_ways_of_telling'),
        ('tickets', '0039_judging_in_ones_own_way'),
        ('tickets', '0040_exported_tickets'),
        ('tickets', '0041_routing'),
        ('tickets', '0042_indexes_of_routing'),
        ('tickets', '0043_procedures'),
        ('tickets', '0044_criteria_of_priority'),
        ('tickets', '0045_kinds_of_notification'),
        ('tickets', '0046_due_times'),
        ('tickets', '0047_lists_by_due_time'),
        ('tickets', '0048_rules'),
        ('tickets', '0049_lines_about_no_ticket'),
        ('tickets', '0050_blocked_domains'),
        ('tickets', '0051_drafts_of_enquiries'),
        ('tickets', '0052_expected_times'),
        ('tickets', '0053_topic_of_a_ticket'),
        ('tickets', '0054_attendance'),
        ('tickets', '0055_devices_and_quiet_hours'),
        ('tickets', '0056_newest_notifications'),
        ('tickets', '0057_policies_set_a_time'),
        ('tickets', '0058_what_presses_by_index'),
        ('tickets', '0059_ratings'),
        ('tickets', '0060_breath_after_talks'),
        ('tickets', '0061_rating_invitations'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '0018_working_hours_tell_when_changed'),
        ('channels_app', '0008_resend_hooks'),
    ]

    operations = [
        migrations.RunSQL(
            sql='CREATE SEQUENCE ticket_number START 1001',
            reverse_sql='DROP SEQUENCE ticket_number',
        ),
        django.contrib.postgres.operations.TrigramExtension(
        ),
        TablesAtOnce([
            migrations.CreateModel(
                name='Effort',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(blank=True, choices=[('', 'No kind yet'), ('information', 'Information'), ('support', 'Support'), ('complaint', 'Complaint'), ('suggestion', 'Suggestion')], max_length=12, unique=True, verbose_name='kind')),
                    ('points', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(50)], verbose_name='effort')),
                ],
                options={
                    'verbose_name': 'effort of a kind of ticket',
                    'verbose_name_plural': 'effort of kinds of tickets',
                    'ordering': ['kind'],
                },
            ),
            migrations.CreateModel(
                name='Lane',
                fields=[
                    ('name', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='name')),
                    ('served_at', models.DateTimeField(blank=True, null=True, verbose_name='last served')),
                    ('allowance', models.FloatField(blank=True, null=True, verbose_name='may send at once')),
                    ('counted_at', models.DateTimeField(blank=True, null=True, verbose_name='counted')),
                    ('failures', models.PositiveSmallIntegerField(default=0, verbose_name='failures in a row')),
                    ('rests_until', models.DateTimeField(blank=True, null=True, verbose_name='rests until')),
                    ('error', models.TextField(blank=True, verbose_name='error')),
                ],
                options={
                    'verbose_name': 'lane',
                    'verbose_name_plural': 'lanes',
                },
            ),
            migrations.CreateModel(
                name='Organisation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=160, unique=True, verbose_name='name')),
                    ('domains', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=253), blank=True, default=list, size=None, verbose_name='domains')),
                    ('notes', models.TextField(blank=True, verbose_name='notes')),
                    ('custom', models.JSONField(blank=True, db_default={}, default=dict, verbose_name='custom fields')),
                ],
                options={
                    'verbose_name': 'organisation',
                    'verbose_name_plural': 'organisations',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='PushKeys',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('public', models.CharField(max_length=100, verbose_name='public key')),
                    ('secrets', helpdesk.secrets.SecretsField(blank=True, default=dict, editable=False, verbose_name='secrets')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ],
                options={
                    'verbose_name': 'keys of push',
                    'verbose_name_plural': 'keys of push',
                },
            ),
            migrations.CreateModel(
                name='Skill',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ],
                options={
                    'verbose_name': 'skill',
                    'verbose_name_plural': 'skills',
                    'ordering': ['name'],
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
                name='Telling',
                fields=[
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='telling', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('choices', models.JSONField(blank=True, default=dict, verbose_name='choices')),
                    ('digest', models.CharField(choices=[('hourly', 'Every hour'), ('daily', 'Once a day')], default='daily', max_length=6, verbose_name='digest')),
                    ('hour', models.PositiveSmallIntegerField(default=8, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='hour')),
                    ('digested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last digest')),
                    ('quiet_from', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='quiet from')),
                    ('quiet_until', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(23)], verbose_name='quiet until')),
                    ('shows_subject', models.BooleanField(db_default=False, default=False, verbose_name='subjects on devices')),
                ],
                options={
                    'verbose_name': 'ways of being told',
                    'verbose_name_plural': 'ways of being told',
                },
            ),
            migrations.CreateModel(
                name='Ticket',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.BigIntegerField(db_default=tickets.models.ticket.NextNumber(), editable=False, unique=True, verbose_name='number')),
                    ('subject', models.CharField(blank=True, max_length=1000, verbose_name='subject')),
                    ('status', models.CharField(choices=[('new', 'New'), ('open', 'Open'), ('waiting', 'Waiting for customer'), ('on_hold', 'On hold'), ('resolved', 'Resolved'), ('closed', 'Closed')], default='new', max_length=10, verbose_name='status')),
                    ('folder', models.CharField(choices=[('desk', 'Desk'), ('spam', 'Spam'), ('bin', 'Bin'), ('merged', 'Joined into another')], default='desk', max_length=6, verbose_name='folder')),
                    ('folder_since', models.DateTimeField(blank=True, null=True, verbose_name='in this folder since')),
                    ('kind', models.CharField(blank=True, choices=[('', 'No kind yet'), ('information', 'Information'), ('support', 'Support'), ('complaint', 'Complaint'), ('suggestion', 'Suggestion')], default='', max_length=12, verbose_name='kind')),
                    ('verdict', models.JSONField(blank=True, db_default={}, default=dict, editable=False, verbose_name='verdict')),
                    ('priority', models.PositiveSmallIntegerField(choices=[(1, 'Low'), (2, 'Normal'), (3, 'High'), (4, 'Urgent')], default=2, verbose_name='priority')),
                    ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='tags')),
                    ('custom', models.JSONField(blank=True, db_default={}, default=dict, verbose_name='custom fields')),
                    ('language', models.CharField(blank=True, max_length=8, verbose_name='language')),
                    ('preview', models.CharField(blank=True, max_length=160, verbose_name='preview')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                    ('last_message_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last message')),
                    ('waiting_since', models.DateTimeField(blank=True, null=True, verbose_name='customer waits since')),
                    ('first_replied_at', models.DateTimeField(blank=True, null=True, verbose_name='first reply')),
                    ('resolved_at', models.DateTimeField(blank=True, null=True, verbose_name='resolved')),
                    ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                    ('is_internal', models.BooleanField(db_default=False, default=False, verbose_name='internal')),
                    ('escalated_at', models.DateTimeField(blank=True, null=True, verbose_name='escalated')),
                    ('snoozed_until', models.DateTimeField(blank=True, null=True, verbose_name='snoozed until')),
                    ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                    ('due_soon_at', models.DateTimeField(blank=True, null=True, verbose_name='due soon from')),
                    ('due_target', models.CharField(blank=True, db_default='', default='', max_length=12, verbose_name='what is due')),
                    ('promised_until', models.DateTimeField(blank=True, null=True, verbose_name='promised for')),
                    ('rating', models.CharField(blank=True, choices=[('good', 'Good'), ('fair', 'So-so'), ('bad', 'Bad')], db_default='', default='', editable=False, max_length=4, verbose_name='rating')),
                    ('assignee', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tickets', to=settings.AUTH_USER_MODEL, verbose_name='assignee')),
                    ('channel', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='channels_app.channel', verbose_name='channel')),
                ],
                options={
                    'verbose_name': 'ticket',
                    'verbose_name_plural': 'tickets',
                },
            ),
            migrations.CreateModel(
                name='WrittenTo',
                fields=[
                    ('digest', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='digest of the address')),
                    ('first_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='first written to')),
                ],
                options={
                    'verbose_name': 'address written to',
                    'verbose_name_plural': 'addresses written to',
                },
            ),
            migrations.CreateModel(
                name='AvailabilityChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('available', 'Available'), ('paused', 'Paused'), ('away', 'Away')], max_length=9, verbose_name='state')),
                    ('reason', models.CharField(blank=True, choices=[('', 'No reason given'), ('break', 'Break'), ('lunch', 'Lunch'), ('meeting', 'Meeting'), ('training', 'Training'), ('backlog', 'Working off what I have'), ('other', 'Something else')], max_length=8, verbose_name='reason')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'change of availability',
                    'verbose_name_plural': 'changes of availability',
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Batch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='client key')),
                    ('action', models.CharField(max_length=16, verbose_name='action')),
                    ('changes', models.JSONField(default=list, verbose_name='changes')),
                    ('left', models.PositiveIntegerField(default=0, verbose_name='left as they were')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='batches', to=settings.AUTH_USER_MODEL, verbose_name='by colleague')),
                ],
                options={
                    'verbose_name': 'change of many tickets',
                    'verbose_name_plural': 'changes of many tickets',
                },
            ),
            migrations.CreateModel(
                name='Checklist',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=80, verbose_name='title')),
                    ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=200), size=None, verbose_name='steps')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('team', models.ForeignKey(blank=True, help_text='None: for the tickets of all teams.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='checklists', to='accounts.team', verbose_name='team')),
                ],
                options={
                    'verbose_name': 'checklist',
                    'verbose_name_plural': 'checklists',
                    'ordering': ['position', 'title'],
                },
            ),
            migrations.CreateModel(
                name='Customer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                    ('language', models.CharField(blank=True, max_length=8, verbose_name='language')),
                    ('time_zone', models.CharField(blank=True, max_length=64, verbose_name='time zone')),
                    ('country', models.CharField(blank=True, help_text='ISO 3166-1 alpha-2', max_length=2, verbose_name='country')),
                    ('notes', models.TextField(blank=True, verbose_name='notes')),
                    ('importance', models.PositiveSmallIntegerField(choices=[(1, 'Normal'), (2, 'Important'), (3, 'VIP')], db_default=1, default=1, verbose_name='importance')),
                    ('custom', models.JSONField(blank=True, db_default={}, default=dict, verbose_name='custom fields')),
                    ('blocked_at', models.DateTimeField(blank=True, null=True, verbose_name='blocked')),
                    ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='erased')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='customer since')),
                    ('blocked_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='blocked by')),
                    ('merged_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='tickets.customer', verbose_name='joined into')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='customers', to='tickets.organisation', verbose_name='organisation')),
                ],
                options={
                    'verbose_name': 'customer',
                    'verbose_name_plural': 'customers',
                },
            ),
            migrations.CreateModel(
                name='CustomField',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('of', models.CharField(choices=[('ticket', 'Tickets'), ('customer', 'Customers'), ('organisation', 'Organisations')], max_length=12, verbose_name='field of')),
                    ('key', models.CharField(help_text='The name in the API, in files and in filters, such as order_number. It never changes.', max_length=40, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*\\Z', 'Small letters a to z, digits and _.')], verbose_name='key')),
                    ('kind', models.CharField(choices=[('text', 'Text'), ('number', 'Number'), ('date', 'Date'), ('yes_no', 'Yes or no'), ('choice', 'One of a list'), ('several', 'Several of a list'), ('link', 'Link')], default='text', max_length=8, verbose_name='what it holds')),
                    ('labels', models.JSONField(default=dict, verbose_name='labels')),
                    ('options', models.JSONField(blank=True, default=list, verbose_name='list')),
                    ('ticket_kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('', 'No kind yet'), ('information', 'Information'), ('support', 'Support'), ('complaint', 'Complaint'), ('suggestion', 'Suggestion')], max_length=12), blank=True, default=list, help_text='None chosen: on all tickets.', size=None, verbose_name='shown on tickets of the kind')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ],
                options={
                    'verbose_name': 'custom field',
                    'verbose_name_plural': 'custom fields',
                    'ordering': ['of', 'position', 'id'],
                    'constraints': [models.UniqueConstraint(fields=('of', 'key'), name='custom_field_once')],
                },
            ),
            migrations.CreateModel(
                name='Device',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('endpoint', models.CharField(max_length=1000, unique=True, verbose_name='address')),
                    ('secrets', helpdesk.secrets.SecretsField(blank=True, default=dict, editable=False, verbose_name='secrets')),
                    ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                    ('session', models.CharField(editable=False, max_length=40, verbose_name='session')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                    ('told_at', models.DateTimeField(blank=True, null=True, verbose_name='last told')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='devices', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'device',
                    'verbose_name_plural': 'devices',
                },
            ),
            migrations.CreateModel(
                name='Enquiry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('subject', models.CharField(max_length=1000, verbose_name='subject')),
                    ('whom', models.CharField(help_text='As one writes it: a name, an address.', max_length=400, verbose_name='whom')),
                    ('addresses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=320), default=list, help_text='Everybody who was written to: what they answer belongs here.', size=None, verbose_name='addresses')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='asked by')),
                ],
                options={
                    'verbose_name': 'enquiry',
                    'verbose_name_plural': 'enquiries',
                },
            ),
            migrations.CreateModel(
                name='Identity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('email', 'E-mail'), ('phone', 'Phone')], max_length=16, verbose_name='kind')),
                    ('value', models.CharField(max_length=254, verbose_name='address')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='known since')),
                    ('acknowledged_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last receipt sent')),
                    ('bounced_at', models.DateTimeField(blank=True, null=True, verbose_name='mail came back')),
                    ('bounce_status', models.CharField(blank=True, db_default='', default='', max_length=16, verbose_name='status of the bounce')),
                    ('bounce_reason', models.TextField(blank=True, db_default='', default='', verbose_name='what the server said')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identities', to='tickets.customer', verbose_name='customer')),
                ],
                options={
                    'verbose_name': 'identity',
                    'verbose_name_plural': 'identities',
                },
            ),
            migrations.CreateModel(
                name='ImportRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('table', models.CharField(choices=[('customers', 'Customers'), ('organisations', 'Organisations'), ('tickets', 'Tickets')], max_length=16, verbose_name='what')),
                    ('file_name', models.CharField(max_length=200, verbose_name='file')),
                    ('sha256', models.CharField(editable=False, max_length=64, verbose_name='digest of the file')),
                    ('state', models.CharField(choices=[('checking', 'Being checked'), ('checked', 'Checked: nothing is imported yet'), ('running', 'Being imported'), ('done', 'Imported'), ('stopped', 'Stopped'), ('unreadable', 'The file cannot be read')], default='checking', max_length=12, verbose_name='state')),
                    ('total', models.PositiveIntegerField(default=0, verbose_name='rows')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='rows done')),
                    ('added', models.PositiveIntegerField(default=0, verbose_name='new')),
                    ('changed', models.PositiveIntegerField(default=0, verbose_name='changed')),
                    ('unchanged', models.PositiveIntegerField(default=0, verbose_name='as they were')),
                    ('refused', models.PositiveIntegerField(default=0, verbose_name='refused')),
                    ('problems', models.JSONField(blank=True, default=list, verbose_name='problems')),
                    ('error', models.TextField(blank=True, verbose_name='error')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='begun')),
                    ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                    ('channel', models.ForeignKey(blank=True, help_text='Imported tickets are answered from here.', null=True, on_delete=django.db.models.deletion.SET_NULL, to='channels_app.channel', verbose_name='mailbox')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ],
                options={
                    'verbose_name': 'import',
                    'verbose_name_plural': 'imports',
                },
            ),
            migrations.CreateModel(
                name='LearnedModel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(max_length=2, verbose_name='language')),
                    ('version', models.CharField(max_length=12, verbose_name='version')),
                    ('packed', models.BinaryField(verbose_name='model')),
                    ('tickets', models.PositiveIntegerField(verbose_name='tickets it learned from')),
                    ('figures', models.JSONField(default=dict, verbose_name='figures')),
                    ('is_used', models.BooleanField(default=False, verbose_name='in use')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ],
                options={
                    'verbose_name': 'learned model',
                    'verbose_name_plural': 'learned models',
                    'ordering': ['-made_at', '-id'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_used', True)), fields=('language',), name='one_learned_model_in_use'), models.UniqueConstraint(fields=('language', 'version'), name='learned_model_once')],
                },
            ),
            migrations.CreateModel(
                name='Macro',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=60, verbose_name='name')),
                    ('steps', models.JSONField(default=dict, verbose_name='steps')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='macros', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='macros', to='accounts.team', verbose_name='team')),
                ],
                options={
                    'verbose_name': 'macro',
                    'verbose_name_plural': 'macros',
                    'ordering': ['title', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Mailing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='client key')),
                    ('subject', models.CharField(max_length=1000, verbose_name='subject')),
                    ('body', models.TextField(verbose_name='text')),
                    ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None, verbose_name='tags')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mailings', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='channels_app.channel', verbose_name='channel')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.team', verbose_name='team')),
                ],
                options={
                    'verbose_name': 'message to many',
                    'verbose_name_plural': 'messages to many',
                },
            ),
            migrations.CreateModel(
                name='Message',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('direction', models.CharField(choices=[('in', 'From the customer'), ('out', 'To the customer'), ('note', 'Note')], max_length=4, verbose_name='direction')),
                    ('purpose', models.CharField(blank=True, choices=[('', 'Reply'), ('forward', 'Forward'), ('aside', 'To somebody else'), ('survey', 'Survey'), ('receipt', 'Receipt'), ('rule', 'Automatic reply')], db_default='', default='', max_length=8, verbose_name='purpose')),
                    ('key', models.UUIDField(blank=True, editable=False, null=True, unique=True, verbose_name='client key')),
                    ('external_id', models.CharField(blank=True, max_length=255, verbose_name='external id')),
                    ('digest', models.CharField(blank=True, max_length=64, verbose_name='content digest')),
                    ('id_reused', models.BooleanField(default=False, verbose_name='id seen before with other content')),
                    ('is_automatic', models.BooleanField(default=False, verbose_name='automatic')),
                    ('authenticity', models.CharField(choices=[('pass', 'Proved'), ('none', 'Not known'), ('fail', 'Disproved')], db_default='none', default='none', max_length=4, verbose_name='sender proved')),
                    ('doubts', models.JSONField(blank=True, null=True, verbose_name='odd about the sender')),
                    ('is_unverified', models.BooleanField(db_default=False, default=False, verbose_name='joined, but the sender may be another')),
                    ('is_bcc', models.BooleanField(db_default=False, default=False, verbose_name='came as a blind copy')),
                    ('via', models.CharField(blank=True, db_default='', default='', max_length=320, verbose_name='passed on by')),
                    ('subject', models.CharField(blank=True, max_length=1000, verbose_name='subject')),
                    ('sender_name', models.CharField(blank=True, max_length=200, verbose_name="sender's name")),
                    ('sender_address', models.CharField(blank=True, max_length=320, verbose_name="sender's address")),
                    ('recipients', models.JSONField(blank=True, default=dict, verbose_name='recipients')),
                    ('text', models.TextField(blank=True, verbose_name='text')),
                    ('html', models.TextField(blank=True, verbose_name='HTML')),
                    ('folds', models.JSONField(blank=True, db_default=[], default=list, editable=False, verbose_name='folds')),
                    ('language', models.CharField(blank=True, max_length=8, verbose_name='language')),
                    ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='recorded')),
                    ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True, verbose_name='search')),
                    ('answers', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message', verbose_name='answers or forwards')),
                    ('author', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ('channel', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='channels_app.channel', verbose_name='channel')),
                    ('customer', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='tickets.customer', verbose_name='customer')),
                    ('enquiry', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='tickets.enquiry', verbose_name='enquiry')),
                    ('record', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='channels_app.inboundrecord', verbose_name='inbound record')),
                ],
                options={
                    'verbose_name': 'message',
                    'verbose_name_plural': 'messages',
                },
            ),
            migrations.CreateModel(
                name='Event',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('ticket_opened', 'Ticket opened'), ('message_received', 'Message received'), ('reply_sent', 'Reply sent'), ('aside_sent', 'Sent to somebody else'), ('acknowledged', 'Receipt sent'), ('note_added', 'Note added'), ('delivery_failed', 'Not delivered'), ('delivery_retried', 'Sent again'), ('status_changed', 'Status changed'), ('assigned', 'Assigned'), ('team_changed', 'Team changed'), ('kind_changed', 'Kind changed'), ('topic_changed', 'Topic changed'), ('priority_changed', 'Priority changed'), ('tags_changed', 'Tags changed'), ('subject_changed', 'Subject changed'), ('language_changed', 'Language changed'), ('custom_changed', 'Field changed'), ('customer_made', 'Customer made'), ('customer_changed', 'Customer changed'), ('customer_blocked', 'Customer blocked'), ('customer_unblocked', 'Customer let through again'), ('customers_united', 'Customers joined'), ('customers_parted', 'Customers taken apart again'), ('customer_erased', 'Customer erased'), ('organisation_made', 'Organisation made'), ('organisation_changed', 'Organisation changed'), ('organisation_removed', 'Organisation removed'), ('folder_changed', 'Moved'), ('file_released', 'File released'), ('pictures_changed', 'Pictures'), ('doubt_raised', 'Perhaps part of another ticket'), ('kept_apart', 'Kept as a ticket of its own'), ('doubt_reopened', 'To be decided again'), ('ticket_joined', 'Joined'), ('join_undone', 'Taken apart again'), ('message_split', 'Message split off'), ('split_undone', 'Message put back'), ('escalated', 'Shown to supervisors'), ('enquiry_sent', 'Somebody else asked'), ('enquiry_answered', 'Somebody else answered'), ('checklist_changed', 'Checklist changed'), ('time_spent', 'Time written down'), ('time_removed', 'Time taken away'), ('linked', 'Linked'), ('unlinked', 'Link taken away'), ('snoozed', 'Snoozed'), ('woken', 'Woken'), ('exported', 'Taken out as a file'), ('promise_made', 'Promise made'), ('promise_moved', 'Promise moved'), ('promise_kept', 'Promise kept'), ('promise_withdrawn', 'Promise taken back'), ('promise_lapsed', 'Promise lapsed'), ('expected_slips', 'Expected time will not hold'), ('expected_corrected', 'New expected time told'), ('unowned', 'Nobody has it'), ('sla_warned', 'Due soon'), ('sla_breached', 'Overdue'), ('sla_escalated', 'Overdue for long'), ('procedure_begun', 'Procedure begun'), ('procedure_marked', 'Step of a procedure'), ('procedure_ended', 'Procedure ended'), ('rule_applied', 'Rule applied'), ('rule_undone', 'Rule undone'), ('rules_halted', 'Rules halted'), ('rated', 'Rated by the customer'), ('auto_replied', 'Automatic reply sent'), ('rating_asked', 'Asked to rate')], max_length=24, verbose_name='kind')),
                    ('data', models.JSONField(blank=True, default=dict, verbose_name='data')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('customer', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='tickets.customer', verbose_name='by customer')),
                    ('user', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to=settings.AUTH_USER_MODEL, verbose_name='by colleague')),
                    ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='tickets.message', verbose_name='message')),
                ],
                options={
                    'verbose_name': 'event',
                    'verbose_name_plural': 'events',
                },
            ),
            migrations.CreateModel(
                name='Draft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('mode', models.CharField(choices=[('reply', 'Reply'), ('note', 'Note'), ('forward', 'Forward'), ('aside', 'Enquiry')], default='reply', max_length=8, verbose_name='mode')),
                    ('body', models.TextField(blank=True, verbose_name='text')),
                    ('html', models.TextField(blank=True, db_default='', default='', verbose_name='HTML')),
                    ('to', models.JSONField(blank=True, db_default=[], default=list, verbose_name='to')),
                    ('cc', models.JSONField(blank=True, default=list, verbose_name='copies to')),
                    ('bcc', models.JSONField(blank=True, db_default=[], default=list, verbose_name='hidden copies to')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='client key')),
                    ('seen', models.BigIntegerField(blank=True, editable=False, null=True, verbose_name='newest message seen')),
                    ('status', models.CharField(blank=True, choices=[('new', 'New'), ('open', 'Open'), ('waiting', 'Waiting for customer'), ('on_hold', 'On hold'), ('resolved', 'Resolved'), ('closed', 'Closed')], db_default='', default='', max_length=10, verbose_name='status after it')),
                    ('snooze_until', models.DateTimeField(blank=True, null=True, verbose_name='snoozed after it until')),
                    ('promise_due', models.DateTimeField(blank=True, null=True, verbose_name='promises an answer by')),
                    ('keeps_promise', models.BooleanField(db_default=True, default=True, verbose_name='keeps what was promised')),
                    ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='is sent at')),
                    ('held', models.CharField(blank=True, choices=[('news', 'Somebody wrote meanwhile'), ('nowhere', 'There is no address to send it to'), ('author', 'Its author may not write here any more'), ('trouble', 'It could not be sent')], db_default='', default='', max_length=8, verbose_name='held')),
                    ('updated_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                    ('subject', models.CharField(blank=True, db_default='', default='', max_length=1000, verbose_name='subject')),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                    ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='channels_app.channel', verbose_name='channel')),
                    ('enquiry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='tickets.enquiry', verbose_name='enquiry')),
                    ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message', verbose_name='answers or forwards')),
                ],
                options={
                    'verbose_name': 'draft',
                    'verbose_name_plural': 'drafts',
                },
            ),
            migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('message', 'Message to a customer'), ('notice', 'Notice to a colleague'), ('push', 'Push'), ('webhook', 'Webhook')], default='message', max_length=8, verbose_name='kind')),
                    ('lane', models.CharField(blank=True, db_default='', default='', editable=False, max_length=80, verbose_name='lane')),
                    ('state', models.CharField(choices=[('pending', 'Waiting to be sent'), ('sending', 'Being sent'), ('sent', 'Sent'), ('failed', 'Not sent'), ('unknown', 'Perhaps sent'), ('dropped', 'Given up by a person')], default='pending', max_length=8, verbose_name='state')),
                    ('urgency', models.PositiveSmallIntegerField(choices=[(0, 'A person waits'), (5, 'Automatic'), (9, 'Bulk')], default=0, verbose_name='urgency')),
                    ('recipients', models.JSONField(blank=True, default=dict, verbose_name='recipients')),
                    ('payload', models.JSONField(blank=True, default=dict, verbose_name='payload')),
                    ('external_id', models.CharField(blank=True, max_length=255, verbose_name='external id')),
                    ('provider_id', models.CharField(blank=True, db_default='', default='', max_length=255, verbose_name="provider's id")),
                    ('provider_ids', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=255), blank=True, db_default=[], default=list, size=None, verbose_name="provider's ids")),
                    ('outcomes', models.JSONField(blank=True, default=dict, verbose_name='outcome by recipient')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                    ('sending_since', models.DateTimeField(blank=True, null=True, verbose_name='being sent since')),
                    ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent')),
                    ('error', models.TextField(blank=True, verbose_name='error')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='queued')),
                    ('channel', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deliveries', to='channels_app.channel', verbose_name='channel')),
                    ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='tickets.message', verbose_name='message')),
                ],
                options={
                    'verbose_name': 'delivery',
                    'verbose_name_plural': 'deliveries',
                },
            ),
            migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(max_length=64, verbose_name='digest')),
                    ('name', models.CharField(blank=True, max_length=255, verbose_name='name')),
                    ('content_type', models.CharField(default='application/octet-stream', max_length=127, verbose_name='content type')),
                    ('content_id', models.CharField(blank=True, max_length=255, verbose_name='content id')),
                    ('inline', models.BooleanField(default=False, verbose_name='inline')),
                    ('size', models.PositiveBigIntegerField(verbose_name='bytes')),
                    ('state', models.CharField(choices=[('unchecked', 'Being checked'), ('clean', 'Nothing found'), ('held', 'Held'), ('infected', 'Infected'), ('released', 'Released')], db_default='unchecked', default='unchecked', max_length=9, verbose_name='state')),
                    ('sniffed_type', models.CharField(blank=True, db_default='', default='', max_length=127, verbose_name='content type by its bytes')),
                    ('dangers', models.JSONField(blank=True, null=True, verbose_name='dangers')),
                    ('entries', models.JSONField(blank=True, null=True, verbose_name='files inside')),
                    ('entry_count', models.PositiveIntegerField(db_default=0, default=0, verbose_name='number of files inside')),
                    ('virus', models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='virus')),
                    ('check_due_at', models.DateTimeField(blank=True, null=True, verbose_name='next check')),
                    ('check_attempts', models.PositiveSmallIntegerField(db_default=0, default=0, verbose_name='checks begun')),
                    ('check_error', models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='why it is not checked')),
                    ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, verbose_name='kept')),
                    ('released_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='released by')),
                    ('uploader', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to=settings.AUTH_USER_MODEL, verbose_name='sent ahead by')),
                    ('draft', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='tickets.draft', verbose_name='draft')),
                    ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='tickets.message', verbose_name='message')),
                ],
                options={
                    'verbose_name': 'attachment',
                    'verbose_name_plural': 'attachments',
                    'ordering': ['id'],
                },
            ),
            migrations.CreateModel(
                name='PicturePermission',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('identity', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='picture_permission', to='tickets.identity', verbose_name='identity')),
                    ('message', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='picture_permission', to='tickets.message', verbose_name='message')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by colleague')),
                ],
                options={
                    'verbose_name': 'permission for pictures',
                    'verbose_name_plural': 'permissions for pictures',
                },
            ),
            migrations.CreateModel(
                name='PriorityCriterion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                    ('points', models.SmallIntegerField(help_text='Below 0 it makes a ticket less urgent.', validators=[django.core.validators.MinValueValidator(-100), django.core.validators.MaxValueValidator(100)], verbose_name='points')),
                    ('kind', models.CharField(blank=True, choices=[('information', 'Information'), ('support', 'Support'), ('complaint', 'Complaint'), ('suggestion', 'Suggestion')], max_length=12, verbose_name='kind')),
                    ('words', models.CharField(blank=True, help_text='One of these, with commas between. They are found in all their forms; with * any ending is found, with = that form alone.', max_length=200, verbose_name='words')),
                    ('importance', models.PositiveSmallIntegerField(blank=True, choices=[(2, 'Important'), (3, 'VIP')], null=True, verbose_name='customer at least')),
                    ('mood', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Annoyed at least'), (2, 'Angry')], null=True, verbose_name='mood')),
                    ('judged', models.CharField(blank=True, choices=[('low', 'Low'), ('high', 'High'), ('urgent', 'Urgent')], help_text='By the classifier.', max_length=6, verbose_name='the message reads as')),
                    ('money', models.PositiveIntegerField(blank=True, help_text='In whatever currency.', null=True, verbose_name='names money, at least')),
                    ('waits_minutes', models.PositiveIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)], verbose_name='the customer waits for minutes')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels_app.channel', verbose_name='channel')),
                ],
                options={
                    'verbose_name': 'criterion of priority',
                    'verbose_name_plural': 'criteria of priority',
                    'ordering': ['-points', 'name'],
                },
            ),
            migrations.CreateModel(
                name='PriorityScale',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_active', models.BooleanField(default=False, verbose_name='active')),
                    ('low', models.SmallIntegerField(default=-20, verbose_name='low, up to')),
                    ('high', models.SmallIntegerField(default=20, verbose_name='high, from')),
                    ('urgent', models.SmallIntegerField(default=50, verbose_name='urgent, from')),
                ],
                options={
                    'verbose_name': 'scale of priority',
                    'verbose_name_plural': 'scale of priority',
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='priority_scale_is_one_row'), models.CheckConstraint(condition=models.Q(('low__lt', models.F('high')), ('high__lt', models.F('urgent'))), name='priority_scale_rises', violation_error_message='Low is below high, and high below urgent.')],
                },
            ),
            migrations.CreateModel(
                name='RatingRefusal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('customer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.customer', verbose_name='customer')),
                ],
                options={
                    'verbose_name': 'refusal of questions',
                    'verbose_name_plural': 'refusals of questions',
                },
            ),
            migrations.CreateModel(
                name='Reaction',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ticket_id', models.BigIntegerField(blank=True, null=True, verbose_name='ticket')),
                    ('name', models.CharField(max_length=40, verbose_name='name')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                    ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                    ('parked_at', models.DateTimeField(blank=True, null=True, verbose_name='given up')),
                    ('error', models.TextField(blank=True, verbose_name='error')),
                    ('event', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reactions', to='tickets.event', verbose_name='event')),
                ],
                options={
                    'verbose_name': 'reaction',
                    'verbose_name_plural': 'reactions',
                },
            ),
            migrations.CreateModel(
                name='Rule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                    ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                    ('is_active', models.BooleanField(default=False, verbose_name='active')),
                    ('triggers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None, verbose_name='when')),
                    ('clock', models.CharField(blank=True, max_length=16, verbose_name='time that passes')),
                    ('minutes', models.PositiveIntegerField(default=0, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(527040)], verbose_name='minutes')),
                    ('statuses', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), blank=True, default=list, size=None, verbose_name='in one of these states')),
                    ('at_work', models.BooleanField(default=False, help_text="When its time comes at night, it waits for the morning of the ticket's team.", verbose_name='only in working hours')),
                    ('overdue_too', models.BooleanField(default=False, help_text='When it is switched on: otherwise they are left alone.', verbose_name='also tickets whose time has passed already')),
                    ('conditions', models.JSONField(blank=True, default=dict, verbose_name='conditions')),
                    ('actions', models.JSONField(default=list, verbose_name='actions')),
                    ('version', models.PositiveIntegerField(default=1, editable=False, verbose_name='version')),
                    ('wound_version', models.PositiveIntegerField(default=0, editable=False, verbose_name='clocks set for version')),
                    ('origin', models.CharField(blank=True, editable=False, max_length=40, verbose_name='shipped as')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed')),
                ],
                options={
                    'verbose_name': 'rule',
                    'verbose_name_plural': 'rules',
                    'ordering': ['position', 'id'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('clock', ''), ('triggers', []), _connector='OR'), name='rule_of_events_or_of_time', violation_error_message='Something that happens, or time that passes: not both.'), models.UniqueConstraint(condition=models.Q(('origin', ''), _negated=True), fields=('origin',), name='rule_shipped_once')],
                },
            ),
            migrations.CreateModel(
                name='RuleVersion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='version')),
                    ('body', models.JSONField(default=dict, verbose_name='what it said')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('rule', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='tickets.rule', verbose_name='rule')),
                ],
                options={
                    'verbose_name': 'version of a rule',
                    'verbose_name_plural': 'versions of rules',
                    'ordering': ['-number'],
                },
            ),
            migrations.CreateModel(
                name='Shortcut',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('label', models.CharField(max_length=60, verbose_name='label')),
                    ('url', models.CharField(max_length=1000, verbose_name='address')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('team', models.ForeignKey(blank=True, help_text='None: for the tickets of all teams.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='shortcuts', to='accounts.team', verbose_name='team')),
                ],
                options={
                    'verbose_name': 'button to another system',
                    'verbose_name_plural': 'buttons to other systems',
                    'ordering': ['position', 'label'],
                },
            ),
            migrations.CreateModel(
                name='Competence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(blank=True, help_text='Such as en, hu or de.', max_length=2, verbose_name='language')),
                    ('level', models.PositiveSmallIntegerField(choices=[(1, 'Basic'), (2, 'Good'), (3, 'Very good')], default=2, verbose_name='level')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='competences', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='competences', to='tickets.skill', verbose_name='skill')),
                ],
                options={
                    'verbose_name': 'language or skill',
                    'verbose_name_plural': 'languages and skills',
                    'ordering': ['user', '-language', 'skill'],
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
                    ('calendar', models.ForeignKey(blank=True, help_text='None: round the clock.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.calendar', verbose_name='working hours')),
                    ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels_app.channel', verbose_name='channel')),
                    ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.organisation', verbose_name='organisation')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team', verbose_name='team')),
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
                    ('made_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('policy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='versions', to='tickets.slapolicy', verbose_name='policy of times')),
                ],
                options={
                    'verbose_name': 'version of a policy of times',
                    'verbose_name_plural': 'versions of policies of times',
                    'ordering': ['-id'],
                },
            ),
            migrations.CreateModel(
                name='TeamRouting',
                fields=[
                    ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='routing', serialize=False, to='accounts.team', verbose_name='team')),
                    ('mode', models.CharField(choices=[('off', 'Off: people take tickets themselves'), ('least', 'To whoever has least to do'), ('turn', 'In turn')], default='off', max_length=5, verbose_name='way')),
                    ('previous_first', models.BooleanField(default=True, help_text="Whoever had the customer's last ticket gets the next, if they can take one.", verbose_name='previous colleague first')),
                    ('unowned_minutes', models.PositiveIntegerField(default=60, help_text='When nobody has a waiting ticket for so long, in working hours, supervisors are told. 0: never.', verbose_name='minutes without anybody')),
                    ('absent_minutes', models.PositiveIntegerField(default=0, help_text='When somebody is away for so long, their tickets that wait go to others. 0: they keep them.', verbose_name='minutes of absence')),
                    ('silent_minutes', models.PositiveIntegerField(db_default=30, default=30, help_text='When somebody available has no page open and does nothing for so long, they are away until they are back. 0: never.', verbose_name='minutes without a sign')),
                    ('calendar', models.ForeignKey(blank=True, help_text='None: round the clock.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.calendar', verbose_name='working hours')),
                ],
                options={
                    'verbose_name': 'routing of a team',
                    'verbose_name_plural': 'routing of teams',
                    'ordering': ['team'],
                },
            ),
            migrations.CreateModel(
                name='Urgency',
                fields=[
                    ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='urgency', serialize=False, to='tickets.ticket', verbose_name='ticket')),
                    ('points', models.SmallIntegerField(verbose_name='points')),
                    ('counted', models.JSONField(default=list, verbose_name='counted')),
                    ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='reckoned again')),
                ],
                options={
                    'verbose_name': 'reckoned priority',
                    'verbose_name_plural': 'reckoned priorities',
                },
            ),
            migrations.AddField(
                model_name='ticket',
                name='customer',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='tickets.customer', verbose_name='customer'),
            ),
            migrations.AddField(
                model_name='ticket',
                name='follows',
                field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='followed_by', to='tickets.ticket', verbose_name='follows'),
            ),
            migrations.AddField(
                model_name='ticket',
                name='merged_into',
                field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='merged', to='tickets.ticket', verbose_name='joined into'),
            ),
            migrations.AddField(
                model_name='ticket',
                name='snoozed_by',
                field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='snoozed by'),
            ),
            migrations.AddField(
                model_name='ticket',
                name='team',
                field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='tickets', to='accounts.team', verbose_name='team'),
            ),
            migrations.CreateModel(
                name='Step',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.CharField(max_length=200, verbose_name='text')),
                    ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='added')),
                    ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='done by')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='added by')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'step',
                    'verbose_name_plural': 'steps',
                },
            ),
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
                    ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.slaversion', verbose_name='version of the policy')),
                    ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'clock of a ticket',
                    'verbose_name_plural': 'clocks of tickets',
                },
            ),
            migrations.CreateModel(
                name='Seen',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(verbose_name='seen')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'seen ticket',
                    'verbose_name_plural': 'seen tickets',
                },
            ),
            migrations.CreateModel(
                name='RuleRun',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='key')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('version', models.PositiveIntegerField(verbose_name='version')),
                    ('done', models.JSONField(default=list, verbose_name='done')),
                    ('left', models.JSONField(default=list, verbose_name='left')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='undone')),
                    ('rule', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='runs', to='tickets.rule', verbose_name='rule')),
                    ('undone_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                    ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='rule_runs', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'run of a rule',
                    'verbose_name_plural': 'runs of rules',
                },
            ),
            migrations.CreateModel(
                name='RuleAlarm',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateTimeField(verbose_name='since')),
                    ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                    ('rung_at', models.DateTimeField(blank=True, null=True, verbose_name='rung')),
                    ('rule', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='alarms', to='tickets.rule', verbose_name='rule')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'alarm of a rule',
                    'verbose_name_plural': 'alarms of rules',
                },
            ),
            migrations.CreateModel(
                name='RatingInvitation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('resolved_at', models.DateTimeField(verbose_name='resolved')),
                    ('due_at', models.DateTimeField(verbose_name='due')),
                    ('state', models.CharField(choices=[('waiting', 'waits for its time'), ('sent', 'sent'), ('skipped', 'not sent')], default='waiting', max_length=7, verbose_name='state')),
                    ('why', models.CharField(blank=True, max_length=12, verbose_name='why not')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                    ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'invitation to rate',
                    'verbose_name_plural': 'invitations to rate',
                },
            ),
            migrations.CreateModel(
                name='Rating',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('score', models.CharField(choices=[('good', 'Good'), ('fair', 'So-so'), ('bad', 'Bad')], max_length=4, verbose_name='rating')),
                    ('comment', models.TextField(blank=True, max_length=2000, verbose_name='comment')),
                    ('resolved_at', models.DateTimeField(verbose_name='resolved')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='rated')),
                    ('changed_at', models.DateTimeField(blank=True, null=True, verbose_name='changed')),
                    ('agent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ratings', to=settings.AUTH_USER_MODEL, verbose_name='agent')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.customer', verbose_name='customer')),
                    ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='ratings', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'rating',
                    'verbose_name_plural': 'ratings',
                },
            ),
            migrations.CreateModel(
                name='Promise',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('state', models.CharField(choices=[('open', 'Open'), ('kept', 'Kept'), ('withdrawn', 'Taken back')], default='open', max_length=10, verbose_name='state')),
                    ('due_at', models.DateTimeField(verbose_name='promised for')),
                    ('remind_at', models.DateTimeField(verbose_name='reminder at')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='promised at')),
                    ('reminded_at', models.DateTimeField(blank=True, null=True, verbose_name='reminded')),
                    ('lapsed_at', models.DateTimeField(blank=True, null=True, verbose_name='lapsed')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='settled')),
                    ('kept_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message', verbose_name='kept by')),
                    ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='promises', to=settings.AUTH_USER_MODEL, verbose_name='promised by')),
                    ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message', verbose_name='said in')),
                    ('made_on', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket', verbose_name='made on the ticket')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'promise',
                    'verbose_name_plural': 'promises',
                },
            ),
            migrations.CreateModel(
                name='Notification',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('assigned', 'A ticket was given to you'), ('wrote', 'The customer of your ticket wrote'), ('mentioned', 'Mentioned in a note'), ('reading', 'Something is to be read'), ('held', 'A reply was held'), ('taken_back', 'A reply was taken back'), ('answered', 'An enquiry was answered'), ('watched', 'News on a watched ticket'), ('woken', 'A snoozed ticket is back'), ('promise_due', 'A promise is due soon'), ('promise_late', 'A promise has lapsed'), ('expected', 'An expected time will not hold'), ('unowned', 'Nobody has a ticket'), ('due_soon', 'A ticket is due soon'), ('overdue', 'A ticket is overdue'), ('long_overdue', 'A ticket is overdue for long'), ('rated_bad', 'A customer was not content'), ('rule', 'A rule points to a ticket'), ('halted', 'Rules were halted on a ticket')], max_length=12, verbose_name='kind')),
                    ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='created')),
                    ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read')),
                    ('is_quiet', models.BooleanField(db_default=False, default=False, verbose_name='not in the page')),
                    ('mailed_at', models.DateTimeField(blank=True, null=True, verbose_name='mailed')),
                    ('by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.message', verbose_name='message')),
                    ('user', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL, verbose_name='for')),
                    ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'notification',
                    'verbose_name_plural': 'notifications',
                },
            ),
            migrations.CreateModel(
                name='Move',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('join', 'Joined'), ('split', 'Split off')], max_length=8, verbose_name='kind')),
                    ('message_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None, verbose_name='messages')),
                    ('before', models.JSONField(blank=True, default=dict, verbose_name='status of the target before')),
                    ('moved_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
                    ('moved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by colleague')),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves_out', to='tickets.ticket', verbose_name='from the ticket')),
                    ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves_in', to='tickets.ticket', verbose_name='to the ticket')),
                ],
                options={
                    'verbose_name': 'move',
                    'verbose_name_plural': 'moves',
                },
            ),
            migrations.AddField(
                model_name='message',
                name='ticket',
                field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='tickets.ticket', verbose_name='ticket'),
            ),
            migrations.CreateModel(
                name='Link',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('part', 'Part of'), ('related', 'Related'), ('duplicate', 'Duplicate of')], max_length=10, verbose_name='kind')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='linked')),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='linked by')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_out', to='tickets.ticket', verbose_name='ticket')),
                    ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_in', to='tickets.ticket', verbose_name='linked with')),
                ],
                options={
                    'verbose_name': 'link',
                    'verbose_name_plural': 'links',
                },
            ),
            migrations.CreateModel(
                name='HandBack',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('subject', 'Not my subject'), ('language', 'Not my language'), ('load', 'I have too much'), ('near', 'I know the customer privately'), ('other', 'Something else')], max_length=8, verbose_name='reason')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('ticket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='hand_backs', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'ticket given back',
                    'verbose_name_plural': 'tickets given back',
                },
            ),
            migrations.AddField(
                model_name='event',
                name='ticket',
                field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='events', to='tickets.ticket', verbose_name='ticket'),
            ),
            migrations.AddField(
                model_name='enquiry',
                name='ticket',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to='tickets.ticket', verbose_name='ticket'),
            ),
            migrations.AddField(
                model_name='draft',
                name='ticket',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='tickets.ticket', verbose_name='ticket'),
            ),
            migrations.CreateModel(
                name='Doubt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(choices=[('stranger', 'Sender is not part of the ticket'), ('colleague', 'Sender is of the same organisation, not part of the ticket'), ('unproved', 'Sender may not be who they say'), ('subject', 'Another subject on an old ticket')], max_length=12, verbose_name='reason')),
                    ('state', models.CharField(choices=[('open', 'To be decided'), ('apart', 'Kept apart')], default='open', max_length=8, verbose_name='state')),
                    ('decided_at', models.DateTimeField(null=True, verbose_name='decided')),
                    ('raised_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by')),
                    ('message', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='doubt', to='tickets.message', verbose_name='message')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='tickets.ticket', verbose_name='ticket it may belong to')),
                    ('ticket', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='doubt', to='tickets.ticket', verbose_name='ticket of its own')),
                ],
                options={
                    'verbose_name': 'doubt',
                    'verbose_name_plural': 'doubts',
                },
            ),
            migrations.CreateModel(
                name='Citation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('external_id', models.CharField(max_length=255, verbose_name='external id')),
                    ('ours', models.BooleanField(default=False, verbose_name='written by a colleague')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='citations', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'cited id',
                    'verbose_name_plural': 'cited ids',
                },
            ),
            migrations.CreateModel(
                name='Addressee',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(max_length=254, verbose_name='address')),
                    ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                    ('state', models.CharField(choices=[('pending', 'Waiting'), ('done', 'Sent'), ('failed', 'Failed')], default='pending', max_length=8, verbose_name='state')),
                    ('error', models.CharField(blank=True, max_length=300, verbose_name='error')),
                    ('mailing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addressees', to='tickets.mailing', verbose_name='message to many')),
                    ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'addressee',
                    'verbose_name_plural': 'addressees',
                },
            ),
            migrations.CreateModel(
                name='TimeSpent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('minutes', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1440)], verbose_name='minutes')),
                    ('note', models.CharField(blank=True, max_length=200, verbose_name='what for')),
                    ('key', models.UUIDField(editable=False, unique=True, verbose_name='client key')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written down')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='time_spent', to='tickets.ticket', verbose_name='ticket')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='time_spent', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'time spent',
                    'verbose_name_plural': 'times spent',
                },
            ),
            migrations.CreateModel(
                name='Topic',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(help_text='The name in the API and in files, such as late_delivery. It never changes.', max_length=40, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*\\Z', 'Small letters a to z, digits and _.')], verbose_name='key')),
                    ('labels', models.JSONField(default=dict, verbose_name='labels')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='tickets.topic', verbose_name='part of')),
                ],
                options={
                    'verbose_name': 'topic',
                    'verbose_name_plural': 'topics',
                    'ordering': ['position', 'key'],
                },
            ),
            migrations.AddField(
                model_name='skill',
                name='topics',
                field=models.ManyToManyField(blank=True, help_text='Tickets about these ask for it. A routing rule may ask for it, too.', related_name='skills', to='tickets.topic', verbose_name='topics'),
            ),
            migrations.CreateModel(
                name='RoutingRule',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('kind', models.CharField(blank=True, choices=[('information', 'Information'), ('support', 'Support'), ('complaint', 'Complaint'), ('suggestion', 'Suggestion')], max_length=12, verbose_name='kind')),
                    ('language', models.CharField(blank=True, help_text='Such as en, hu or de.', max_length=2, verbose_name='language')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('channel', models.ForeignKey(blank=True, help_text='None: any.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels_app.channel', verbose_name='channel')),
                    ('team', models.ForeignKey(blank=True, help_text='None: it stays where its channel puts it.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team', verbose_name='team')),
                    ('skill', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.skill', verbose_name='takes the skill')),
                    ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.topic', verbose_name='topic')),
                ],
                options={
                    'verbose_name': 'routing rule',
                    'verbose_name_plural': 'routing rules',
                    'ordering': ['position', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Union',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('ticket_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='tickets')),
                    ('message_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='messages')),
                    ('identity_ids', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), default=list, size=None, verbose_name='identities')),
                    ('filled', models.JSONField(blank=True, default=dict, verbose_name='values taken over')),
                    ('united_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unions_out', to='tickets.customer', verbose_name='the customer that went')),
                    ('target', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='unions_in', to='tickets.customer', verbose_name='the customer that goes on')),
                    ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='undone by')),
                    ('united_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by colleague')),
                ],
                options={
                    'verbose_name': 'customers joined',
                    'verbose_name_plural': 'customers joined',
                },
            ),
            migrations.CreateModel(
                name='View',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=60, verbose_name='name')),
                    ('filters', models.JSONField(blank=True, default=dict, verbose_name='filters')),
                    ('order', models.CharField(default='-last_message', max_length=16, verbose_name='order')),
                    ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('preview', 'First words'), ('assignee', 'Assignee'), ('number', 'Number'), ('team', 'Team'), ('tags', 'Tags'), ('organisation', 'Organisation'), ('language', 'Language'), ('created', 'Created')], max_length=16), blank=True, default=list, size=None, verbose_name='columns')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='views', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='views', to='accounts.team', verbose_name='team')),
                ],
                options={
                    'verbose_name': 'view',
                    'verbose_name_plural': 'views',
                    'ordering': ['position', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Watch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to='tickets.ticket', verbose_name='ticket')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='watches', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'watched ticket',
                    'verbose_name_plural': 'watched tickets',
                },
            ),
            migrations.CreateModel(
                name='WeighedPhrase',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(blank=True, choices=[('en', 'English'), ('ru', 'Russian'), ('hu', 'Hungarian'), ('de', 'German')], help_text='None chosen: in every language.', max_length=2, verbose_name='language')),
                    ('words', models.CharField(help_text='They are found in all their forms. With * any ending is found (refund*), with = that form alone (=no).', max_length=120, verbose_name='words')),
                    ('kind', models.CharField(blank=True, choices=[('information', 'Information'), ('support', 'Support'), ('complaint', 'Complaint'), ('suggestion', 'Suggestion')], max_length=12, verbose_name='speaks for the kind')),
                    ('priority', models.PositiveSmallIntegerField(blank=True, choices=[(1, 'Low'), (2, 'Normal'), (3, 'High'), (4, 'Urgent')], null=True, verbose_name='speaks for the priority')),
                    ('weight', models.SmallIntegerField(default=3, help_text='1 is a hint, 5 nearly decides. Below 0 it speaks against.', validators=[django.core.validators.MinValueValidator(-5), django.core.validators.MaxValueValidator(5)], verbose_name='weight')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('topic', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='phrases', to='tickets.topic', verbose_name='speaks for the topic')),
                ],
                options={
                    'verbose_name': 'phrase that weighs',
                    'verbose_name_plural': 'phrases that weigh',
                    'ordering': ['words', 'id'],
                },
            ),
            migrations.CreateModel(
                name='Word',
                fields=[
                    ('text', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='word')),
                    ('alike', models.CharField(editable=False, max_length=40, verbose_name='in Latin letters')),
                ],
                options={
                    'verbose_name': 'word',
                    'verbose_name_plural': 'words',
                    'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['alike'], name='word_alike', opclasses=['gin_trgm_ops'])],
                },
            ),
            migrations.CreateModel(
                name='Availability',
                fields=[
                    ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='availability', serialize=False, to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('state', models.CharField(choices=[('available', 'Available'), ('paused', 'Paused'), ('away', 'Away')], default='away', max_length=9, verbose_name='state')),
                    ('reason', models.CharField(blank=True, choices=[('', 'No reason given'), ('break', 'Break'), ('lunch', 'Lunch'), ('meeting', 'Meeting'), ('training', 'Training'), ('backlog', 'Working off what I have'), ('other', 'Something else')], default='', max_length=8, verbose_name='reason')),
                    ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
                    ('until', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                    ('capacity', models.PositiveSmallIntegerField(default=10, help_text='How much effort in tickets that wait for an answer; 0: nothing is given.', validators=[django.core.validators.MaxValueValidator(500)], verbose_name='capacity')),
                    ('per_kind', models.JSONField(blank=True, default=dict, help_text='Such as {"email": 8}: at most so many tickets of that kind at a time.', validators=[tickets.models.availability.check_per_kind], verbose_name='most of a kind of channel')),
                    ('breathes_until', models.DateTimeField(blank=True, null=True, verbose_name='gets breath until')),
                    ('newcomer_until', models.DateField(blank=True, help_text='Until then no complaints and nothing urgent while somebody with experience is there.', null=True, verbose_name='newcomer until')),
                    ('last_given_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last given a ticket')),
                    ('by_itself', models.BooleanField(db_default=False, default=False, editable=False, verbose_name='away by itself')),
                    ('seen_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='a page was open')),
                    ('call_breath', models.PositiveSmallIntegerField(db_default=60, default=60, help_text='For so long nothing new comes after a call; 0: no breath.', validators=[django.core.validators.MaxValueValidator(3600)], verbose_name='breath after a call, in seconds')),
                    ('chat_breath', models.PositiveSmallIntegerField(db_default=30, default=30, help_text='For so long nothing new comes after a chat; 0: no breath.', validators=[django.core.validators.MaxValueValidator(3600)], verbose_name='breath after a chat, in seconds')),
                    ('calendar', models.ForeignKey(blank=True, help_text='None: those of the team.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.calendar', verbose_name='working hours')),
                ],
                options={
                    'verbose_name': 'availability',
                    'verbose_name_plural': 'availability',
                    'indexes': [models.Index(condition=models.Q(('until__isnull', False)), fields=['until'], name='availability_until')],
                },
            ),
            migrations.CreateModel(
                name='BlockedDomain',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('domain', models.CharField(max_length=253, verbose_name='domain')),
                    ('blocked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='blocked')),
                    ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='let through again')),
                    ('blocked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='blocked_domains', to=settings.AUTH_USER_MODEL, verbose_name='blocked by')),
                    ('lifted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='let through again by')),
                ],
                options={
                    'verbose_name': 'blocked domain',
                    'verbose_name_plural': 'blocked domains',
                    'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('domain',), name='domain_blocked_once')],
                },
            ),
            migrations.AddConstraint(
                model_name='identity',
                constraint=models.UniqueConstraint(fields=('kind', 'value'), name='identity_once'),
            ),
            migrations.AddConstraint(
                model_name='macro',
                constraint=models.CheckConstraint(condition=models.Q(('owner', None), ('team', None), _connector='OR'), name='macro_of_one_or_of_a_team'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(condition=models.Q(('state', 'pending')), fields=['lane', 'urgency', 'due_at', 'id'], name='delivery_due_in_lane'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(condition=models.Q(('state', 'sending')), fields=['lane', 'sending_since'], name='delivery_in_flight'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(condition=models.Q(('state__in', ['failed', 'unknown'])), fields=['state', '-id'], name='delivery_troubled'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(fields=['external_id'], name='delivery_external_id'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=models.Index(condition=models.Q(('provider_id', ''), _negated=True), fields=['provider_id'], name='delivery_provider_id'),
            ),
            migrations.AddIndex(
                model_name='delivery',
                index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('provider_ids', []), _negated=True), fields=['provider_ids'], name='delivery_provider_ids'),
            ),
            migrations.AddIndex(
                model_name='attachment',
                index=models.Index(fields=['sha256'], name='attachment_digest'),
            ),
            migrations.AddIndex(
                model_name='attachment',
                index=models.Index(condition=models.Q(('state', 'unchecked')), fields=['id'], name='attachment_unchecked'),
            ),
            migrations.AddIndex(
                model_name='attachment',
                index=models.Index(condition=models.Q(('uploader__isnull', False)), fields=['uploader'], name='attachment_waiting'),
            ),
            migrations.AddConstraint(
                model_name='attachment',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('draft', None), ('message__isnull', False), ('uploader', None)), models.Q(('draft__isnull', False), ('message', None), ('uploader', None)), models.Q(('draft', None), ('message', None), ('uploader__isnull', False)), _connector='OR'), name='attachment_has_one_home'),
            ),
            migrations.AddIndex(
                model_name='customer',
                index=models.Index(django.db.models.functions.text.Lower('name'), name='customer_by_name'),
            ),
            migrations.AddIndex(
                model_name='customer',
                index=models.Index(condition=models.Q(('importance__gt', 1)), fields=['importance', '-id'], name='customer_important'),
            ),
            migrations.AddIndex(
                model_name='customer',
                index=models.Index(condition=models.Q(('blocked_at__isnull', False)), fields=['-blocked_at'], name='customer_blocked'),
            ),
            migrations.AddIndex(
                model_name='customer',
                index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='customer_merged'),
            ),
            migrations.AddIndex(
                model_name='customer',
                index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('custom', {}), _negated=True), fields=['custom'], name='customer_custom', opclasses=['jsonb_path_ops']),
            ),
            migrations.AddConstraint(
                model_name='picturepermission',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('identity', None), ('message__isnull', False)), models.Q(('identity__isnull', False), ('message', None)), _connector='OR'), name='picture_permission_is_for_one'),
            ),
            migrations.AddConstraint(
                model_name='prioritycriterion',
                constraint=models.CheckConstraint(condition=models.Q(('channel', None), ('importance', None), ('judged', ''), ('kind', ''), ('money', None), ('mood', None), ('waits_minutes', None), ('words', ''), _negated=True), name='criterion_looks_at_something', violation_error_message='Say what it looks at.'),
            ),
            migrations.AddIndex(
                model_name='reaction',
                index=models.Index(condition=models.Q(('parked_at', None)), fields=['due_at', 'id'], name='reaction_due'),
            ),
            migrations.AddIndex(
                model_name='reaction',
                index=models.Index(fields=['ticket_id', 'id'], name='reaction_of_ticket'),
            ),
            migrations.AddConstraint(
                model_name='reaction',
                constraint=models.UniqueConstraint(fields=('event', 'name'), name='reaction_once'),
            ),
            migrations.AddConstraint(
                model_name='ruleversion',
                constraint=models.UniqueConstraint(fields=('rule', 'number'), name='rule_version_once'),
            ),
            migrations.AddConstraint(
                model_name='competence',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('skill', None), models.Q(('language', ''), _negated=True)), models.Q(('language', ''), ('skill__isnull', False)), _connector='OR'), name='competence_is_of_one_thing', violation_error_message='Either a language or a skill.'),
            ),
            migrations.AddConstraint(
                model_name='competence',
                constraint=models.CheckConstraint(condition=models.Q(('language', ''), ('language__regex', '^[a-z]{2}$'), _connector='OR'), name='competence_in_a_language', violation_error_message='Two small letters, such as hu.'),
            ),
            migrations.AddConstraint(
                model_name='competence',
                constraint=models.UniqueConstraint(condition=models.Q(('language', ''), _negated=True), fields=('user', 'language'), name='language_once_a_user'),
            ),
            migrations.AddConstraint(
                model_name='competence',
                constraint=models.UniqueConstraint(condition=models.Q(('skill__isnull', False)), fields=('user', 'skill'), name='skill_once_a_user'),
            ),
            migrations.AddConstraint(
                model_name='slapolicy',
                constraint=models.CheckConstraint(condition=models.Q(('warn_share', None), ('warn_minutes', None), _connector='OR'), name='sla_policy_warns_one_way', violation_error_message='Warn by percent or by minutes, not by both.'),
            ),
            migrations.AddConstraint(
                model_name='slapolicy',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_reply__gt', 0), ('first_reply__isnull', False)), models.Q(('next_reply__gt', 0), ('next_reply__isnull', False)), models.Q(('resolution__gt', 0), ('resolution__isnull', False)), _connector='OR'), name='sla_policy_sets_a_time', violation_error_message='Set one of the three times at least.'),
            ),
            migrations.AddConstraint(
                model_name='slapolicy',
                constraint=models.CheckConstraint(condition=models.Q(('hands_back', False), models.Q(('escalate_minutes__gt', 0), ('escalate_minutes__isnull', False)), _connector='OR'), name='sla_policy_escalates_to_hand_back', violation_error_message='Say after how many minutes it is escalated.'),
            ),
            migrations.AddConstraint(
                model_name='slaversion',
                constraint=models.UniqueConstraint(fields=('policy', 'number'), name='sla_version_once'),
            ),
            migrations.AddIndex(
                model_name='urgency',
                index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='urgency_due'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(condition=models.Q(('folder', 'desk'), ('snoozed_until', None), ('status__in', ['new', 'open']), ('waiting_since__isnull', False), ('assignee__isnull', False)), fields=['assignee'], name='ticket_held'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(condition=models.Q(('snoozed_until__isnull', False)), fields=['snoozed_until'], name='ticket_wakes'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=django.contrib.postgres.indexes.GinIndex(fields=['tags'], name='ticket_tags'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('custom', {}), _negated=True), fields=['custom'], name='ticket_custom', opclasses=['jsonb_path_ops']),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('folder', 'desk')), name='ticket_newest'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_unfinished'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.F('team'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_of_team'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.F('assignee'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_of_assignee'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('assignee', None), ('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_unassigned'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(django.db.models.functions.comparison.Coalesce('waiting_since', models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), models.F('id'), condition=models.Q(('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_by_waiting'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(django.db.models.expressions.CombinedExpression(models.Value(4), '-', models.F('priority')), django.db.models.functions.comparison.Coalesce('waiting_since', models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), models.F('id'), condition=models.Q(('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_by_urgency'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(django.db.models.functions.comparison.Coalesce('due_at', models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), models.F('id'), condition=models.Q(('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_by_due'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.F('id'), condition=models.Q(('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_by_age'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.F('team'), django.db.models.expressions.CombinedExpression(models.Value(4), '-', models.F('priority')), django.db.models.functions.comparison.Coalesce('waiting_since', models.Value(datetime.datetime(9999, 12, 31, 0, 0, tzinfo=datetime.timezone.utc))), models.F('id'), condition=models.Q(('folder', 'desk'), ('snoozed_until', None), ('status__in', ['new', 'open']), ('waiting_since__isnull', False), ('assignee', None), ('is_internal', False)), name='ticket_to_route'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.F('customer'), models.OrderBy(models.F('id'), descending=True), name='ticket_of_customer'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.F('folder_since'), condition=models.Q(('folder', 'desk'), _negated=True), name='ticket_put_away'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.F('folder'), models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('folder', 'desk'), _negated=True), name='ticket_of_folder'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(condition=models.Q(('merged_into__isnull', False)), fields=['merged_into'], name='ticket_merged'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(models.OrderBy(models.F('last_message_at'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('snoozed_until__isnull', False)), name='ticket_snoozed'),
            ),
            migrations.AddIndex(
                model_name='ticket',
                index=models.Index(django.db.models.functions.comparison.Coalesce('due_soon_at', 'due_at'), condition=models.Q(('due_at__isnull', False), ('folder', 'desk'), ('status__in', ['new', 'open', 'waiting', 'on_hold'])), name='ticket_pressing'),
            ),
            migrations.AddConstraint(
                model_name='step',
                constraint=models.CheckConstraint(condition=models.Q(('done_at', None), ('done_by__isnull', False), _connector='OR'), name='step_done_by_somebody'),
            ),
            migrations.AddIndex(
                model_name='slaclock',
                index=models.Index(condition=models.Q(('next_at__isnull', False)), fields=['next_at'], name='sla_clock_next'),
            ),
            migrations.AddConstraint(
                model_name='slaclock',
                constraint=models.UniqueConstraint(fields=('ticket', 'target', 'started_at'), name='sla_clock_once'),
            ),
            migrations.AddConstraint(
                model_name='seen',
                constraint=models.UniqueConstraint(fields=('user', 'ticket'), name='seen_once'),
            ),
            migrations.AddIndex(
                model_name='rulerun',
                index=models.Index(fields=['ticket', '-at'], name='rule_run_of_ticket'),
            ),
            migrations.AddIndex(
                model_name='rulerun',
                index=models.Index(fields=['at'], name='rule_run_by_age'),
            ),
            migrations.AddIndex(
                model_name='rulealarm',
                index=models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='rule_alarm_due'),
            ),
            migrations.AddConstraint(
                model_name='rulealarm',
                constraint=models.UniqueConstraint(fields=('rule', 'ticket'), name='rule_alarm_once'),
            ),
            migrations.AddIndex(
                model_name='ratinginvitation',
                index=models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='invitation_due'),
            ),
            migrations.AddConstraint(
                model_name='ratinginvitation',
                constraint=models.UniqueConstraint(fields=('ticket', 'resolved_at'), name='invitation_once_a_resolution'),
            ),
            migrations.AddConstraint(
                model_name='rating',
                constraint=models.UniqueConstraint(fields=('ticket', 'resolved_at'), name='rating_once_a_resolution'),
            ),
            migrations.AddIndex(
                model_name='promise',
                index=models.Index(condition=models.Q(('state', 'open')), fields=['due_at'], name='promise_due'),
            ),
            migrations.AddIndex(
                model_name='promise',
                index=models.Index(condition=models.Q(('reminded_at', None), ('state', 'open')), fields=['remind_at'], name='promise_remind'),
            ),
            migrations.AddIndex(
                model_name='notification',
                index=models.Index(condition=models.Q(('read_at', None)), fields=['user'], name='notification_unread'),
            ),
            migrations.AddIndex(
                model_name='notification',
                index=models.Index(fields=['user', '-created_at'], name='notification_newest'),
            ),
            migrations.AddConstraint(
                model_name='notification',
                constraint=models.UniqueConstraint(condition=models.Q(('message__isnull', False)), fields=('user', 'message', 'kind'), name='notification_once'),
            ),
            migrations.AddIndex(
                model_name='message',
                index=models.Index(condition=models.Q(('customer__isnull', False)), fields=['customer', 'id'], name='message_of_customer'),
            ),
            migrations.AddIndex(
                model_name='message',
                index=models.Index(condition=models.Q(('answers__isnull', False)), fields=['answers'], name='message_answered_by'),
            ),
            migrations.AddIndex(
                model_name='message',
                index=models.Index(condition=models.Q(('enquiry__isnull', False)), fields=['enquiry', 'id'], name='message_of_enquiry'),
            ),
            migrations.AddIndex(
                model_name='message',
                index=django.contrib.postgres.indexes.GinIndex(fastupdate=True, fields=['search'], name='message_search'),
            ),
            migrations.AddIndex(
                model_name='message',
                index=models.Index(fields=['ticket', 'created_at', 'id'], name='message_of_ticket'),
            ),
            migrations.AddConstraint(
                model_name='message',
                constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_id', 'digest'), name='message_once'),
            ),
            migrations.AddConstraint(
                model_name='message',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('direction', 'in'), _negated=True), models.Q(models.Q(('external_id', ''), _negated=True), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='message_in_has_identity'),
            ),
            migrations.AddConstraint(
                model_name='link',
                constraint=models.UniqueConstraint(fields=('source', 'target'), name='link_once'),
            ),
            migrations.AddConstraint(
                model_name='link',
                constraint=models.UniqueConstraint(condition=models.Q(('kind', 'related'), _negated=True), fields=('source', 'kind'), name='link_one_whole'),
            ),
            migrations.AddConstraint(
                model_name='link',
                constraint=models.CheckConstraint(condition=models.Q(('source', models.F('target')), _negated=True), name='link_of_two'),
            ),
            migrations.AddConstraint(
                model_name='handback',
                constraint=models.UniqueConstraint(fields=('ticket', 'user'), name='given_back_once'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(fields=['ticket', 'id'], name='event_of_ticket'),
            ),
            migrations.AddIndex(
                model_name='event',
                index=models.Index(django.db.models.fields.json.KeyTextTransform('customer', 'data'), models.F('id'), condition=models.Q(('ticket', None)), name='event_of_customer'),
            ),
            migrations.AddIndex(
                model_name='draft',
                index=models.Index(condition=models.Q(('due_at__isnull', False), ('held', '')), fields=['due_at'], name='draft_due'),
            ),
            migrations.AddConstraint(
                model_name='draft',
                constraint=models.UniqueConstraint(condition=models.Q(('due_at__isnull', False)), fields=('key',), name='draft_queued_once'),
            ),
            migrations.AddConstraint(
                model_name='draft',
                constraint=models.UniqueConstraint(condition=models.Q(('due_at', None)), fields=('ticket', 'author', 'mode', 'enquiry'), name='draft_open_once_each', nulls_distinct=False),
            ),
            migrations.AddConstraint(
                model_name='citation',
                constraint=models.UniqueConstraint(fields=('external_id', 'ticket'), name='citation_once'),
            ),
            migrations.AddIndex(
                model_name='addressee',
                index=models.Index(models.F('id'), condition=models.Q(('state', 'pending')), name='addressee_pending'),
            ),
            migrations.AddConstraint(
                model_name='addressee',
                constraint=models.UniqueConstraint(fields=('mailing', 'address'), name='addressee_once'),
            ),
            migrations.AddConstraint(
                model_name='timespent',
                constraint=models.CheckConstraint(condition=models.Q(('minutes__gte', 1), ('minutes__lte', 1440)), name='time_spent_within_a_day'),
            ),
            migrations.AddConstraint(
                model_name='routingrule',
                constraint=models.CheckConstraint(condition=models.Q(('team__isnull', False), ('skill__isnull', False), _connector='OR'), name='routing_rule_leads_somewhere', violation_error_message='Choose a team, a skill or both.'),
            ),
            migrations.AddConstraint(
                model_name='view',
                constraint=models.CheckConstraint(condition=models.Q(('owner', None), ('team', None), _connector='OR'), name='view_of_one_or_of_a_team'),
            ),
            migrations.AddConstraint(
                model_name='watch',
                constraint=models.UniqueConstraint(fields=('user', 'ticket'), name='watch_once'),
            ),
            migrations.AddConstraint(
                model_name='weighedphrase',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', ''), _negated=True), ('topic__isnull', False), ('priority__isnull', False), _connector='OR'), name='phrase_speaks_for_something', violation_error_message='What does it speak for: a kind, a topic or a priority?'),
            ),
        ]),
        migrations.RunPython(plant, migrations.RunPython.noop),
    ]
