"""When each process was last seen at work."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

# A worker pulses every PULSE seconds; one whose pulse is SILENCE seconds overdue is taken for hung.
PULSE = 5
SILENCE = 30


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def fresh(self) -> "HeartbeatQuerySet":
        return self.filter(at__gte=Now() - timedelta(seconds=PULSE + SILENCE))

    def beat(self, name: str, pid: int) -> None:
        """`name` is alive now, by the database's clock, and runs as process `pid`."""
        self.bulk_create(
            [self.model(name=name, pid=pid, at=Now())],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["pid", "at"],
        )


class Heartbeat(models.Model):
    """One row a process, overwritten at every beat."""

    name = models.CharField(max_length=80, unique=True)
    pid = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name} ({self.pid}) at {self.at:%F %T}"
