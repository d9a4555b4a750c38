import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_further_addresses'),
        ('channels_app', '0007_incidents_and_hooks'),
        ('tickets', '0018_what_the_desk_made_of_it'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
            ],
            options={
                'verbose_name': 'view',
                'verbose_name_plural': 'views',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddField(
            model_name='view',
            name='owner',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='views', to=settings.AUTH_USER_MODEL, verbose_name='colleague'),
        ),
        migrations.AddField(
            model_name='view',
            name='team',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='views', to='accounts.team', verbose_name='team'),
        ),
        migrations.AddConstraint(
            model_name='view',
            constraint=models.CheckConstraint(condition=models.Q(('owner', None), ('team', None), _connector='OR'), name='view_of_one_or_of_a_team'),
        ),
    ]
