"""A picture sent with a form of Django admin: looked into, kept, shown, and taken away again."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge import writing
from knowledge.models import Picture
from tickets.inspection import raster


@dataclass
class Shown:
    """A picture as the field of a form shows what is there."""

    picture: Picture

    @property
    def url(self) -> str:
        return reverse("knowledge:help-picture", args=[self.picture.token])

    def __str__(self) -> str:
        return str(self.picture)


class PictureField(forms.FileField):
    """A picture to draw; what it gives is a kept `Picture`, None when it is taken away."""

    def to_python(self, data: Any) -> Any:
        sent = super().to_python(data)
        content = sent.read(writing.MOST_BYTES + 1) if sent else b""
        found = raster.read(content)
        if sent and (found is None or not found.is_reasonable or len(content) > writing.MOST_BYTES):
            raise ValidationError(_("This file is no picture, or larger than 5 MB."))
        return (content, sent.name, found.content_type) if sent and found else None

    @staticmethod
    def kept(value: Any, before: Picture | None) -> Picture | None:
        """After cleaning: the new one stored, the one before, or none."""
        if isinstance(value, tuple):
            content, name, kind = value
            return writing.add_picture(content, name, content_type=kind)
        return before if value else None
