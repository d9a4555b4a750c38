"""Mail that asks a customer how it went, some hours after their request was resolved."""
