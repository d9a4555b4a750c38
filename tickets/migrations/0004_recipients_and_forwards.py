import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):

    atomic = False  # the index is made beside the work that goes on

    dependencies = [
        ('channels_app', '0001_initial'),
        ('tickets', '0003_message_authenticity'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='answers',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message', verbose_name='answers or forwards'),
        ),
        migrations.AddField(
            model_name='draft',
            name='bcc',
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name='hidden copies to'),
        ),
        migrations.AddField(
            model_name='draft',
            name='to',
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name='to'),
        ),
        migrations.AddField(
            model_name='message',
            name='answers',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='tickets.message', verbose_name='answers or forwards'),
        ),
        migrations.AddField(
            model_name='message',
            name='purpose',
            field=models.CharField(blank=True, choices=[('', 'Reply'), ('forward', 'Forward'), ('aside', 'To somebody else'), ('survey', 'Survey')], db_default='', default='', max_length=8, verbose_name='purpose'),
        ),
        migrations.AlterField(
            model_name='draft',
            name='mode',
            field=models.CharField(choices=[('reply', 'Reply'), ('note', 'Note'), ('forward', 'Forward')], default='reply', max_length=8, verbose_name='mode'),
        ),
        migrations.AlterField(
            model_name='event',
            name='kind',
            field=models.CharField(choices=[('ticket_opened', 'Ticket opened'), ('message_received', 'Message received'), ('reply_sent', 'Reply sent'), ('aside_sent', 'Sent to somebody else'), ('note_added', 'Note added'), ('delivery_failed', 'Not delivered'), ('delivery_retried', 'Sent again'), ('status_changed', 'Status changed'), ('assigned', 'Assigned'), ('team_changed', 'Team changed'), ('kind_changed', 'Kind changed'), ('priority_changed', 'Priority changed'), ('tags_changed', 'Tags changed'), ('folder_changed', 'Moved')], max_length=24, verbose_name='kind'),
        ),
        AddIndexConcurrently(
            model_name='message',
            index=models.Index(condition=models.Q(('answers__isnull', False)), fields=['answers'], name='message_answered_by'),
        ),
    ]
