"""What tries to look like something else: letters, hosts, links and senders. Pure but for `senders`."""
