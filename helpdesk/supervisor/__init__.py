"""One desk on one machine: its databases and its processes, kept alive until Ctrl-C."""
