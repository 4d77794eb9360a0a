"""YAML as people mean it: only `true` and `false` are booleans, keys are text, and what is too large is refused. Pure.

YAML 1.1 takes `NO` for false, `on` for true, `9:30` for 570 and `0730` for 472. Here Norway is a country, and times are text.
"""

import re
from collections.abc import Hashable
from typing import Final

import yaml

from midcycle.kernel.refusal import Refusal

MOST_NODES: Final = 200_000
MOST_TEXT: Final = 10_000_000
DEEPEST: Final = 50
_LONGEST_NUMBER: Final = 30
_OWN_READING: Final = ("bool", "int", "float")


class _Loader(yaml.SafeLoader):
    """Reads the safe tags only."""

    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in known if tag.rpartition(":")[2] not in _OWN_READING]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:  # noqa: FBT001, FBT002
        """Return a mapping whose keys are text, as they stand in the file."""
        _check_keys(node)
        self.flatten_mapping(node)
        return {_key(key): self.construct_object(value, deep=deep) for key, value in node.value}

    def construct_day(self, node: yaml.ScalarNode) -> object:
        """Return a day or a moment; text when the calendar has no such day."""
        try:
            return self.construct_yaml_timestamp(node)
        except ValueError:
            return str(node.value)

    def construct_number(self, node: yaml.ScalarNode) -> object:
        """Return a whole number; text when it is longer than any count."""
        return self.construct_yaml_int(node) if len(node.value) <= _LONGEST_NUMBER else str(node.value)


def _resolve(tag: str, pattern: str, first: str) -> None:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


_resolve("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF")
_resolve("int", r"^[-+]?(?:0|[1-9][0-9_]*)$", "-+0123456789")
_resolve("float", r"^[-+]?(?:[0-9][0-9_]*\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?$", "-+0123456789.")
_resolve("float", r"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$", "-+.")
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _Loader.construct_day)
_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_number)


def read_yaml(text: str) -> object:
    """Return what the text says. Raises Refusal, or YAMLError and ValueError when it is no YAML."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        nodes, letters = _size(node, {}, 0)
        if nodes > MOST_NODES or letters > MOST_TEXT:
            raise Refusal(f"it says more than {MOST_NODES} things; aliases count each time they are used")
        return loader.construct_document(node)
    except RecursionError:
        raise Refusal(f"it is nested more than {DEEPEST} deep") from None
    finally:
        loader.dispose()


def _size(node: yaml.Node, known: dict[int, tuple[int, int] | None], depth: int) -> tuple[int, int]:
    """Return how many nodes and letters a node stands for, with each alias counted where it is used."""
    if isinstance(node, yaml.ScalarNode):
        return 1, _letters(node.value)
    if id(node) in known:
        size = known[id(node)]
        if size is None:
            raise Refusal("it holds a part that contains itself")
        return size
    if depth > DEEPEST:
        raise Refusal(f"it is nested more than {DEEPEST} deep")
    known[id(node)] = None
    inner = node.value if isinstance(node, yaml.SequenceNode) else [part for pair in node.value for part in pair]
    sizes = [_size(part, known, depth + 1) for part in inner]
    known[id(node)] = size = (1 + sum(nodes for nodes, _ in sizes), sum(letters for _, letters in sizes))
    return size


def _letters(text: str) -> int:
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        raise Refusal("it holds half a character (a lone surrogate)") from None


def _check_keys(node: yaml.MappingNode) -> None:
    """Refuse a key that is given twice, before `<<` adds those of others: one of both values would be lost."""
    seen: set[str] = set()
    for key, _ in node.value:
        if key.tag == "tag:yaml.org,2002:merge":
            continue
        name = _key(key)
        if name in seen:
            raise Refusal(f"the key {name[:60]} is there twice (line {key.start_mark.line + 1})")
        seen.add(name)


def _key(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise Refusal(f"a key is no text (line {node.start_mark.line + 1})")
    return str(node.value)
