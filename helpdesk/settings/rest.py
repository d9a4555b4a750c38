"""The API: its dialect, its limits, and how it describes itself."""

from helpdesk import environment

API_RATE = environment.number("HELPDESK_API_RATE", 600)  # requests a minute of one token or colleague
API_RATE_ANONYMOUS = environment.number("HELPDESK_API_RATE_ANONYMOUS", 60)  # of one address without a token
API_KEYS_DAYS = environment.number("HELPDESK_API_KEYS_DAYS", 7)  # for so long a repeated write is answered
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "helpdesk.rest.authentication.TokenAuthentication",
        "helpdesk.rest.authentication.BrowserAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["helpdesk.rest.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "helpdesk.rest.schema.DeskSchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "helpdesk.rest.problems.handle",
    "URL_FORMAT_OVERRIDE": None,
    "COMPACT_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Help desk",
    "VERSION": "1",
    "DESCRIPTION": "Tickets, messages, customers and deliveries of this desk.",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_NO_READ_ONLY_REQUIRED": True,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["helpdesk.rest.schema.finish"],
}
