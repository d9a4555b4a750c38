"""The search engine: ranks any documents for what somebody asks, in their words or in others.

It knows no models and no rights: `index.build(documents)` makes an index, `index.rank(question)` asks it.
How it is made, and how good it is: docs/developers/knowledge-search.md.
"""
