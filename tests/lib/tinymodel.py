"""A language model of a few kilobytes for llama.cpp: it writes what its grammar allows, and comes to an end as soon as it may."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

_UINT, _FLOAT, _STRING, _ARRAY, _INT = 4, 6, 8, 9, 5
WIDTH, HIDDEN = 32, 32
CONTEXT = 32768


def _text(value: str) -> bytes:
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def _value(kind: int, value: object) -> bytes:
    if kind == _STRING:
        return _text(str(value))
    return struct.pack("<f" if kind == _FLOAT else "<I" if kind == _UINT else "<i", value)


def _pair(name: str, kind: int, value: object) -> bytes:
    return _text(name) + struct.pack("<I", kind) + _value(kind, value)


def _list(name: str, kind: int, values: Sequence[object]) -> bytes:
    return _text(name) + struct.pack("<IIQ", _ARRAY, kind, len(values)) + b"".join(_value(kind, value) for value in values)


def _letters() -> list[str]:
    """A letter for each byte, as GPT-2's vocabulary writes them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    return [chr(n) if n in plain else chr(256 + [m for m in range(256) if m not in plain].index(n)) for n in range(256)]


def write_model(path: Path) -> None:
    """Write the model. Whatever it reads, its state is the same; its last layer then prefers the tokens that end a text."""
    tokens = [*_letters(), "aa", "<|end|>"]
    # as a file of JSON wants them: a quotation mark as soon as one may stand there
    liking = {'"': 9.0, ",": 6.0, "}": 8.0, "]": 7.0, ":": 5.0, "{": 5.0, "1": 3.0, "<|end|>": 10.0}
    meta = [
        _pair("general.architecture", _STRING, "llama"),
        _pair("general.name", _STRING, "tiny"),
        _pair("llama.context_length", _UINT, CONTEXT),
        _pair("llama.embedding_length", _UINT, WIDTH),
        _pair("llama.block_count", _UINT, 1),
        _pair("llama.feed_forward_length", _UINT, HIDDEN),
        _pair("llama.attention.head_count", _UINT, 1),
        _pair("llama.attention.head_count_kv", _UINT, 1),
        _pair("llama.rope.dimension_count", _UINT, WIDTH),
        _pair("llama.attention.layer_norm_rms_epsilon", _FLOAT, 1e-5),
        _pair("llama.vocab_size", _UINT, len(tokens)),
        _pair("tokenizer.ggml.model", _STRING, "gpt2"),
        _pair("tokenizer.ggml.pre", _STRING, "gpt-2"),
        _list("tokenizer.ggml.tokens", _STRING, list(tokens)),
        _list("tokenizer.ggml.token_type", _INT, [1] * 257 + [3]),
        _list("tokenizer.ggml.merges", _STRING, ["a a"]),
        _pair("tokenizer.ggml.eos_token_id", _UINT, 257),
        _pair("tokenizer.ggml.bos_token_id", _UINT, 257),
    ]
    one = [1.0] * WIDTH
    nothing = [0.0] * WIDTH
    tensors: list[tuple[str, tuple[int, ...], list[float]]] = [
        ("token_embd.weight", (WIDTH, len(tokens)), one * len(tokens)),
        ("blk.0.attn_norm.weight", (WIDTH,), one),
        *((f"blk.0.{name}.weight", (WIDTH, WIDTH), nothing * WIDTH) for name in ("attn_q", "attn_k", "attn_v", "attn_output")),
        ("blk.0.ffn_norm.weight", (WIDTH,), one),
        *((f"blk.0.{name}.weight", (WIDTH, HIDDEN), nothing * HIDDEN) for name in ("ffn_gate", "ffn_up", "ffn_down")),
        ("output_norm.weight", (WIDTH,), one),
        ("output.weight", (WIDTH, len(tokens)), [x for token in tokens for x in [liking.get(token, 0.0) / WIDTH] * WIDTH]),
    ]
    table, data = b"", b""
    for name, shape, numbers in tensors:
        table += _text(name) + struct.pack("<I", len(shape)) + struct.pack(f"<{len(shape)}Q", *shape) + struct.pack("<IQ", 0, len(data))
        data += struct.pack(f"<{len(numbers)}f", *numbers)
        data += b"\0" * (-len(data) % 32)
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(meta)) + b"".join(meta) + table
    path.write_bytes(head + b"\0" * (-len(head) % 32) + data)
