import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0049_lines_about_no_ticket"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BlockedDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(max_length=253, verbose_name='domain')),
                ('blocked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='blocked')),
                ('lifted_at', models.DateTimeField(blank=True, null=True, verbose_name='let through again')),
            ],
            options={
                'verbose_name': 'blocked domain',
                'verbose_name_plural': 'blocked domains',
            },
        ),
        migrations.AddField(
            model_name='blockeddomain',
            name='blocked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='blocked_domains', to=settings.AUTH_USER_MODEL, verbose_name='blocked by'),
        ),
        migrations.AddField(
            model_name='blockeddomain',
            name='lifted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='let through again by'),
        ),
        migrations.AddConstraint(
            model_name='blockeddomain',
            constraint=models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('domain',), name='domain_blocked_once'),
        ),
    ]
