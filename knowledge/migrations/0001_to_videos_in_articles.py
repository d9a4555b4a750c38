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
        ('knowledge', '0001_searched_collections'),
        ('knowledge', '0002_articles'),
        ('knowledge', '0003_articles_in_replies'),
        ('knowledge', '0004_help_centres_of_brands'),
        ('knowledge', '0005_suggestion_box'),
        ('knowledge', '0006_videos_in_articles'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0018_working_hours_tell_when_changed'),
        ('channels_app', '0008_resend_hooks'),
        ('tickets', '0061_rating_invitations'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TablesAtOnce([
            migrations.CreateModel(
                name='Collection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                    ('version', models.BigIntegerField(default=0, verbose_name='version')),
                ],
                options={
                    'verbose_name': 'searched collection',
                    'verbose_name_plural': 'searched collections',
                    'ordering': ['name'],
                },
            ),
            migrations.CreateModel(
                name='Picture',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=32, unique=True)),
                    ('sha256', models.CharField(max_length=64)),
                    ('content_type', models.CharField(max_length=40, verbose_name='type')),
                    ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                ],
                options={
                    'verbose_name': 'picture in articles',
                    'verbose_name_plural': 'pictures in articles',
                },
            ),
            migrations.CreateModel(
                name='HelpCentre',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_open', models.BooleanField(default=True, help_text='Else its pages are not found.', verbose_name='open to everybody')),
                    ('welcome', models.JSONField(blank=True, default=dict, help_text='{"en": "How can we help?"}', verbose_name='welcome by language')),
                    ('hours', models.JSONField(blank=True, default=dict, help_text='{"en": "Every day from 8 to 20, +44 20 7946 0113"}', verbose_name='hours and phone by language')),
                    ('colour', models.CharField(blank=True, help_text='#0f6674', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}$')], verbose_name='colour')),
                    ('css', models.TextField(blank=True, verbose_name='own styles (CSS)')),
                    ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('hu', 'Magyar')], max_length=8), blank=True, db_default=[], default=list, help_text='None chosen: all of them.', size=None, verbose_name='languages')),
                    ('name', models.CharField(blank=True, db_default='', default='', help_text="Empty: the company's name.", max_length=80, verbose_name='name')),
                    ('position', models.PositiveSmallIntegerField(db_default=0, default=0, help_text="The first one answers for every channel and address that is no other's.", verbose_name='position')),
                    ('slug', models.SlugField(db_default='main', default='main', help_text='Until a domain points here, it is found at /brands/NAME/help/ of the desk.', max_length=40, unique=True, verbose_name='name in addresses')),
                    ('has_suggestions', models.BooleanField(db_default=True, default=True, help_text='Customers suggest what could be better, and vote. Else its pages are not found.', verbose_name='suggestion box')),
                    ('suggestions_wait', models.BooleanField(db_default=True, default=True, help_text='Else suggestions and comments are public at once.', verbose_name='suggestions wait for approval')),
                    ('videos_from', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('youtube', 'YouTube'), ('vimeo', 'Vimeo'), ('rutube', 'RuTube'), ('vk', 'VK')], max_length=10), blank=True, db_default=[], default=list, help_text='Their videos play in articles once the reader asks for it; of others the link stays.', size=None, verbose_name='videos from')),
                    ('mailbox', models.ForeignKey(blank=True, help_text="Empty: a mailbox in the reader's language, else the first.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='channels_app.channel', verbose_name='mailbox of the contact form')),
                    ('icon', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.picture', verbose_name='icon in browsers')),
                    ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.picture', verbose_name='logo')),
                ],
                options={
                    'verbose_name': 'help centre',
                    'verbose_name_plural': 'help centres',
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='CentreChannel',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('channel', models.OneToOneField(error_messages={'unique': "This channel is another help centre's."}, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='channels_app.channel', verbose_name='channel')),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='knowledge.helpcentre', verbose_name='help centre')),
                ],
                options={
                    'verbose_name': 'channel of a help centre',
                    'verbose_name_plural': 'channels of a help centre',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='Category',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(unique=True, verbose_name='name in addresses')),
                    ('names', models.JSONField(default=dict, verbose_name='name by language')),
                    ('about', models.JSONField(blank=True, default=dict, verbose_name='description by language')),
                    ('icon', models.CharField(blank=True, default='book', max_length=30, verbose_name='icon')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('everywhere', models.BooleanField(db_default=True, default=True, help_text='Also in those that are made later.', verbose_name='in all help centres')),
                    ('centres', models.ManyToManyField(blank=True, related_name='+', to='knowledge.helpcentre', verbose_name='help centres')),
                ],
                options={
                    'verbose_name': 'category of articles',
                    'verbose_name_plural': 'categories of articles',
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Article',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('audience', models.CharField(choices=[('public', 'Everybody'), ('organisations', 'Customers of some organisations'), ('internal', 'Colleagues only')], default='public', max_length=14, verbose_name='who may read it')),
                    ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('everywhere', models.BooleanField(db_default=True, default=True, help_text='Also in those that are made later.', verbose_name='in all help centres')),
                    ('organisations', models.ManyToManyField(blank=True, related_name='articles', to='tickets.organisation', verbose_name='organisations')),
                    ('origin', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket', verbose_name='begun from the ticket')),
                    ('related', models.ManyToManyField(blank=True, to='knowledge.article', verbose_name='related articles')),
                    ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='articles', to='knowledge.category', verbose_name='category')),
                    ('centres', models.ManyToManyField(blank=True, related_name='+', to='knowledge.helpcentre', verbose_name='help centres')),
                ],
                options={
                    'verbose_name': 'article',
                    'verbose_name_plural': 'articles',
                    'ordering': ['position', 'pk'],
                },
            ),
            migrations.CreateModel(
                name='Suggestion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('title', models.CharField(max_length=160, verbose_name='title')),
                    ('text', models.TextField(blank=True, max_length=5000, verbose_name='text')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('hu', 'Magyar')], max_length=8, verbose_name='language')),
                    ('status', models.CharField(choices=[('new', 'New'), ('review', 'Under review'), ('planned', 'Planned'), ('started', 'In progress'), ('done', 'Done'), ('declined', 'Declined')], default='new', max_length=8, verbose_name='status')),
                    ('shown', models.CharField(choices=[('waiting', 'Waits for approval'), ('public', 'Public'), ('hidden', 'Hidden')], default='waiting', max_length=7, verbose_name='who sees it')),
                    ('answer', models.TextField(blank=True, max_length=2000, verbose_name="the company's answer")),
                    ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('key', models.UUIDField(editable=False, unique=True, verbose_name='client key')),
                    ('centre', models.ForeignKey(blank=True, help_text='None: the first one.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.helpcentre', verbose_name='help centre')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.customer', verbose_name='customer')),
                    ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='knowledge.suggestion', verbose_name='united with')),
                ],
                options={
                    'verbose_name': 'suggestion',
                    'verbose_name_plural': 'suggestions',
                },
            ),
            migrations.CreateModel(
                name='SuggestionChange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('before', models.CharField(choices=[('new', 'New'), ('review', 'Under review'), ('planned', 'Planned'), ('started', 'In progress'), ('done', 'Done'), ('declined', 'Declined')], max_length=8, verbose_name='before')),
                    ('status', models.CharField(choices=[('new', 'New'), ('review', 'Under review'), ('planned', 'Planned'), ('started', 'In progress'), ('done', 'Done'), ('declined', 'Declined')], max_length=8, verbose_name='status')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('due_at', models.DateTimeField(verbose_name='told from')),
                    ('told_up_to', models.BigIntegerField(default=0, verbose_name='told up to the vote')),
                    ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='everybody is told')),
                    ('suggestion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='knowledge.suggestion', verbose_name='suggestion')),
                    ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                ],
                options={
                    'verbose_name': 'change of a suggestion',
                    'verbose_name_plural': 'changes of suggestions',
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='SuggestionComment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField(max_length=2000, verbose_name='text')),
                    ('shown', models.CharField(choices=[('waiting', 'Waits for approval'), ('public', 'Public'), ('hidden', 'Hidden')], default='waiting', max_length=7, verbose_name='who sees it')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('key', models.UUIDField(editable=False, unique=True, verbose_name='client key')),
                    ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.customer', verbose_name='customer')),
                    ('suggestion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='comments', to='knowledge.suggestion', verbose_name='suggestion')),
                ],
                options={
                    'verbose_name': 'comment on a suggestion',
                    'verbose_name_plural': 'comments on suggestions',
                    'ordering': ['pk'],
                },
            ),
            migrations.CreateModel(
                name='SuggestionVote',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('wants_mail', models.BooleanField(default=True, verbose_name='is told by mail what becomes of it')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.customer', verbose_name='customer')),
                    ('suggestion', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='knowledge.suggestion', verbose_name='suggestion')),
                    ('ticket', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.ticket', verbose_name='ticket')),
                ],
                options={
                    'verbose_name': 'vote for a suggestion',
                    'verbose_name_plural': 'votes for suggestions',
                },
            ),
            migrations.CreateModel(
                name='Synonyms',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(help_text='Groups of the same name in other languages mean the same.', max_length=60, verbose_name='name')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('hu', 'Magyar')], max_length=8, verbose_name='language')),
                    ('words', models.TextField(blank=True, help_text='Parted by commas; a star stands for any ending. Empty: the group is not used.', verbose_name='words')),
                ],
                options={
                    'verbose_name': 'group of synonyms',
                    'verbose_name_plural': 'synonyms',
                    'ordering': ['name', 'language'],
                    'constraints': [models.UniqueConstraint(fields=('name', 'language'), name='synonyms_once_a_language')],
                },
            ),
            migrations.CreateModel(
                name='Translation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('hu', 'Magyar')], max_length=8, verbose_name='language')),
                    ('title', models.CharField(max_length=160, verbose_name='title')),
                    ('summary', models.CharField(blank=True, help_text='Shown below the title in lists and by search engines.', max_length=300, verbose_name='in one sentence')),
                    ('html', models.TextField(blank=True, verbose_name='text')),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('review', 'In review'), ('published', 'Published'), ('archived', 'Archived')], default='draft', max_length=10, verbose_name='state')),
                    ('updated_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='changed')),
                    ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='knowledge.article')),
                    ('updated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'verbose_name': 'article in a language',
                    'verbose_name_plural': 'articles by language',
                },
            ),
            migrations.CreateModel(
                name='Search',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('language', models.CharField(max_length=8, verbose_name='language')),
                    ('query', models.CharField(max_length=120, verbose_name='searched for')),
                    ('found', models.PositiveSmallIntegerField(default=0, verbose_name='found')),
                    ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='when')),
                    ('opened', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.translation', verbose_name='opened')),
                ],
                options={
                    'verbose_name': 'search at the help centre',
                    'verbose_name_plural': 'searches at the help centre',
                },
            ),
            migrations.CreateModel(
                name='Opinion',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reader', models.CharField(max_length=64)),
                    ('helpful', models.BooleanField(verbose_name='it helped')),
                    ('comment', models.TextField(blank=True, verbose_name='comment')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='when')),
                    ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='knowledge.translation', verbose_name='article')),
                ],
                options={
                    'verbose_name': 'opinion on an article',
                    'verbose_name_plural': 'opinions on articles',
                },
            ),
            migrations.CreateModel(
                name='ArticleUse',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                    ('key', models.UUIDField(editable=False, unique=True, verbose_name='client key')),
                    ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tickets.ticket', verbose_name='ticket')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='colleague')),
                    ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='uses', to='knowledge.translation', verbose_name='article')),
                ],
                options={
                    'verbose_name': 'article in a reply',
                    'verbose_name_plural': 'articles in replies',
                    'ordering': ['-pk'],
                },
            ),
            migrations.CreateModel(
                name='Version',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(verbose_name='number')),
                    ('title', models.CharField(max_length=160, verbose_name='title')),
                    ('summary', models.CharField(blank=True, max_length=300, verbose_name='in one sentence')),
                    ('html', models.TextField(blank=True, verbose_name='text')),
                    ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='published')),
                    ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('translation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='knowledge.translation')),
                ],
                options={
                    'verbose_name': 'published version',
                    'verbose_name_plural': 'published versions',
                    'ordering': ['-number'],
                },
            ),
            migrations.AddField(
                model_name='translation',
                name='published',
                field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.version'),
            ),
            migrations.CreateModel(
                name='Video',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token', models.CharField(max_length=32, unique=True)),
                    ('sha256', models.CharField(max_length=64)),
                    ('size', models.PositiveBigIntegerField(verbose_name='size')),
                    ('content_type', models.CharField(max_length=40, verbose_name='type')),
                    ('title', models.CharField(max_length=160, verbose_name='title')),
                    ('captions', models.TextField(blank=True, verbose_name='captions')),
                    ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('hu', 'Magyar')], default='en', max_length=8, verbose_name='language')),
                    ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='made')),
                    ('poster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='knowledge.picture', verbose_name='poster')),
                ],
                options={
                    'verbose_name': 'video in articles',
                    'verbose_name_plural': 'videos in articles',
                },
            ),
            migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.CharField(max_length=200, verbose_name='key')),
                    ('lang', models.CharField(max_length=8, verbose_name='language')),
                    ('title', models.TextField(verbose_name='title')),
                    ('body', models.TextField(blank=True, verbose_name='text')),
                    ('topic', models.TextField(blank=True, verbose_name='topic')),
                    ('meaning', models.BinaryField(blank=True, default=b'')),
                    ('collection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='knowledge.collection')),
                ],
                options={
                    'verbose_name': 'searched text',
                    'verbose_name_plural': 'searched texts',
                    'constraints': [models.UniqueConstraint(fields=('collection', 'key'), name='entry_of_collection')],
                },
            ),
            migrations.CreateModel(
                name='Domain',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(error_messages={'unique': "This domain is a help centre's already."}, help_text='help.example.com', max_length=253, unique=True, validators=[django.core.validators.RegexValidator('^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$', 'A host name such as help.example.com, without https:// and /.')], verbose_name='domain')),
                    ('is_live', models.BooleanField(default=False, help_text='Links in mails and search engines lead there. Tick it once the domain is set up.', verbose_name='points here')),
                    ('centre', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='knowledge.helpcentre', verbose_name='help centre')),
                ],
                options={
                    'verbose_name': 'domain of a help centre',
                    'verbose_name_plural': 'domains of a help centre',
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('name__regex', '^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$')), name='domain_is_a_host_name')],
                },
            ),
            migrations.AddConstraint(
                model_name='suggestion',
                constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='suggestion_not_into_itself'),
            ),
            migrations.AddIndex(
                model_name='suggestionchange',
                index=models.Index(condition=models.Q(('settled_at', None)), fields=['due_at'], name='suggestion_to_tell'),
            ),
            migrations.AddConstraint(
                model_name='suggestionvote',
                constraint=models.UniqueConstraint(fields=('suggestion', 'customer'), name='suggestion_vote_once'),
            ),
            migrations.AddConstraint(
                model_name='opinion',
                constraint=models.UniqueConstraint(fields=('translation', 'reader'), name='opinion_once'),
            ),
            migrations.AddIndex(
                model_name='articleuse',
                index=models.Index(fields=['at'], name='article_use_at'),
            ),
            migrations.AddConstraint(
                model_name='version',
                constraint=models.UniqueConstraint(fields=('translation', 'number'), name='version_once'),
            ),
            migrations.AddConstraint(
                model_name='translation',
                constraint=models.UniqueConstraint(fields=('article', 'language'), name='translation_once_a_language'),
            ),
        ]),
    ]
