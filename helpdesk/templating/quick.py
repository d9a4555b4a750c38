"""Nodes and variables of Django that draw the same in less time.

What costs most in a template of Django's are names that are not there (an exception, a list of all
attributes, a record for the log that nobody keeps), names looked up as a key of things that have none, and
includes, each of which is set up like a page of its own.
"""

from collections.abc import Iterator
from html import escape
from typing import Any, cast

from django.template import Context, Template, VariableDoesNotExist
from django.template.base import FilterExpression, Node, NodeList, Variable, VariableNode
from django.template.base import render_value_in_context as drawn
from django.template.context import BaseContext
from django.template.defaulttags import CycleNode, IfChangedNode, TemplateLiteral
from django.template.loader_tags import BlockNode, ExtendsNode, IncludeNode
from django.template.smartif import TokenBase
from django.utils.safestring import SafeString

WITH_A_STATE_OF_THEIR_OWN = (BlockNode, ExtendsNode, CycleNode, IfChangedNode)


class QuickVariable(Variable):
    """As Django's: the first name from the context, then keys, attributes and calls without arguments."""

    __slots__ = ()

    def _resolve_lookup(self, context: Any) -> Any:
        if not isinstance(context, BaseContext):
            return self._slowly(context)
        try:
            return self._found(context)
        except Exception as error:
            if getattr(error, "silent_variable_failure", False):
                return cast("Any", context).template.engine.string_if_invalid
            raise

    def _slowly(self, context: Any) -> Any:
        return Variable._resolve_lookup(self, context)  # type: ignore[attr-defined]

    def _found(self, context: Any) -> Any:
        first, *further = self.lookups or ()
        for layer in reversed(context.dicts):
            if first in layer:
                current = layer[first]
                break
        else:
            if hasattr(context, first):
                return self._slowly(context)
            raise VariableDoesNotExist("%s is not in the context", (first,))
        if callable(current):
            current = self._called(current, context)
        for bit in further:
            kind = type(current)
            if kind is dict and bit in current:
                current = current[bit]
            elif hasattr(kind, "__getitem__"):
                return self._slowly(context)
            else:
                current = _attribute(current, bit)
            if callable(current):
                current = self._called(current, context)
        return current

    def _called(self, found: Any, context: Any) -> Any:
        if getattr(found, "do_not_call_in_templates", False):
            return found
        if getattr(found, "alters_data", False):
            return context.template.engine.string_if_invalid
        try:
            return found()
        except TypeError:  # whether it wanted arguments or failed, Django finds out
            return self._slowly(context)


def _attribute(thing: Any, name: str) -> Any:
    try:
        return getattr(thing, name)
    except AttributeError:
        if hasattr(type(thing), name):
            raise  # it is there, and failed
        raise VariableDoesNotExist("%s has no %s", (type(thing), name)) from None


class QuickLiteral(TemplateLiteral):
    """A variable without filters in a condition."""

    value: Any

    def eval(self, context: Any) -> Any:
        try:
            return self.value.var._resolve_lookup(context)
        except VariableDoesNotExist:
            return None


class Value(VariableNode):
    """`{{ … }}`: words are escaped, and nothing else has to be asked about them."""

    def render(self, context: Context) -> str:
        found = self.filter_expression.resolve(context)
        kind = type(found)
        if kind is SafeString:
            return found
        if kind is str and context.autoescape:
            return escape(found)
        return drawn(found, context)


class Inclusion(Node):
    """`{% include "name" … %}` of a template that is no page: its nodes, drawn where they are asked for."""

    child_nodelists = ()

    def __init__(self, node: IncludeNode) -> None:
        self.node, self.token, self.origin = node, node.token, node.origin
        self._nodes: NodeList | None = None
        self._is_plain = True

    def render(self, context: Any) -> str:
        if self._nodes is None and self._is_plain:
            self._look(context.template.engine.get_template(self.node.template.var))
        if self._nodes is None:
            return self.node.render(context)
        more = {name: given.resolve(context) for name, given in self.node.extra_context.items()}
        with context.push(**more):
            return self._nodes.render(context)

    def _look(self, template: Template) -> None:
        found = template.nodelist.get_nodes_by_type(Node)
        self._is_plain = not any(isinstance(node, WITH_A_STATE_OF_THEIR_OWN) for node in found)
        self._nodes = template.nodelist if self._is_plain else None


def quickened(node: Node) -> Node:
    """This node, or one that draws the same in less time; what it asks of the context is quicker as well."""
    for each in _asked(vars(node).values()):
        if isinstance(each, TemplateLiteral):
            _quicken_literal(each)
        else:
            _quicken(each)
    if type(node) is VariableNode:
        node.__class__ = Value
    if type(node) is IncludeNode and _is_named(node):
        return Inclusion(node)
    return node


def _is_named(node: IncludeNode) -> bool:
    name = node.template.var
    there = isinstance(name, str) and not name.startswith(".")
    return there and not node.template.filters and not node.isolated_context


def _quicken(said: FilterExpression) -> None:
    variables = [said.var, *(arg for _filter, args in said.filters for is_var, arg in args if is_var)]
    for each in variables:
        if type(each) is Variable and each.lookups is not None:
            each.__class__ = QuickVariable


def _quicken_literal(literal: Any) -> None:
    _quicken(literal.value)
    variable = literal.value.var
    if type(variable) is QuickVariable and not literal.value.filters and not variable.translate:
        literal.__class__ = QuickLiteral


def _asked(values: Any) -> Iterator[FilterExpression | TemplateLiteral]:
    """Everything among these attributes of a node that asks the context for something."""
    for value in values:
        match value:
            case FilterExpression() | TemplateLiteral():
                yield value
            case TokenBase():
                yield from _asked([value.first, value.second])
            case dict():
                yield from _asked(value.values())
            case NodeList():
                continue  # nodes of their own, which are quickened one by one
            case list() | tuple():
                yield from _asked(value)
