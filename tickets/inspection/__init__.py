"""What a file really is, whatever its name and its sender say. Pure."""
