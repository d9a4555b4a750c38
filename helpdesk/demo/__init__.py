"""A made-up web shop's desk, to look around in: filled by `manage.py demo`, emptied by its `--remove`.

`script` reads the stories, `shop` and `crowd` know who is in them, `casting` gives out the parts, `wording`
fills the blanks, `letters` writes the mails, `stage` plays a story through the desk's own doors and `clock`
moves it to when it happened; `oddities` adds what is no story, `upkeep` traces of care, `programs` a
service account and webhooks, `post` takes in
what the demo sends.
"""
