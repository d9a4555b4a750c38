"""The link of the mails about a suggestion: it ends them."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from knowledge.suggestions import telling
from knowledge.web import help, limits, place
from knowledge.web.ideas import box


@csrf_exempt  # mail programs end mail by a POST of their own (RFC 8058); the token says which
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limits.at_most(20, "help-idea-leave")
@place.spoken
def leave(request: HttpRequest, language: str, token: str) -> HttpResponse:
    """No more mail about one suggestion: by a button, so that programs which look at links do nothing."""
    box(request)
    row = telling.stop(token) if request.method == "POST" else telling.about(token)
    context = {"row": row, "done": request.method == "POST", "noindex": True, "language": language}
    return help.page(request, "idea_left", **context)
