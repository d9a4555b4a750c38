"""The time zones that people choose from."""

import zoneinfo

ZONES = sorted(name for name in zoneinfo.available_timezones() if "/" in name or name == "UTC")


def zone(name: str) -> zoneinfo.ZoneInfo:
    """The time zone called `name`, UTC when there is none."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
