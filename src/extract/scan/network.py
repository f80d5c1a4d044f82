"""The network that reads a line, with only those of its answers that may be given: begins with the model's file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

FIELDS: dict[str, tuple[tuple[str, int, str, bool], ...]] = {
    "Model": (("graph", 7, "Graph", False), ("metadata_props", 14, "Entry", True)),
    "Graph": (("initializer", 5, "Tensor", True), ("output", 12, "Value", True), ("value_info", 13, "Value", True)),
    "Tensor": (("dims", 1, "int64", True), ("data_type", 2, "int32", False), ("raw_data", 9, "bytes", False)),
    "Entry": (("key", 1, "string", False), ("value", 2, "string", False)),
    "Value": (("name", 1, "string", False), ("type", 2, "bytes", False)),
}
"""What is touched of ONNX's messages, by their numbers there: name, number, type, whether there are several. All else
stays in a message unread."""
CHARACTERS = "character"
"""The entry of a line reader's file that holds its characters, one a line."""
FLOAT = 1
"""ONNX's number for floats of four bytes."""
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
