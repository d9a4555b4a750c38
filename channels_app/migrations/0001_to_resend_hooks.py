import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import helpdesk.secrets
from django.conf import settings
from django.db import migrations, models

from helpdesk.tables import TablesAtOnce


class Migration(migrations.Migration):
    # What an empty database gets at once; one that stands goes the way of the steps this replaces.

    replaces = [
        ('channels_app', '0001_initial'),
        ('channels_app', '0002_round_trips'),
        ('channels_app', '0003_what_the_server_holds'),
        ('channels_app', '0004_inbound_indexes'),
        ('channels_app', '0005_floods'),
        ('channels_app', '0006_consent'),
        ('channels_app', '0007_incidents_and_hooks'),
        ('channels_app', '0008_resend_hooks'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('accounts', '__first__'),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='OAuthClient',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('provider', models.CharField(choices=[('google', 'Google'), ('microsoft', 'Microsoft')], max_length=16, unique=True, verbose_name='provider')),
                    ('client_id', models.CharField(max_length=300, verbose_name='client ID')),
                    ('tenant', models.CharField(default='common', max_length=100, verbose_name='tenant')),
                    ('secrets', helpdesk.secrets.SecretsField(blank=True, default=dict, editable=False, verbose_name='secrets')),
                ],
                options={
                    'verbose_name': 'registration at a mail provider',
                    'verbose_name_plural': 'registrations at mail providers',
                },
            ),
            migrations.CreateModel(
                name='Channel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('email', 'E-mail')], max_length=16, verbose_name='kind')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('address', models.CharField(help_text='The address customers write to.', max_length=254, verbose_name='address')),
                    ('aliases', models.JSONField(blank=True, default=list, verbose_name='further addresses')),
                    ('language', models.CharField(blank=True, max_length=8, verbose_name='language')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('config', models.JSONField(blank=True, default=dict, verbose_name='settings')),
                    ('secrets', helpdesk.secrets.SecretsField(blank=True, default=dict, editable=False, verbose_name='secrets')),
                    ('connected_at', models.DateTimeField(auto_now_add=True, verbose_name='connected')),
                    ('backlog_total', models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='old mails')),
                    ('backlog_left', models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='old mails left')),
                    ('last_good_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last good fetch')),
                    ('last_error', models.TextField(blank=True, editable=False, verbose_name='last error')),
                    ('last_error_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='time of the last error')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='channels', to='accounts.team', verbose_name='team')),
                ],
                options={
                    'verbose_name': 'channel',
                    'verbose_name_plural': 'channels',
                    'ordering': ['name'],
                    'constraints': [models.UniqueConstraint(fields=('kind', 'address'), name='channel_address_once')],
                },
            ),
            migrations.CreateModel(
                name='Audit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='asked for')),
                    ('begun_at', models.DateTimeField(blank=True, null=True, verbose_name='begun')),
                    ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                    ('folders', models.JSONField(blank=True, default=list, verbose_name='folders')),
                    ('error', models.TextField(blank=True, verbose_name='error')),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='audits', to='channels_app.channel', verbose_name='mailbox')),
                ],
                options={
                    'verbose_name': 'comparison',
                    'verbose_name_plural': 'comparisons',
                    'indexes': [models.Index(fields=['channel', '-id'], name='audit_newest')],
                },
            ),
            migrations.CreateModel(
                name='Flood',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('address', models.CharField(max_length=254, unique=True, verbose_name='address')),
                    ('began_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='began')),
                    ('last_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last mail')),
                    ('kept', models.PositiveIntegerField(default=0, verbose_name='mails kept aside')),
                    ('allowed', models.BooleanField(default=False, help_text='This sender may write as much as it likes.', verbose_name='let through')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                    ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels_app.channel', verbose_name='first seen at')),
                ],
                options={
                    'verbose_name': 'flood',
                    'verbose_name_plural': 'floods',
                    'indexes': [models.Index(condition=models.Q(('settled_at', None)), fields=['-last_at'], name='flood_unsettled')],
                },
            ),
            migrations.CreateModel(
                name='Grant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('provider', models.CharField(choices=[('google', 'Google'), ('microsoft', 'Microsoft')], max_length=16, verbose_name='provider')),
                    ('account', models.CharField(blank=True, max_length=254, verbose_name='account')),
                    ('secrets', helpdesk.secrets.SecretsField(blank=True, default=dict, editable=False, verbose_name='secrets')),
                    ('expires_at', models.DateTimeField(verbose_name='the token ends')),
                    ('granted_at', models.DateTimeField(verbose_name='connected')),
                    ('renewed_at', models.DateTimeField(blank=True, null=True, verbose_name='renewed')),
                    ('failed_at', models.DateTimeField(blank=True, null=True, verbose_name='renewing has failed since')),
                    ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='consent withdrawn')),
                    ('error', models.CharField(blank=True, max_length=500, verbose_name='error')),
                    ('channel', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='grant', to='channels_app.channel', verbose_name='mailbox')),
                ],
                options={
                    'verbose_name': 'consent',
                    'verbose_name_plural': 'consents',
                },
            ),
            migrations.CreateModel(
                name='Hook',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('provider', models.CharField(choices=[('mailgun', 'Mailgun'), ('postmark', 'Postmark'), ('sendgrid', 'SendGrid'), ('mailjet', 'Mailjet'), ('brevo', 'Brevo'), ('sparkpost', 'SparkPost'), ('amazon-ses', 'Amazon SES'), ('resend', 'Resend')], max_length=16, verbose_name='provider')),
                    ('taken', models.PositiveIntegerField(default=0, verbose_name='taken')),
                    ('last_at', models.DateTimeField(blank=True, null=True, verbose_name='last request')),
                    ('refused', models.PositiveIntegerField(default=0, verbose_name='refused since the last good one')),
                    ('refused_at', models.DateTimeField(blank=True, null=True, verbose_name='last refused')),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hooks', to='channels_app.channel', verbose_name='mailbox')),
                ],
                options={
                    'verbose_name': "provider's requests",
                    'verbose_name_plural': "providers' requests",
                    'constraints': [models.UniqueConstraint(fields=('channel', 'provider'), name='hook_once')],
                },
            ),
            migrations.CreateModel(
                name='InboundRecord',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source_key', models.CharField(max_length=200, verbose_name='source')),
                    ('state', models.CharField(choices=[('pending', 'Waiting'), ('done', 'Done'), ('duplicate', 'Seen before'), ('automatic', 'Automatic mail'), ('report', 'Delivery report'), ('quarantined', 'In quarantine'), ('dismissed', 'Put aside'), ('test', 'Test mail')], default='pending', max_length=12, verbose_name='state')),
                    ('sender_key', models.CharField(blank=True, max_length=254, verbose_name='sender')),
                    ('envelope', models.JSONField(blank=True, default=dict, verbose_name='envelope')),
                    ('body', models.BinaryField(null=True, verbose_name='body')),
                    ('body_sha256', models.CharField(blank=True, max_length=64, verbose_name='digest of a large body')),
                    ('size', models.PositiveIntegerField(default=0, verbose_name='bytes')),
                    ('received_at', models.DateTimeField(auto_now_add=True, verbose_name='received')),
                    ('arrived_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), default=django.utils.timezone.now, verbose_name='arrived at the server')),
                    ('message_id', models.CharField(blank=True, db_default='', default='', max_length=255, verbose_name='Message-ID')),
                    ('is_bulk', models.BooleanField(db_default=False, default=False, verbose_name='old mail')),
                    ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='next attempt')),
                    ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                    ('error', models.TextField(blank=True, verbose_name='error')),
                    ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                    ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='records', to='channels_app.channel', verbose_name='channel')),
                ],
                options={
                    'verbose_name': 'inbound record',
                    'verbose_name_plural': 'inbound records',
                    'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['is_bulk', 'id'], name='inbound_pending'), models.Index(fields=['channel', 'arrived_at'], name='inbound_arrived'), models.Index(condition=models.Q(('message_id', ''), _negated=True), fields=['message_id'], name='inbound_message_id'), models.Index(condition=models.Q(('state', 'pending')), fields=['sender_key', 'id'], name='inbound_pending_sender'), models.Index(condition=models.Q(('state__in', ['quarantined', 'automatic'])), fields=['state', '-id'], name='inbound_set_aside')],
                    'constraints': [models.UniqueConstraint(fields=('channel', 'source_key'), name='inbound_source_once')],
                },
            ),
            migrations.CreateModel(
                name='Incident',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('fetching', 'Mail is not fetched'), ('consent', 'Consent fails'), ('waiting', 'Mail waits to be read'), ('quarantine', 'Quarantine grows'), ('sending', 'Answers do not go out'), ('missing', 'Mail is missing'), ('hooks', 'Requests are refused')], max_length=12, verbose_name='kind')),
                    ('facts', models.JSONField(blank=True, default=dict, verbose_name='facts')),
                    ('began_at', models.DateTimeField(verbose_name='began')),
                    ('seen_at', models.DateTimeField(verbose_name='last seen')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='over')),
                    ('channel', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='incidents', to='channels_app.channel', verbose_name='mailbox')),
                ],
                options={
                    'verbose_name': 'incident',
                    'verbose_name_plural': 'incidents',
                    'indexes': [models.Index(fields=['-began_at'], name='incident_newest')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('kind', 'channel'), name='incident_open_once', nulls_distinct=False)],
                },
            ),
            migrations.CreateModel(
                name='Reconciliation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('folder', models.CharField(max_length=500, verbose_name='folder')),
                    ('use', models.CharField(choices=[('fetched', 'Fetched'), ('junk', 'Junk mail'), ('other', 'Chosen folder')], max_length=8, verbose_name='use')),
                    ('day', models.DateField(verbose_name='day')),
                    ('on_server', models.PositiveIntegerField(default=0, verbose_name='on the server')),
                    ('recorded', models.PositiveIntegerField(default=0, verbose_name='in the journal')),
                    ('elsewhere', models.PositiveIntegerField(default=0, verbose_name='journaled from another folder')),
                    ('left', models.PositiveIntegerField(default=0, verbose_name='left on purpose')),
                    ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), blank=True, default=list, size=None, verbose_name='missing')),
                    ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='reconciliations', to='channels_app.channel', verbose_name='mailbox')),
                ],
                options={
                    'verbose_name': 'reconciliation',
                    'verbose_name_plural': 'reconciliations',
                    'constraints': [models.UniqueConstraint(fields=('channel', 'day', 'folder'), name='reconciliation_once')],
                },
            ),
            migrations.CreateModel(
                name='RoundTrip',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('message_id', models.CharField(max_length=255, unique=True, verbose_name='Message-ID')),
                    ('sent_at', models.DateTimeField(auto_now_add=True, verbose_name='sent')),
                    ('came_back_at', models.DateTimeField(blank=True, null=True, verbose_name='came back')),
                    ('channel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trips', to='channels_app.channel', verbose_name='channel')),
                ],
                options={
                    'verbose_name': 'test mail',
                    'verbose_name_plural': 'test mails',
                },
            ),
            migrations.CreateModel(
                name='Sighting',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('folder', models.CharField(max_length=500, verbose_name='folder')),
                    ('use', models.CharField(choices=[('fetched', 'Fetched'), ('junk', 'Junk mail'), ('other', 'Chosen folder')], max_length=8, verbose_name='use')),
                    ('uidvalidity', models.BigIntegerField()),
                    ('uid', models.BigIntegerField()),
                    ('arrived_at', models.DateTimeField(verbose_name='arrived')),
                    ('message_id', models.CharField(max_length=255)),
                    ('sender', models.CharField(blank=True, max_length=254, verbose_name='sender')),
                    ('subject', models.CharField(blank=True, max_length=200, verbose_name='subject')),
                    ('gone_at', models.DateTimeField(blank=True, null=True, verbose_name='gone from the server since')),
                    ('wanted_at', models.DateTimeField(blank=True, null=True, verbose_name='to be fetched since')),
                    ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left on purpose since')),
                    ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='sightings', to='channels_app.channel', verbose_name='mailbox')),
                    ('left_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('record', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='channels_app.inboundrecord')),
                ],
                options={
                    'verbose_name': 'mail on the server',
                    'verbose_name_plural': 'mails on the server',
                    'indexes': [models.Index(condition=models.Q(('gone_at', None), ('record', None), ('wanted_at__isnull', False)), fields=['channel'], name='sighting_wanted')],
                    'constraints': [models.UniqueConstraint(fields=('channel', 'folder', 'uidvalidity', 'uid'), name='sighting_once')],
                },
            ),
        ]),
    ]
