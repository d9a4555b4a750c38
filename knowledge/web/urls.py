"""The addresses of the knowledge base: the public help centre, and where articles are written."""

from django.urls import path

from knowledge.web import articles, beside, box, contact, finding, help, idea_mail, ideas, reports, visits

app_name = "knowledge"

help_centre = [
    path("robots.txt", help.robots, name="robots"),
    path("help/", help.begin, name="help-begin"),
    path("help/sitemap.xml", help.sitemap, name="help-sitemap"),
    path("help/theme.css", help.theme, name="help-theme"),
    path("help/pictures/<str:token>/", help.picture, name="help-picture"),
    path("help/<str:language>/", help.home, name="help"),
    path("help/<str:language>/search/", finding.search, name="help-search"),
    path("help/<str:language>/suggestions/", finding.suggest, name="help-suggest"),
    path("help/<str:language>/contact/", contact.contact, name="help-contact"),
    path("help/<str:language>/ideas/", ideas.ideas, name="help-ideas"),
    path("help/<str:language>/ideas/alike/", ideas.alike, name="help-ideas-alike"),
    path("help/<str:language>/ideas/new/", ideas.new, name="help-idea-new"),
    path("help/<str:language>/ideas/leave/<str:token>/", idea_mail.leave, name="help-idea-leave"),
    path("help/<str:language>/ideas/<int:pk>/", ideas.idea, name="help-idea"),
    path("help/<str:language>/ideas/<int:pk>/vote/", ideas.vote, name="help-idea-vote"),
    path("help/<str:language>/ideas/<int:pk>/comments/", ideas.comment, name="help-idea-comment"),
    path("help/<str:language>/requests/", visits.requests, name="help-requests"),
    path("help/<str:language>/requests/enter/<str:token>/", visits.enter, name="help-enter"),
    path("help/<str:language>/requests/leave/", visits.leave, name="help-leave"),
    path("help/<str:language>/requests/files/<int:pk>/", visits.file, name="help-file"),
    path("help/<str:language>/requests/<int:number>/", visits.request_page, name="help-request"),
    path("help/<str:language>/requests/<int:number>/rating/", visits.rate, name="help-rate"),
    path("help/<str:language>/requests/<int:number>/close/", visits.close, name="help-close"),
    path("help/<str:language>/topics/<str:slug>/", help.category, name="help-category"),
    path("help/<str:language>/<int:pk>/opinion/", finding.opinion, name="help-opinion"),
    path("help/<str:language>/<int:pk>/<str:words>/", help.article, name="help-article"),
]
urlpatterns = [
    *help_centre,
    path("articles/", articles.articles, name="articles"),
    path("articles/new/", articles.begin, name="article-begin"),
    path("articles/wanted/", reports.gaps, name="gaps"),
    path("articles/topics/", reports.topics, name="topics"),
    path("suggestions/", box.suggestions, name="suggestions"),
    path("suggestions/new/", box.begin, name="suggestion-begin"),
    path("suggestions/<int:pk>/", box.suggestion, name="suggestion"),
    path("suggestions/<int:pk>/joining/", box.unite, name="suggestion-joining"),
    path("suggestions/<int:pk>/comments/", box.reply, name="suggestion-reply"),
    path("suggestions/<int:pk>/comments/<int:comment>/", box.moderate, name="suggestion-comment"),
    path("tickets/<int:number>/suggestion/", box.beside, name="suggestion-beside"),
    path("tickets/<int:number>/articles/", beside.panel, name="beside"),
    path("tickets/<int:number>/articles/draft/", beside.draft, name="article-from-ticket"),
    path("tickets/<int:number>/articles/<int:pk>/", beside.give, name="give"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/archive/", articles.archive, name="article-archive"),
    path("articles/<int:pk>/place/", articles.settle, name="article-place"),
    path("articles/<int:pk>/translations/", articles.translate, name="article-translate"),
    path("articles/<int:pk>/versions/<int:number>/", articles.compare, name="article-compare"),
    path("articles/<int:pk>/versions/<int:number>/restore/", articles.restore, name="article-restore"),
]
