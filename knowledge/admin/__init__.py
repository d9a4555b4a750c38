"""The knowledge base in Django admin."""

from knowledge.admin import articles, centres

__all__ = ["articles", "centres"]
