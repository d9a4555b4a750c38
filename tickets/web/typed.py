"""Fields of forms for what people type, and for the key that a page sends with it."""

import uuid
from typing import Any

from django import forms


class Words(forms.CharField):
    """Text as somebody wrote it, blanks at its ends and all; a line ends with a newline alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(strip=False, **options)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class Key(forms.UUIDField):
    """What is sent twice under one key is done once; where a page sends none, this is the first time."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> uuid.UUID:
        return super().clean(value) or uuid.uuid4()
