from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # indexes are made beside the work that goes on

    dependencies = [
        ('channels_app', '0001_initial'),
        ('tickets', '0001_initial'),
    ]

    operations = [
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
        RemoveIndexConcurrently(
            model_name='delivery',
            name='delivery_due',
        ),
        RemoveIndexConcurrently(
            model_name='delivery',
            name='delivery_in_flight',
        ),
        migrations.AddField(
            model_name='delivery',
            name='lane',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=80, verbose_name='lane'),
        ),
        AddIndexConcurrently(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['lane', 'urgency', 'due_at', 'id'], name='delivery_due_in_lane'),
        ),
        AddIndexConcurrently(
            model_name='delivery',
            index=models.Index(condition=models.Q(('state', 'sending')), fields=['lane', 'sending_since'], name='delivery_in_flight'),
        ),
    ]
