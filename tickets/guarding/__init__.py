"""A second look before something goes out: it asks, it never blocks."""
