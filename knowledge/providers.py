"""Where videos may be that are not our own: the addresses of their pages and of their players. Pure."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    """`pattern` fits the address of a video's page; `player` is filled with what it caught."""

    name: str
    host: str
    pattern: re.Pattern[str]
    player: str


PROVIDERS = {
    "youtube": Provider(
        "YouTube",
        "https://www.youtube-nocookie.com",
        re.compile(
            r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|embed/)|youtu\.be/)"
            r"(?P<id>[\w-]{11})(?:[?&#].*)?"
        ),
        "/embed/{id}?autoplay=1",
    ),
    "vimeo": Provider(
        "Vimeo",
        "https://player.vimeo.com",
        re.compile(r"https://(?:www\.)?vimeo\.com/(?:video/)?(?P<id>\d{5,12})(?:[/?#].*)?"),
        "/video/{id}?dnt=1&autoplay=1",
    ),
    "rutube": Provider(
        "RuTube",
        "https://rutube.ru",
        re.compile(r"https://rutube\.ru/video/(?P<id>[0-9a-f]{32})/?(?:[?#].*)?"),
        "/play/embed/{id}",
    ),
    "vk": Provider(
        "VK",
        "https://vk.com",
        re.compile(
            r"https://(?:www\.|m\.)?(?:vk\.com|vkvideo\.ru|vk\.ru)/video(?P<owner>-?\d{1,12})_(?P<id>\d{1,12})(?:[?#].*)?"
        ),
        "/video_ext.php?oid={owner}&id={id}",
    ),
}
NAMES = [(key, each.name) for key, each in PROVIDERS.items()]


@dataclass(frozen=True)
class Elsewhere:
    """A video at a provider: whose it is, where a player may come from, and the player's address."""

    name: str
    host: str
    player: str


def read(address: str, among: list[str]) -> Elsewhere | None:
    """What the address of a page is, where it is a video at one of these providers."""
    for key in among:
        provider = PROVIDERS.get(key)
        found = provider.pattern.fullmatch(address) if provider else None
        if provider and found:
            player = f"{provider.host}{provider.player.format(**found.groupdict())}"
            return Elsewhere(provider.name, provider.host, player)
    return None
