"""Why a backup or a restore does not go on."""


class Refused(RuntimeError):
    """Nothing was changed; the text says why and what to do."""
