"""Celery as an alarm clock: nudges and a beat, no payloads, no results."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # `run` and `serve` make them, once for all processes

app = Celery("helpdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "channels_app",
        "channels_app.webhooks",
        "tickets",
        "tickets.expected",
        "knowledge",
        "knowledge.canned",
        "sop",
        "helpdesk.health",
        "helpdesk.rest",
        "helpdesk.accounts",
    ]
)
app.conf.beat_schedule = {
    # What a lost nudge left behind, and what has fallen due.
    "sweep inbound": {"task": "wake.inbound", "schedule": 5, "options": {"expires": 5}},
    "sweep reactions": {"task": "wake.reactions", "schedule": 5, "options": {"expires": 5}},
    "send what is due": {"task": "wake.drafts", "schedule": 2, "options": {"expires": 2}},
    "sweep files": {"task": "wake.files", "schedule": 5, "options": {"expires": 5}},
    "sweep deliveries": {"task": "wake.deliveries", "schedule": 5, "options": {"expires": 5}},
    "hand tickets out": {"task": "wake.routing", "schedule": 5, "options": {"expires": 5}},
    "reckon priorities": {"task": "tickets.reckon", "schedule": 30, "options": {"expires": 30}},
    "keep time": {"task": "tickets.keep_time", "schedule": 30, "options": {"expires": 30}},
    "rules of time": {"task": "tickets.ring", "schedule": 30, "options": {"expires": 30}},
    "take tickets back": {"task": "tickets.take_back", "schedule": 30, "options": {"expires": 30}},
    "sweep imports": {"task": "wake.imports", "schedule": 30, "options": {"expires": 30}},
    "sweep mailings": {"task": "wake.mailings", "schedule": 5, "options": {"expires": 5}},
    "understand texts": {"task": "wake.knowledge", "schedule": 60, "options": {"expires": 60}},
    "remind of promises": {"task": "tickets.remind", "schedule": 20, "options": {"expires": 20}},
    "recover": {"task": "channels.recover", "schedule": 10, "options": {"expires": 10}},
    "sweep uploads": {"task": "tickets.sweep_uploads", "schedule": 3600, "options": {"expires": 3600}},
    "watch the mail": {"task": "channels.watch", "schedule": 60, "options": {"expires": 60}},
    "renew consents": {"task": "channels.renew_consents", "schedule": 120, "options": {"expires": 120}},
    "prune kept answers": {"task": "rest.prune", "schedule": 3600, "options": {"expires": 3600}},
    "webhooks in turn": {"task": "webhooks.recover", "schedule": 60, "options": {"expires": 60}},
    "tidy webhooks": {"task": "webhooks.tidy", "schedule": 3600, "options": {"expires": 3600}},
    "tidy accounts": {"task": "accounts.tidy", "schedule": 3600, "options": {"expires": 3600}},
    "send digests": {"task": "tickets.digests", "schedule": 300, "options": {"expires": 300}},
    "forget what is old": {"task": "tickets.forget", "schedule": 3600, "options": {"expires": 3600}},
    "remind of procedures": {"task": "sop.remind", "schedule": 3600, "options": {"expires": 3600}},
    "remind of reading": {"task": "sop.nudge", "schedule": 3600, "options": {"expires": 3600}},
    "welcome newcomers": {"task": "sop.welcome", "schedule": 300, "options": {"expires": 300}},
    "ask how it went": {"task": "tickets.ask_how_it_went", "schedule": 60, "options": {"expires": 60}},
    "tell who voted": {"task": "knowledge.tell_voters", "schedule": 30, "options": {"expires": 30}},
    "forget searches": {"task": "knowledge.forget", "schedule": 3600, "options": {"expires": 3600}},
    "settle canned responses": {"task": "canned.settle", "schedule": 300, "options": {"expires": 300}},
    "find repeated answers": {"task": "canned.repeated", "schedule": 21600, "options": {"expires": 3600}},
    "wake the snoozed": {"task": "tickets.wake_snoozed", "schedule": 20, "options": {"expires": 20}},
    "watch expected times": {"task": "expected.sweep", "schedule": 30, "options": {"expires": 30}},
    "how long answers take": {"task": "expected.recount", "schedule": 600, "options": {"expires": 600}},
    "learn from corrections": {"task": "wake.learning", "schedule": 21600, "options": {"expires": 3600}},
    "empty the bin": {"task": "tickets.empty_bin", "schedule": 3600, "options": {"expires": 3600}},
}
