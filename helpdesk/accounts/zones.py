"""The time zones that people choose from."""

import zoneinfo

ZONES = sorted(name for name in zoneinfo.available_timezones() if "/" in name or name == "UTC")
