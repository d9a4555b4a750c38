"""A large desk made up from nothing, for measuring: `manage.py seed`.

`vocabulary` invents words, `people` customers, `histories` tickets with all that happened to them, `copying`
writes rows as PostgreSQL's COPY reads them, and `filling` puts them in.
"""
