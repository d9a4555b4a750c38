"""The desk says that it is itself, to whoever asks at one of its domains: `knowledge.pointing` does."""

from django.http import HttpRequest, JsonResponse
from django.http.request import split_domain_port
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from knowledge import pointing


@require_safe
@never_cache
def here(request: HttpRequest, nonce: str) -> JsonResponse:
    """A proof for this question and this host name; nothing is told that the asker did not say."""
    host, _port = split_domain_port(request.get_host())
    return JsonResponse({"host": host, "proof": pointing.proof(nonce, host)})
