import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from helpdesk.tables import TablesAtOnce


class Migration(migrations.Migration):
    # What an empty database gets at once; one that stands goes the way of the steps this replaces.

    replaces = [
        ('sop', '0001_procedures'),
        ('sop', '0002_readings'),
        ('sop', '0003_training'),
        ('sop', '0004_begun_from_a_ticket'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0018_working_hours_tell_when_changed'),
        ('knowledge', '0006_videos_in_articles'),
        ('tickets', '0061_rating_invitations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='Remedy',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('refund', 'Refund'), ('discount', 'Discount'), ('coupon', 'Coupon'), ('credit', 'Credit'), ('replacement', 'Replacement'), ('gift', 'Gift or thank-you')], max_length=12, verbose_name='kind')),
                    ('words', models.JSONField(blank=True, default=dict, verbose_name='what to offer, by language')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                ],
                options={
                    'verbose_name': 'remedy',
                    'verbose_name_plural': 'remedies',
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Chapter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(unique=True, verbose_name='name in addresses')),
                    ('names', models.JSONField(default=dict, verbose_name='name by language')),
                    ('icon', models.CharField(blank=True, default='book', max_length=30, verbose_name='icon')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='sop.chapter', verbose_name='part of')),
                ],
                options={
                    'verbose_name': 'category of procedures',
                    'verbose_name_plural': 'categories of procedures',
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=160, verbose_name='title')),
                    ('summary', models.CharField(blank=True, max_length=300, verbose_name='in one sentence')),
                    ('words', models.CharField(blank=True, max_length=500, verbose_name='found by the words')),
                    ('steps', models.JSONField(default=list, verbose_name='steps')),
                    ('note', models.CharField(blank=True, max_length=300, verbose_name='what changed')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
                    ('is_to_be_read', models.BooleanField(db_default=False, default=False, verbose_name='to be read by all whom it concerns')),
                    ('questions', models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, verbose_name='questions after reading')),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'published version of a procedure',
                    'verbose_name_plural': 'published versions of procedures',
                    'ordering': ['-number'],
                },
            ),
            migrations.CreateModel(
                name='Attempt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('wrong', models.JSONField(default=list, verbose_name='answered otherwise')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attempts', to='sop.edition', verbose_name='version')),
                ],
                options={
                    'verbose_name': 'answers about a procedure',
                    'verbose_name_plural': 'answers about procedures',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='LearningPath',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=120, verbose_name='title')),
                    ('about', models.CharField(blank=True, max_length=300, verbose_name='in one sentence')),
                    ('on_joining', models.BooleanField(default=False, verbose_name='given to everybody who joins the team')),
                    ('joined_after', models.BigIntegerField(default=0, editable=False)),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='made')),
                    ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='accounts.team', verbose_name='team')),
                ],
                options={
                    'verbose_name': 'path for newcomers',
                    'verbose_name_plural': 'paths for newcomers',
                    'ordering': ['title', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Procedure',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(blank=True, editable=False, max_length=60, null=True, unique=True, verbose_name='key')),
                    ('review_on', models.DateField(blank=True, null=True, verbose_name='to be read again on')),
                    ('review_months', models.PositiveSmallIntegerField(default=6, help_text='0: never.', verbose_name='read again every so many months')),
                    ('reminded_on', models.DateField(blank=True, editable=False, null=True, verbose_name='reminded')),
                    ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('information', 'Information'), ('support', 'Support'), ('complaint', 'Complaint'), ('suggestion', 'Suggestion')], max_length=12), blank=True, default=list, size=None, verbose_name='only for the kinds')),
                    ('channels', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('email', 'E-mail')], max_length=16), blank=True, default=list, size=None, verbose_name='only for the channels')),
                    ('importance', models.PositiveSmallIntegerField(choices=[(1, 'Normal'), (2, 'Important'), (3, 'VIP')], default=1, verbose_name='only for customers from this importance on')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('chapter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='procedures', to='sop.chapter', verbose_name='category')),
                    ('needed_for', models.ManyToManyField(blank=True, help_text='Routing gives tickets of these only to those who have read it.', related_name='+', to='tickets.topic', verbose_name='needed for the topics')),
                    ('organisations', models.ManyToManyField(blank=True, related_name='+', to='tickets.organisation', verbose_name='only for the organisations')),
                    ('origin', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket', verbose_name='begun from the ticket')),
                    ('owner', models.ForeignKey(blank=True, help_text='Who sees to it that it holds true.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='owner')),
                    ('teams', models.ManyToManyField(blank=True, help_text='None chosen: for all.', related_name='+', to='accounts.team', verbose_name='for the teams')),
                    ('topics', models.ManyToManyField(blank=True, related_name='+', to='tickets.topic', verbose_name='fits the topics')),
                ],
                options={
                    'verbose_name': 'procedure',
                    'verbose_name_plural': 'procedures',
                    'ordering': ['chapter__position', 'position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Following',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('begun_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='begun')),
                    ('outcome', models.CharField(blank=True, choices=[('', 'Under way'), ('done', 'Done as written'), ('otherwise', 'Ended otherwise')], default='', max_length=10, verbose_name='outcome')),
                    ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                    ('begun_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begun by')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followings', to='sop.edition', verbose_name='version')),
                    ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message', verbose_name='reason')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followings', to='tickets.ticket', verbose_name='ticket')),
                    ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followings', to='sop.procedure', verbose_name='procedure')),
                ],
                options={
                    'verbose_name': 'procedure on a ticket',
                    'verbose_name_plural': 'procedures on tickets',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Reading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='sop.edition', verbose_name='version')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'procedure that was read',
                    'verbose_name_plural': 'procedures that were read',
                },
            ),
            migrations.CreateModel(
                name='Limit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('role', models.CharField(choices=[('agent', 'Agent'), ('supervisor', 'Supervisor'), ('admin', 'Admin')], default='agent', max_length=12, verbose_name='role')),
                    ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, validators=[django.core.validators.MinValueValidator(0)], verbose_name='up to the amount')),
                    ('currency', models.CharField(blank=True, max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z', 'Three capital letters, such as EUR.')], verbose_name='currency')),
                    ('percent', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='up to this share of the price, %')),
                    ('remedy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='limits', to='sop.remedy', verbose_name='remedy')),
                ],
                options={
                    'verbose_name': 'limit',
                    'verbose_name_plural': 'limits',
                    'ordering': ['role', 'currency'],
                },
            ),
            migrations.CreateModel(
                name='Reminder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sop.edition', verbose_name='version')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'reminder to read a procedure',
                    'verbose_name_plural': 'reminders to read procedures',
                },
            ),
            migrations.CreateModel(
                name='Situation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=60, unique=True, verbose_name='key')),
                    ('names', models.JSONField(default=dict, verbose_name='name by language')),
                    ('about', models.JSONField(blank=True, default=dict, verbose_name='description by language')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('is_active', models.BooleanField(default=True, verbose_name='active')),
                    ('procedure', models.ForeignKey(blank=True, help_text='It is offered wherever this procedure fits.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='situations', to='sop.procedure', verbose_name='procedure')),
                    ('topics', models.ManyToManyField(blank=True, related_name='+', to='tickets.topic', verbose_name='fits the topics')),
                ],
                options={
                    'verbose_name': 'situation',
                    'verbose_name_plural': 'situations',
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.AddField(
                model_name='remedy',
                name='situation',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remedies', to='sop.situation', verbose_name='situation'),
            ),
            migrations.CreateModel(
                name='Wording',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('hu', 'Magyar')], max_length=8, verbose_name='language')),
                    ('title', models.CharField(max_length=160, verbose_name='title')),
                    ('summary', models.CharField(blank=True, max_length=300, verbose_name='in one sentence')),
                    ('words', models.CharField(blank=True, help_text='What customers write and colleagues search when they need it, with commas between.', max_length=500, verbose_name='found by the words')),
                    ('steps', models.JSONField(blank=True, default=list, verbose_name='steps')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], default='draft', max_length=10, verbose_name='state')),
                    ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                    ('questions', models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list, verbose_name='questions after reading')),
                    ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='sop.procedure', verbose_name='procedure')),
                    ('published', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sop.edition')),
                    ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'procedure in a language',
                    'verbose_name_plural': 'procedures by language',
                },
            ),
            migrations.AddField(
                model_name='edition',
                name='wording',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='sop.wording', verbose_name='procedure'),
            ),
            migrations.CreateModel(
                name='ArticleRead',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.article', verbose_name='article')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'article that was read',
                    'verbose_name_plural': 'articles that were read',
                    'constraints': [models.UniqueConstraint(fields=('article', 'user'), name='article_read_once')],
                },
            ),
            migrations.CreateModel(
                name='Learner',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given')),
                    ('given_by', models.ForeignKey(blank=True, help_text='Nobody: on joining the team.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='given by')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='learners', to='sop.learningpath', verbose_name='path')),
                ],
                options={
                    'verbose_name': 'colleague on a path',
                    'verbose_name_plural': 'colleagues on paths',
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('path', 'user'), name='learner_once_a_path')],
                },
            ),
            migrations.CreateModel(
                name='Mark',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(max_length=12, verbose_name='step')),
                    ('what', models.CharField(choices=[('done', 'Done'), ('chosen', 'Decided'), ('left_out', 'Left out')], max_length=8, verbose_name='what became of it')),
                    ('choice', models.CharField(blank=True, max_length=12, verbose_name='decision')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                    ('following', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='marks', to='sop.following', verbose_name='procedure')),
                    ('note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message', verbose_name='reason')),
                ],
                options={
                    'verbose_name': 'step of a procedure on a ticket',
                    'verbose_name_plural': 'steps of procedures on tickets',
                    'constraints': [models.UniqueConstraint(fields=('following', 'step'), name='mark_once_a_step')],
                },
            ),
            migrations.CreateModel(
                name='PathStop',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('article', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.article', verbose_name='article')),
                    ('path', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stops', to='sop.learningpath', verbose_name='path')),
                    ('procedure', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='sop.procedure', verbose_name='procedure')),
                ],
                options={
                    'verbose_name': 'part of a path',
                    'verbose_name_plural': 'parts of paths',
                    'ordering': ['position', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('procedure', None), ('article', None), _connector='XOR'), name='stop_is_one_thing_to_read'), models.UniqueConstraint(fields=('path', 'procedure'), name='stop_once_a_procedure'), models.UniqueConstraint(fields=('path', 'article'), name='stop_once_an_article')],
                },
            ),
            migrations.AddConstraint(
                model_name='following',
                constraint=models.UniqueConstraint(condition=models.Q(('outcome', '')), fields=('ticket', 'procedure'), name='following_once_open'),
            ),
            migrations.AddConstraint(
                model_name='reading',
                constraint=models.UniqueConstraint(fields=('edition', 'user'), name='reading_once'),
            ),
            migrations.AddConstraint(
                model_name='limit',
                constraint=models.UniqueConstraint(fields=('remedy', 'role', 'currency'), name='limit_once'),
            ),
            migrations.AddConstraint(
                model_name='limit',
                constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount', None), ('currency', '')), models.Q(('amount__isnull', False), models.Q(('currency', ''), _negated=True)), _connector='OR'), name='limit_money_has_a_currency', violation_error_message='An amount needs a currency, and a currency an amount.'),
            ),
            migrations.AddConstraint(
                model_name='reminder',
                constraint=models.UniqueConstraint(fields=('edition', 'user'), name='reminded_once'),
            ),
            migrations.AddConstraint(
                model_name='wording',
                constraint=models.UniqueConstraint(fields=('procedure', 'language'), name='wording_once_a_language'),
            ),
            migrations.AddConstraint(
                model_name='edition',
                constraint=models.UniqueConstraint(fields=('wording', 'number'), name='edition_once'),
            ),
        ]),
    ]
