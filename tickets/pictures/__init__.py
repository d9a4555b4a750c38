"""Pictures that a mail would load from its sender's server: kept waiting, asked for, fetched by us."""
