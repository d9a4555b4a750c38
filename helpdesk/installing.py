"""The desk as an app: its manifest, its worker, and the page that shows without a connection.

W3C "Web Application Manifest" and "Service Workers". They hold nothing but the company's name, and are for
everybody: browsers ask for them without signing in.
"""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from helpdesk.accounts.models import Company

ICONS = (("app-192.png", "192x192", "any"), ("app-512.png", "512x512", "any"))
MASKABLE = ("app-maskable.png", "512x512", "maskable")
COLOUR, CANVAS = "#0d6478", "#eef2f3"
SAVED = ("css/app.css", "icons.svg", "favicon.svg")
"""What the page without a connection needs."""


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, icons and where the app begins."""
    name = Company.load().name
    icons = [
        {"src": static(f"app/{file}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for file, sizes, purpose in (*ICONS, MASKABLE)
    ]
    told = {
        "id": "/",
        "name": name,
        "short_name": name[:12],
        "start_url": reverse("tickets:list"),
        "scope": "/",
        "display": "standalone",
        "background_color": CANVAS,
        "theme_color": COLOUR,
        "lang": get_language() or "en",
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: static files from its store, all else from the desk, or the page for offline."""
    saved = [static(name) for name in SAVED]
    offline = reverse("offline")
    version = hashlib.sha256(" ".join([*saved, offline]).encode()).hexdigest()[:12]
    context = {
        "saved": [*saved, offline],
        "offline": offline,
        "icon": static("app/app-192.png"),
        "version": version,
        "static": f"/{settings.STATIC_URL.lstrip('/')}",
    }
    response = render(request, "worker.js", context, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Shown by the worker while the desk cannot be reached."""
    return render(request, "offline.html")
