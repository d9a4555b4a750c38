from django.db import migrations

STRETCH = 5_000
OTHERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяáéíóöőúüűäàâçèêëìîïñòôõùûßåæø"
LATIN = "abvgdeejziyklmnoprstufhcqwwxyxeuaaeiooouuuaaaceeeiiinooouusaao"

# Whom a message went to and the names of its files become findable, and its words known. As the desk indexed
# messages when this was written.
ADD = """
UPDATE tickets_message AS m SET search = m.search
    || setweight(jsonb_to_tsvector('simple', m.recipients - 'reply_to' - 'list', '["string"]'), 'B')
    || setweight(to_tsvector('simple', coalesce((
        SELECT left(string_agg(a.name || ' ' || translate(a.name, '._-+()[]', '        '), ' '), 4000)
        FROM tickets_attachment AS a WHERE a.message_id = m.id AND NOT a.inline), '')), 'C')
WHERE m.id > %s AND m.id <= %s AND m.search IS NOT NULL
"""
LEARN = """
INSERT INTO tickets_word (text, alike)
SELECT DISTINCT word.lexeme, translate(word.lexeme, %s, %s) FROM tickets_message AS m
CROSS JOIN unnest(to_tsvector('simple', left(concat_ws(' ', m.subject, m.sender_name, m.text), 20000))) AS word
WHERE m.id > %s AND m.id <= %s AND m.search IS NOT NULL
AND length(word.lexeme) BETWEEN 4 AND 40 AND word.lexeme !~ '[0-9@/._:+=-]'
ORDER BY 1 ON CONFLICT DO NOTHING
"""


def find_more(apps, schema_editor):
    """In stretches, each committed by itself, beside the work that goes on; safe to run again."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM tickets_message")
        last = cursor.fetchone()[0]
        for start in range(0, last, STRETCH):
            cursor.execute(ADD, [start, start + STRETCH])
            cursor.execute(LEARN, [OTHERS, LATIN, start, start + STRETCH])


class Migration(migrations.Migration):

    atomic = False

    dependencies = [("tickets", "0030_words_of_the_desk")]

    operations = [migrations.RunPython(find_more, migrations.RunPython.noop)]
