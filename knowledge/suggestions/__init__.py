"""The suggestion box: posting and voting, deciding, telling those who voted."""
