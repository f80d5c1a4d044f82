"""The network that reads a line, made quick: begins with the model's file, ends with a smaller model's bytes.

Only the answers that may be given are kept, and what takes nine tenths of the time is calculated in whole numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FIELDS: dict[str, tuple[tuple[str, int, str, bool], ...]] = {
    "Model": (("graph", 7, "Graph", False), ("metadata_props", 14, "Entry", True)),
    "Graph": (
        ("node", 1, "Node", True),
        ("initializer", 5, "Tensor", True),
        ("output", 12, "Value", True),
        ("value_info", 13, "Value", True),
    ),
    "Node": (
        ("input", 1, "string", True),
        ("output", 2, "string", True),
        ("op_type", 4, "string", False),
        ("attribute", 5, "Attribute", True),
        ("domain", 7, "string", False),
    ),
    "Attribute": (("name", 1, "string", False), ("ints", 8, "int64", True), ("type", 20, "int32", False)),
    "Tensor": (
        ("dims", 1, "int64", True),
        ("data_type", 2, "int32", False),
        ("name", 8, "string", False),
        ("raw_data", 9, "bytes", False),
    ),
    "Entry": (("key", 1, "string", False), ("value", 2, "string", False)),
    "Value": (("name", 1, "string", False), ("type", 2, "bytes", False)),
}
"""What is touched of ONNX's messages, by their numbers there: name, number, type, whether there are several. All else
stays in a message unread."""
CHARACTERS = "character"
"""The entry of a line reader's file that holds its characters, one a line."""
FLOAT, BYTE = 1, 3
"""ONNX's numbers for floats of four bytes and for whole numbers of one."""
NUMBERS = 7
"""ONNX's number for an attribute that is several whole numbers."""
LARGEST = 63
"""Weights are whole numbers up to this one: processors without instructions of their own for it would cut off the sums
of larger ones, and read otherwise than those that have them."""
RUNTIME = "com.microsoft"
"""Whose operation it is that multiplies whole numbers: onnxruntime's own."""
POINT = [1, 1]
"""The size of a filter that looks at one place of the picture alone: such a layer is a product of matrices."""
FLOATS_OF_ANY_SHAPE = bytes((0x0A, 0x02, 0x08, FLOAT))
"""The type of an output as ONNX writes it: a tensor of floats."""


def cut_to(path: Path, is_permitted: Callable[[str], bool]) -> tuple[bytes, tuple[str, ...], tuple[int, ...]]:
    """Return a line reader's bytes, the characters that it may answer with and where they stand in its answers.

    The network knows 18,708 characters, Swedish reports print some 330: the last layer and the shares of its answers
    cost a seventh of the time of a line. A file whose last layer is not known by its size is left whole.
    """
    whole = path.read_bytes()
    model = _messages()["Model"].FromString(whole)
    listed = next(entry.value for entry in model.metadata_props if entry.key == CHARACTERS)
    known = ["", *listed.splitlines(), " "]
    places = tuple(i for i, character in enumerate(known) if not character or is_permitted(character))
    characters = tuple(known[i] for i in places)
    layers = [t for t in model.graph.initializer if list(t.dims[-1:]) == [len(known)]]
    if not layers or any(layer.data_type != FLOAT or not layer.raw_data for layer in layers):
        return whole, characters, places
    for layer in layers:
        weights = np.frombuffer(layer.raw_data, "<f4").reshape(layer.dims)
        layer.raw_data = np.ascontiguousarray(weights[..., places]).tobytes()
        layer.dims[-1] = len(places)
    model.graph.ClearField("value_info")  # sizes between layers, which are worked out anew
    for output in model.graph.output:
        output.type = FLOATS_OF_ANY_SHAPE
    return bytes(model.SerializeToString()), characters, tuple(range(len(places)))


def quantised(model: bytes) -> bytes:
    """Return a network that calculates its layers of points in whole numbers of one byte, in half the time.

    How a layer's input is rounded is decided by each line alone, so that a line is read alike beside any others.
    """
    message = _messages()["Model"].FromString(model)
    graph = message.graph
    weights = {tensor.name: tensor for tensor in graph.initializer if list(tensor.dims[2:]) == POINT}
    constants = {tensor.name: tensor for tensor in graph.initializer}
    uses = Counter(name for node in graph.node for name in node.input)
    products: dict[str, list[Any]] = {}
    nodes: list[Any] = []
    for node in graph.node:
        alone = node.op_type == "Add" and all(uses[name] == 1 for name in node.input)
        product = products.get(node.input[0]) if alone else None
        if product and _takes(product, constants.get(node.input[1]), node.output[0]):
            continue
        own = _in_whole_numbers(node, graph, weights)
        nodes += own
        if len(own) > 1:
            products[node.output[0]] = own
    del graph.node[:]
    graph.node.extend(nodes)
    return bytes(message.SerializeToString())


def _in_whole_numbers(node: Any, graph: Any, weights: Mapping[str, Any]) -> list[Any]:
    """A layer as it is, or the steps that stand for it: channels last, their product with the weights, and back."""
    layer = weights.get(node.input[1]) if node.op_type == "Conv" and len(node.input) == 2 else None
    moves = any(attribute.name == "strides" and set(attribute.ints) != {1} for attribute in node.attribute)
    if layer is None or moves or layer.dims[1] == 1 or layer.data_type != FLOAT or not layer.raw_data:
        return [node]
    filters = np.frombuffer(layer.raw_data, "<f4").reshape(layer.dims[:2]).T
    steps = np.maximum(np.abs(filters).max(axis=0), np.finfo(np.float32).tiny) / LARGEST
    name = node.output[0]
    whole = {"weights": np.round(filters / steps).astype(np.int8), "steps": steps}
    whole["zeros"] = np.zeros(len(steps), np.int8)
    for part, numbers in whole.items():
        kind = FLOAT if numbers.dtype == np.float32 else BYTE
        graph.initializer.add(
            dims=numbers.shape, data_type=kind, name=f"{name} {part}", raw_data=np.ascontiguousarray(numbers).tobytes()
        )
    graph.initializer.remove(layer)
    product = [f"{name} last", *(f"{name} {part}" for part in whole)]
    make, attribute = _messages()["Node"], _messages()["Attribute"]
    turns = [[attribute(name="perm", ints=order, type=NUMBERS)] for order in ((0, 2, 3, 1), (0, 3, 1, 2))]
    return [
        make(op_type="Transpose", input=[node.input[0]], output=[product[0]], attribute=turns[0]),
        make(op_type="DynamicQuantizeMatMul", domain=RUNTIME, input=product, output=[f"{name} product"]),
        make(op_type="Transpose", input=[f"{name} product"], output=[name], attribute=turns[1]),
    ]


def _takes(product: Sequence[Any], summand: Any, name: str) -> bool:
    """Let a layer's product add what follows it to each channel, and give the sum's name; False where it cannot."""
    if summand is None or summand.data_type != FLOAT or list(summand.dims[2:]) != POINT or summand.dims[0] != 1:
        return False
    del summand.dims[2:], summand.dims[0]
    _, multiply, back = product
    multiply.input.append(summand.name)
    back.output[0] = name
    return True


@cache
def _messages() -> dict[str, Any]:
    """The parts of ONNX's format that are needed, as classes: protobuf comes with onnxruntime, ONNX's own do not."""
    from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

    kinds = descriptor_pb2.FieldDescriptorProto
    file = descriptor_pb2.FileDescriptorProto(name="namndata/onnx.proto", package="namndata.onnx", syntax="proto2")
    for message, fields in FIELDS.items():
        described = file.message_type.add(name=message)
        for name, number, kind, is_repeated in fields:
            label = kinds.LABEL_REPEATED if is_repeated else kinds.LABEL_OPTIONAL
            field = described.field.add(name=name, number=number, label=label)
            if kind in FIELDS:
                field.type, field.type_name = kinds.TYPE_MESSAGE, f".namndata.onnx.{kind}"
            else:
                field.type = getattr(kinds, f"TYPE_{kind.upper()}")
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return {
        name: message_factory.GetMessageClass(pool.FindMessageTypeByName(f"namndata.onnx.{name}")) for name in FIELDS
    }
