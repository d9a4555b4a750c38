"""Templates compiled a second time: what a page says to everybody is drawn once, not for every reader.

Two thirds of a page's nodes depend on nothing but the language: words, icons, addresses without a number (and
on the brand below which a page of a help centre stands: `{% url %}` puts its path before them).
Each run of such nodes becomes one, and `{% url 'name' number %}` fills the number into an address that was
worked out once. A tag of ours takes part by `@constant`. What is left is drawn by nodes that are quicker than
Django's (`quick`). Nothing else changes.
"""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode, Variable
from django.template.defaulttags import CommentNode, IfNode, LoadNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from helpdesk.templating.quick import quickened

Tag = TypeVar("Tag", bound=Callable[..., Any])
Place = tuple[str | None, str]
PLACE = "language and path of the page"
STAND_IN = 7_300_000_000_000_001


def constant(tag: Tag) -> Tag:
    """Promise that a simple tag draws the same whenever it is given the same words, in one language."""
    tag.is_constant = True  # type: ignore[attr-defined]
    return tag


class Loader(cached.Loader):
    """Django's caching loader, whose templates are folded before they are kept."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        key = self.cache_key(template_name, skip)
        known = key in self.get_template_cache
        template: Template = super().get_template(template_name, skip)
        if not known:
            fold(template.nodelist)
        return template


class Constant(Node):
    """A run of nodes that depend on the language alone."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.token, self.origin = nodes[0].token, nodes[0].origin
        self._drawn: dict[Place, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        place = _place(context)
        if place not in self._drawn:
            words = [str(node.render_annotated(context)) for node in self.nodes]
            self._drawn[place] = SafeString("".join(words))  # each has escaped its own
        return self._drawn[place]


class Elsewhere(Node):
    """`{% language %}`: within it, a page is in another language than it was."""

    child_nodelists = ()

    def __init__(self, node: LanguageNode) -> None:
        self.node, self.token, self.origin = node, node.token, node.origin
        fold(node.nodelist)

    def render(self, context: Context) -> str:
        known = context.__dict__.pop(PLACE, None)
        drawn = self.node.render(context)
        if known is None:
            context.__dict__.pop(PLACE, None)
        else:
            context.__dict__[PLACE] = known
        return drawn


class Address(Node):
    """`{% url %}` with numbers only, which stand in an address like words in the blanks of a form."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node, self.token, self.origin = node, node.token, node.origin
        self._forms: dict[Place, str | None] = {}

    def render(self, context: Context) -> str:
        place = _place(context)
        if place not in self._forms:
            self._forms[place] = self._form()
        form = self._forms[place]
        numbers = tuple(arg.resolve(context) for arg in self.node.args)
        if form is None or any(type(number) is not int or number < 0 for number in numbers):
            return self.node.render(context)
        address = form % numbers
        if self.node.asvar is None:
            return address
        context[self.node.asvar] = address
        return ""

    def _form(self) -> str | None:
        """The address with %d for each number; None where Django has to be asked each time."""
        stand_ins = [str(STAND_IN + place) for place in range(len(self.node.args))]
        try:
            found = reverse(self.node.view_name.var, args=stand_ins).replace("%", "%%")
        except NoReverseMatch:
            return None
        places = [found.find(each) for each in stand_ins]
        if -1 in places or places != sorted(places):
            return None
        for each in stand_ins:
            found = found.replace(each, "%d", 1)
        return found


def _place(context: Context) -> Place:
    """The language of the page and what stands before its addresses, asked for once: a context has one."""
    known = context.__dict__
    if PLACE not in known:
        known[PLACE] = (get_language(), get_script_prefix())
    return known[PLACE]


def fold(nodes: NodeList) -> None:
    """Make one node of each run of constant nodes, here and in all nodes below."""
    folded: list[Node] = []
    run: list[Node] = []
    for node in map(_quicker, nodes):
        if isinstance(node, LoadNode | CommentNode):
            continue  # they draw nothing
        if _is_constant(node):
            run.append(node)
            continue
        folded += [*_as_one(run), node]
        run = []
        for inner in _lists(node):
            fold(inner)
    nodes[:] = [*folded, *_as_one(run)]


def _quicker(node: Node) -> Node:
    if isinstance(node, URLNode) and not node.kwargs and _is_literal(node.view_name):
        quickened(node)
        return Address(node)
    if isinstance(node, LanguageNode):
        return Elsewhere(node)
    return quickened(node)


def _as_one(run: list[Node]) -> list[Node]:
    return [Constant(run)] if len(run) > 1 else run


def _lists(node: Node) -> Iterator[NodeList]:
    """The lists of nodes that a node holds itself."""
    if isinstance(node, IfNode):
        yield from (inner for _condition, inner in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        inner = getattr(node, name, None)
        if isinstance(inner, NodeList):
            yield inner


def _is_constant(node: Node) -> bool:
    if isinstance(node, TextNode):
        return True
    if isinstance(node, Address):
        return not node.node.args and node.node.asvar is None
    if isinstance(node, TranslateNode):
        said = (node.filter_expression, *filter(None, [node.message_context]))
        return node.asvar is None and all(map(_is_literal, said))
    if isinstance(node, StaticNode):
        return type(node) is StaticNode and node.varname is None and _is_literal(node.path)
    if isinstance(node, SimpleNode):
        given = [*node.args, *node.kwargs.values()]
        return (
            getattr(node.func, "is_constant", False)
            and node.target_var is None
            and all(map(_is_literal, given))
        )
    return False


def _is_literal(said: FilterExpression) -> bool:
    """Whether the template itself holds the words: a string or a number, without filters."""
    return not said.filters and (not isinstance(said.var, Variable) or said.var.lookups is None)
