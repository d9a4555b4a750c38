"""Who may read and change what of the knowledge base; the only fetchers that views use."""
