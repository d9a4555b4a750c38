"""The dialect that the API of every app speaks: tokens, problems, pages, keys, versions, limits."""
