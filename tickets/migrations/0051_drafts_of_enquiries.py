import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tickets", "0050_blocked_domains"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='draft',
            name='draft_open_once',
        ),
        migrations.AddField(
            model_name='draft',
            name='enquiry',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='tickets.enquiry', verbose_name='enquiry'),
        ),
        migrations.AddField(
            model_name='draft',
            name='subject',
            field=models.CharField(blank=True, db_default='', default='', max_length=1000, verbose_name='subject'),
        ),
        migrations.AlterField(
            model_name='draft',
            name='mode',
            field=models.CharField(choices=[('reply', 'Reply'), ('note', 'Note'), ('forward', 'Forward'), ('aside', 'Enquiry')], default='reply', max_length=8, verbose_name='mode'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(condition=models.Q(('due_at', None)), fields=('ticket', 'author', 'mode', 'enquiry'), name='draft_open_once_each', nulls_distinct=False),
        ),
    ]
