"""Addresses that something was sent to from here, so that a new one can be asked about."""

import hashlib
from collections.abc import Iterable

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def digest(address: str) -> str:
    """What is kept of an address: nothing that says whose it is."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()


class WrittenToQuerySet(models.QuerySet["WrittenTo"]):
    def known(self, addresses: Iterable[str]) -> set[str]:
        """Those of the addresses that were written to before."""
        by_digest = {digest(address): address for address in addresses}
        found = self.filter(digest__in=by_digest).values_list("digest", flat=True)
        return {by_digest[each] for each in found}

    def forget(self, addresses: Iterable[str]) -> None:
        """As if they had never been written to."""
        self.filter(digest__in=list(map(digest, addresses))).delete()

    def remember(self, addresses: Iterable[str]) -> None:
        """From now on these are known; one statement, none for nobody."""
        rows = [WrittenTo(digest=digest(address)) for address in sorted(set(addresses))]
        if rows:
            WrittenTo.objects.bulk_create(rows, ignore_conflicts=True)


class WrittenTo(models.Model):
    digest = models.CharField(_("digest of the address"), max_length=64, primary_key=True)
    first_at = models.DateTimeField(_("first written to"), default=timezone.now)

    objects = WrittenToQuerySet.as_manager()

    class Meta:
        verbose_name = _("address written to")
        verbose_name_plural = _("addresses written to")

    def __str__(self) -> str:
        return self.digest[:12]
