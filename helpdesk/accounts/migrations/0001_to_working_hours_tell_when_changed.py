import datetime
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

from helpdesk.tables import TablesAtOnce


class Migration(migrations.Migration):
    # What an empty database gets at once; one that stands goes the way of the steps this replaces.

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_tokens_and_audit'),
        ('accounts', '0003_quoted_history'),
        ('accounts', '0004_days_of_silence'),
        ('accounts', '0005_webhooks_are_audited'),
        ('accounts', '0006_flood_limits'),
        ('accounts', '0007_second_step_and_audit_kinds'),
        ('accounts', '0008_further_addresses'),
        ('accounts', '0009_webhooks_by_api'),
        ('accounts', '0010_density_of_lists'),
        ('accounts', '0011_service_accounts'),
        ('accounts', '0012_customers_are_erased'),
        ('accounts', '0013_time_to_undo'),
        ('accounts', '0014_how_promises_are_read'),
        ('accounts', '0015_working_hours'),
        ('accounts', '0016_days_to_read'),
        ('accounts', '0017_settings_by_api'),
        ('accounts', '0018_working_hours_tell_when_changed'),
    ]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='Calendar',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                    ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                    ('changed_at', models.DateTimeField(auto_now=True, db_default=django.db.models.functions.datetime.Now(), verbose_name='changed')),
                ],
                options={
                    'verbose_name': 'working hours',
                    'verbose_name_plural': 'working hours',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='User',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('password', models.CharField(max_length=128, verbose_name='password')),
                    ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                    ('further_addresses', django.contrib.postgres.fields.ArrayField(base_field=models.EmailField(max_length=254), blank=True, db_default=[], default=list, help_text='From which this colleague writes too, with commas between them.', size=None, verbose_name='further addresses')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('role', models.CharField(choices=[('agent', 'Agent'), ('supervisor', 'Supervisor'), ('admin', 'Admin')], default='agent', max_length=12, verbose_name='role')),
                    ('language', models.CharField(default='en', max_length=8, verbose_name='language')),
                    ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                    ('theme', models.CharField(blank=True, choices=[('', 'As the system'), ('light', 'Light'), ('dark', 'Dark')], default='', max_length=8, verbose_name='appearance')),
                    ('density', models.CharField(blank=True, choices=[('', 'Comfortable'), ('compact', 'Compact')], db_default='', default='', max_length=8, verbose_name='lists')),
                    ('signature', models.TextField(blank=True, verbose_name='signature')),
                    ('undo_seconds', models.PositiveSmallIntegerField(db_default=10, default=10, help_text='Seconds, up to 60. With 0 a reply goes at once.', validators=[django.core.validators.MaxValueValidator(60)], verbose_name='time to undo sending')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('is_program', models.BooleanField(db_default=False, default=False, editable=False, verbose_name='service account')),
                    ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name': 'user',
                    'verbose_name_plural': 'users',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='ServiceAccount',
                fields=[
                ],
                options={
                    'verbose_name': 'service account',
                    'verbose_name_plural': 'service accounts',
                    'proxy': True,
                    'indexes': [],
                    'constraints': [],
                },
                bases=('accounts.user',),
            ),
            migrations.CreateModel(
                name='AuditEntry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('signed_in', 'Signed in'), ('sign_in_failed', 'Sign-in failed'), ('signed_out', 'Signed out'), ('sessions_ended', 'Sessions ended'), ('password_changed', 'Password changed'), ('factor_added', 'Second factor added'), ('factor_removed', 'Second factor removed'), ('factor_reset', 'Second factor reset by an admin'), ('person_made', 'Colleague added'), ('rights_changed', 'Rights changed'), ('teams_changed', 'Teams changed'), ('setting_changed', 'Setting changed'), ('exported', 'Exported'), ('imported', 'Imported'), ('raw_read', 'Original message read'), ('token_made', 'API token made'), ('token_revoked', 'API token revoked'), ('webhook_changed', 'Webhook changed'), ('customer_erased', 'Customer erased')], max_length=32, verbose_name='kind')),
                    ('data', models.JSONField(blank=True, default=dict, verbose_name='data')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('about', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='audited', to=settings.AUTH_USER_MODEL, verbose_name='about colleague')),
                    ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to=settings.AUTH_USER_MODEL, verbose_name='by colleague')),
                ],
                options={
                    'verbose_name': 'audit entry',
                    'verbose_name_plural': 'audit log',
                },
            ),
            migrations.CreateModel(
                name='Company',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(default='Help desk', max_length=120, verbose_name='name')),
                    ('language', models.CharField(default='en', max_length=8, verbose_name='language')),
                    ('time_zone', models.CharField(default='UTC', max_length=64, verbose_name='time zone')),
                    ('open_desk', models.BooleanField(default=False, help_text='Agents see the tickets of all teams.', verbose_name='open desk')),
                    ('reopen_days', models.PositiveSmallIntegerField(default=30, help_text='An answer to a ticket closed longer than this opens a new one.', verbose_name='days to reopen')),
                    ('silent_days', models.PositiveSmallIntegerField(db_default=14, default=14, help_text='After these, an answer under another subject is asked about before it joins.', verbose_name='days of silence')),
                    ('bin_days', models.PositiveSmallIntegerField(default=30, help_text='Deleted tickets and spam are erased after this.', verbose_name='days in the bin')),
                    ('flood_mails', models.PositiveIntegerField(db_default=30, default=30, help_text='More than these within the minutes below are kept aside, with an alarm. 0: no limit.', verbose_name='mails of one sender')),
                    ('flood_minutes', models.PositiveSmallIntegerField(db_default=10, default=10, verbose_name='within minutes')),
                    ('promise_minutes', models.PositiveIntegerField(db_default=60, default=60, help_text='Who has to keep it is reminded then.', verbose_name='minutes before a promise lapses')),
                    ('day_ends', models.TimeField(db_default=datetime.time(18, 0), default=datetime.time(18, 0), help_text='“By Friday” means until then, in the time zone of the company.', verbose_name='end of the working day')),
                    ('quote', models.CharField(choices=[('last', 'The message that is answered'), ('whole', 'The whole history'), ('none', 'Nothing')], db_default='last', default='last', help_text='Never more than its recipients were party to.', max_length=5, verbose_name='quoted below a reply')),
                    ('two_factor', models.CharField(choices=[('nobody', 'Nobody'), ('admins', 'Admins'), ('supervisors', 'Supervisors and admins'), ('everybody', 'Everybody')], db_default='nobody', default='nobody', help_text='Who has none is led to set one up before anything else. Others may have one.', max_length=12, verbose_name='second step at sign-in required of')),
                    ('audit_days', models.PositiveIntegerField(db_default=730, default=730, help_text='Older entries of the audit log are erased.', verbose_name='days in the audit log')),
                    ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='demo desk')),
                    ('reading_days', models.PositiveSmallIntegerField(db_default=3, default=3, help_text='A colleague who has not read a new procedure after these is reminded once. 0: never.', verbose_name='days to read')),
                ],
                options={
                    'verbose_name': 'company',
                    'verbose_name_plural': 'company',
                    'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='company_is_one_row')],
                },
            ),
            migrations.CreateModel(
                name='SingleSignOn',
                fields=[
                ],
                options={
                    'verbose_name': 'single sign-on',
                    'verbose_name_plural': 'single sign-on',
                    'proxy': True,
                    'indexes': [],
                    'constraints': [],
                },
                bases=('accounts.company',),
            ),
            migrations.CreateModel(
                name='Holiday',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('day', models.DateField(verbose_name='day')),
                    ('name', models.CharField(blank=True, max_length=80, verbose_name='name')),
                    ('starts', models.TimeField(blank=True, null=True, verbose_name='open from')),
                    ('ends', models.TimeField(blank=True, null=True, verbose_name='open to')),
                    ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='accounts.calendar', verbose_name='working hours')),
                ],
                options={
                    'verbose_name': 'holiday',
                    'verbose_name_plural': 'holidays',
                    'ordering': ['day'],
                },
            ),
            migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='member')),
                ],
                options={
                    'verbose_name': 'membership',
                    'verbose_name_plural': 'memberships',
                },
            ),
            migrations.CreateModel(
                name='Shift',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='day of the week')),
                    ('starts', models.TimeField(verbose_name='from')),
                    ('ends', models.TimeField(help_text='00:00 is midnight, the end of the day.', verbose_name='to')),
                    ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shifts', to='accounts.calendar', verbose_name='working hours')),
                ],
                options={
                    'verbose_name': 'shift',
                    'verbose_name_plural': 'shifts',
                    'ordering': ['weekday', 'starts'],
                },
            ),
            migrations.CreateModel(
                name='Team',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                    ('icon', models.CharField(blank=True, default='users', max_length=24, verbose_name='icon')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('members', models.ManyToManyField(related_name='teams', through='accounts.Membership', to=settings.AUTH_USER_MODEL, verbose_name='members')),
                ],
                options={
                    'verbose_name': 'team',
                    'verbose_name_plural': 'teams',
                    'ordering': ['position', 'name'],
                },
            ),
            migrations.AddField(
                model_name='membership',
                name='team',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='accounts.team', verbose_name='team'),
            ),
            migrations.CreateModel(
                name='Token',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=80, verbose_name='name')),
                    ('hint', models.CharField(editable=False, max_length=12, verbose_name='begins with')),
                    ('digest', models.CharField(editable=False, max_length=64, unique=True, verbose_name='digest')),
                    ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('tickets:read', 'Read tickets, messages, files and their history'), ('tickets:write', 'Open, answer and change tickets'), ('customers:read', 'Read customers and organisations'), ('customers:write', 'Make and change customers and organisations'), ('deliveries:read', 'Read what was sent and what was not'), ('deliveries:write', 'Send again or give up what was not sent'), ('channels:read', 'Read the channels, without their secrets'), ('webhooks:read', "Read webhooks and their log, in an admin's name"), ('webhooks:write', "Set up webhooks and tell again, in an admin's name"), ('settings:read', 'Read rules, policies and working hours, as far as you may'), ('settings:write', "Set up and switch rules, in an admin's name"), ('staff:read', 'Read teams and colleagues'), ('raw:read', 'Read messages as they arrived, byte for byte')], max_length=24), size=None, verbose_name='scopes')),
                    ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='client key')),
                    ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                    ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='expires')),
                    ('last_used_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last used')),
                    ('revoked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='revoked')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tokens', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'API token',
                    'verbose_name_plural': 'API tokens',
                },
            ),
            migrations.AddConstraint(
                model_name='user',
                constraint=models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_in_lower_case'),
            ),
            migrations.AddIndex(
                model_name='auditentry',
                index=models.Index(fields=['at'], name='audit_by_time'),
            ),
            migrations.AddIndex(
                model_name='auditentry',
                index=models.Index(fields=['about', '-id'], name='audit_about'),
            ),
            migrations.AddConstraint(
                model_name='holiday',
                constraint=models.UniqueConstraint(fields=('calendar', 'day'), name='holiday_once'),
            ),
            migrations.AddConstraint(
                model_name='holiday',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('ends', None), ('starts', None)), models.Q(('ends__isnull', False), ('starts__isnull', False), models.Q(('ends__gt', models.F('starts')), ('ends', datetime.time(0, 0)), _connector='OR')), _connector='OR'), name='holiday_hours_make_sense', violation_error_message='Give both times, the later one last, or neither for a day off.'),
            ),
            migrations.AddConstraint(
                model_name='shift',
                constraint=models.CheckConstraint(condition=models.Q(('ends__gt', models.F('starts')), ('ends', datetime.time(0, 0)), _connector='OR'), name='shift_ends_after_it_starts', violation_error_message='A shift ends after it starts, on the same day.'),
            ),
            migrations.AddConstraint(
                model_name='shift',
                constraint=models.UniqueConstraint(fields=('calendar', 'weekday', 'starts'), name='shift_once'),
            ),
            migrations.AddConstraint(
                model_name='membership',
                constraint=models.UniqueConstraint(fields=('team', 'user'), name='one_membership_a_team'),
            ),
            migrations.AddIndex(
                model_name='token',
                index=models.Index(fields=['user', '-id'], name='token_of_user'),
            ),
        ]),
    ]
