"""How colleagues are told: in the page, by sound, on their devices, by mail at once or gathered."""
