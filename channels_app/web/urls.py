"""The addresses of what comes in: quarantine for everybody, mailboxes for admins."""

from django.urls import path

from channels_app.web import connecting, consent, domain, health, hooks, mailboxes, proof, quarantine, trips

app_name = "channels"

urlpatterns = [
    path("quarantine/", quarantine.quarantine, name="quarantine"),
    path("quarantine/<int:pk>/", quarantine.record, name="record"),
    path("quarantine/<int:pk>/raw/", quarantine.raw, name="record-raw"),
    path("quarantine/<int:pk>/replay/", quarantine.replay, name="replay"),
    path("quarantine/<int:pk>/release/", quarantine.release, name="release"),
    path("quarantine/<int:pk>/dismiss/", quarantine.dismiss, name="dismiss"),
    path("quarantine/floods/<int:pk>/through/", quarantine.let_through, name="flood-through"),
    path("quarantine/floods/<int:pk>/aside/", quarantine.leave_aside, name="flood-aside"),
    path("settings/mailboxes/", mailboxes.mailboxes, name="mailboxes"),
    path("settings/mailboxes/new/", connecting.add, name="mailbox-add"),
    path("settings/mailboxes/<int:pk>/", mailboxes.mailbox, name="mailbox"),
    path("settings/mailboxes/<int:pk>/trips/", trips.begin, name="trips"),
    path("settings/mailboxes/<int:pk>/trips/<int:trip>/", trips.trip, name="trip"),
    path("settings/mailboxes/<int:pk>/proof/table/", proof.table, name="proof-table"),
    path("settings/mailboxes/<int:pk>/proof/comparisons/", proof.compare, name="proof-compare"),
    path("settings/mailboxes/<int:pk>/proof/folders/", proof.folders, name="proof-folders"),
    path("settings/mailboxes/<int:pk>/proof/missing/", proof.missing, name="proof-missing"),
    path("settings/mailboxes/<int:pk>/consent/begin/", consent.begin, name="consent-begin"),
    path("settings/mailboxes/<int:pk>/consent/end/", consent.end, name="consent-end"),
    path("settings/consent/", consent.providers, name="consent"),
    path("settings/consent/back/", consent.back, name="consent-back"),
    path("settings/consent/<slug:provider>/", consent.register, name="consent-register"),
    path("hooks/mail/<int:pk>/<slug:provider>/", hooks.receive, name="hook"),
    path("settings/mailboxes/<int:pk>/hooks/secret/", hooks.secret, name="hook-secret"),
    path("settings/mailboxes/<int:pk>/hooks/secret/retire/", hooks.retire, name="hook-retire"),
    path("settings/mailboxes/<int:pk>/hooks/keys/", hooks.keys, name="hook-keys"),
    path("settings/mailboxes/<int:pk>/domain/records/", domain.records, name="domain-records"),
    path("settings/health/", health.overview, name="health"),
    path("settings/proof/", proof.overview, name="proof"),
    path("settings/mailboxes/<int:pk>/<slug:slug>/", mailboxes.mailbox, name="mailbox-section"),
    path("settings/mailboxes/test/<slug:what>/", connecting.test, name="mailbox-test"),
    path("welcome/mailbox/", connecting.first, name="first-mailbox"),
]
