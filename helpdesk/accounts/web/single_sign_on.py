"""The doors of single sign-on: allauth's views over OpenID Connect, with every token's signature checked."""

from typing import Any

import requests
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


class CheckedOpenIDConnect(OpenIDConnectOAuth2Adapter):
    """There may be no TLS between us and a provider in the same network: the signature always counts."""

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict:
        said: dict = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return said

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> Any:
        """What is said elsewhere must be said of the same person (OpenID Connect Core 1.0, section 5.3.2)."""
        login = super().complete_login(request, app, token, **kwargs)
        data = login.account.extra_data
        proven, said = data.get("id_token", {}), data.get("userinfo", {})
        if "sub" not in proven or said.get("sub", proven["sub"]) != proven["sub"]:
            raise OAuth2Error("the token and the profile are not of one person")
        return login


@require_safe
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _through(OAuth2LoginView, request, provider_id)


@require_safe
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _through(OAuth2CallbackView, request, provider_id)


def _through(view: Any, request: HttpRequest, provider_id: str) -> HttpResponse:
    door = CheckedOpenIDConnect(request, provider_id)
    try:
        response: HttpResponse = view.adapter_view(door)(request)
    except SocialApp.DoesNotExist as missing:
        raise Http404 from missing
    except (requests.RequestException, KeyError, ValueError) as trouble:  # it answers not, or nonsense
        return render_authentication_error(request, door.get_provider(), exception=trouble)
    return response
