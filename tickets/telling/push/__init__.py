"""Lines of the bell on a colleague's devices: Web Push (RFC 8030), for their browsers alone to read."""
