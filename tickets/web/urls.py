"""The addresses of the workspace."""

from django.urls import path

from tickets.web import changes, composing, deliveries, files, joining, lists, pictures, tickets, views

app_name = "tickets"
ONE = "tickets/<int:number>/"

urlpatterns = [
    path("", lists.home, name="home"),
    path("tickets/", lists.ticket_list, name="list"),
    path("tickets/fresh/", lists.fresh, name="fresh"),
    path("tickets/nav/", lists.nav, name="nav"),
    path("tickets/filters/", lists.narrow, name="filters"),
    path("views/", views.listing, name="views"),
    path("views/new/", views.new, name="view-new"),
    path("views/<int:pk>/", views.edit, name="view"),
    path("views/<int:pk>/removal/", views.removal, name="view-removal"),
    path(ONE, tickets.ticket, name="ticket"),
    path(f"{ONE}stream/", tickets.fragments, name="stream"),
    path(f"{ONE}history/", tickets.history, name="history"),
    path(f"{ONE}replies/", composing.reply, name="reply"),
    path(f"{ONE}notes/", composing.note, name="note"),
    path(f"{ONE}forwards/", composing.forward, name="forward"),
    path(f"{ONE}recipients/", composing.known, name="recipients"),
    path(f"{ONE}draft/", composing.draft, name="draft"),
    path(f"{ONE}draft/beginning/", composing.beginning, name="draft-beginning"),
    path(f"{ONE}draft/files/", composing.draft_files, name="draft-files"),
    path(f"{ONE}draft/files/<int:pk>/removal/", composing.draft_file_removal, name="draft-file-removal"),
    path(f"{ONE}status/", changes.status, name="status"),
    path(f"{ONE}kind/", changes.kind, name="kind"),
    path(f"{ONE}priority/", changes.priority, name="priority"),
    path(f"{ONE}tags/", changes.tags, name="tags"),
    path(f"{ONE}assignee/", changes.assignee, name="assignee"),
    path(f"{ONE}team/", changes.team, name="team"),
    path(f"{ONE}spam/", changes.spam, name="spam"),
    path(f"{ONE}bin/", changes.delete, name="bin"),
    path(f"{ONE}folder/undo/", changes.restore, name="restore"),
    path(f"{ONE}join/", joining.join, name="join"),
    path(f"{ONE}join/undo/", joining.join_undo, name="join-undo"),
    path(f"{ONE}apart/", joining.apart, name="apart"),
    path(f"{ONE}apart/undo/", joining.apart_undo, name="apart-undo"),
    path(f"{ONE}escalation/", joining.escalation, name="escalation"),
    path("messages/<int:pk>/split/", joining.split, name="message-split"),
    path("messages/<int:pk>/html/", files.html, name="message-html"),
    path("messages/<int:pk>/raw/", files.raw, name="message-raw"),
    path("messages/<int:pk>/pictures/", pictures.show, name="pictures-show"),
    path("messages/<int:pk>/pictures/sender/", pictures.show_always, name="pictures-always"),
    path("messages/<int:pk>/pictures/undo/", pictures.hide, name="pictures-hide"),
    path("messages/<int:pk>/pictures/<int:number>/", pictures.picture, name="picture"),
    path("attachments/<int:pk>/release/", files.release, name="release"),
    path("attachments/<int:pk>/<path:name>", files.attachment, name="attachment"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("deliveries/<int:pk>/resend/", deliveries.resend, name="resend"),
    path("deliveries/<int:pk>/drop/", deliveries.drop, name="drop"),
]
