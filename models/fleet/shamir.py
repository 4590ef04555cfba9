"""Shamir's secret sharing over GF(2^128), all blocks of a secret at once: the same shares as Flower's, far sooner.

The rule of this file: byte for byte what `flwr.common.secure_aggregation.crypto.shamir` makes and takes (blocks of 16
bytes, padded as PKCS #7; a share is its index in 4 bytes and one value a block), so that either side may be Flower's
own. What is done depends on who holds which share, never on the secret. Shamir 1979; the field's polynomial is
x^128 + x^7 + x^2 + x + 1.
"""

from __future__ import annotations

import os
from functools import lru_cache

_BLOCK = 16
_POLYNOMIAL, _BITS = 0x87, 128


def _doubled(lanes: int, low: int) -> int:
    """Return blocks of 128 bits, side by side, each times x; `low` has the lowest bit of each block set."""
    over = (lanes >> (_BITS - 1)) & low
    return ((lanes ^ (over << (_BITS - 1))) << 1) ^ over * _POLYNOMIAL


def _times(lanes: int, factor: int, low: int) -> int:
    """Return blocks each times one element of the field that anybody may know."""
    product = 0
    for bit in bin(factor)[2:]:
        product = _doubled(product, low) ^ (lanes if bit == "1" else 0)
    return product


def _lowest_bits(blocks: int) -> int:
    return sum(1 << (_BITS * block) for block in range(blocks))


def _inverse(element: int) -> int:
    """Return one over an element that is not zero (Euclid, of polynomials)."""
    large, small, of_large, of_small = _POLYNOMIAL | 1 << _BITS, element, 0, 1
    while small != 1:
        by = large.bit_length() - small.bit_length()
        if by < 0:
            large, small, of_large, of_small = small, large, of_small, of_large
        else:
            large, of_large = large ^ small << by, of_large ^ of_small << by
    return of_small


@lru_cache(maxsize=512)
def _weights(indices: tuple[int, ...]) -> tuple[int, ...]:
    """Return the weight of each share at zero (Lagrange); ValueError where one is there twice, or has no index."""
    if len(set(indices)) != len(indices) or 0 in indices:
        raise ValueError(f"shares {indices} are not of different holders")
    weights = []
    for own in indices:
        above, below = 1, 1
        for other in indices:
            if other != own:
                above, below = _times(above, other, 1), _times(below, own ^ other, 1)
        weights.append(_times(above, _inverse(below), 1))
    return tuple(weights)


def create_shares(secret: bytes, threshold: int, num: int) -> list[bytes]:
    """Return `num` shares of a secret, of which any `threshold` restore it and fewer tell nothing."""
    missing = _BLOCK - len(secret) % _BLOCK
    padded = secret + bytes([missing]) * missing
    low = _lowest_bits(len(padded) // _BLOCK)
    powers = [int.from_bytes(os.urandom(len(padded)), "big") for _ in range(threshold - 1)]
    powers.append(int.from_bytes(padded, "big"))
    shares = []
    for index in range(1, num + 1):
        value = 0
        for power in powers:
            value = _times(value, index, low) ^ power
        shares.append(index.to_bytes(4, "little") + value.to_bytes(len(padded), "big"))
    return shares


def combine_shares(share_list: list[bytes]) -> bytes:
    """Return the secret of shares; ValueError where they are not of one secret."""
    ordered = sorted(share_list, key=lambda share: share[:4][::-1])
    length = len(ordered[0]) - 4
    if length <= 0 or length % _BLOCK or any(len(share) != length + 4 for share in ordered):
        raise ValueError("the shares are not of one secret")
    weights = _weights(tuple(int.from_bytes(share[:4], "little") for share in ordered))
    values = [int.from_bytes(share[4:], "big") for share in ordered]
    padded = _combined(values, weights, _lowest_bits(length // _BLOCK)).to_bytes(length, "big")
    missing = padded[-1]
    if not 1 <= missing <= _BLOCK or padded[-missing:] != bytes([missing]) * missing:
        raise ValueError("the shares do not restore a secret")
    return padded[:-missing]


def _combined(values: list[int], weights: tuple[int, ...], low: int) -> int:
    """Return the sum of values times weights: each bit of all the weights at once, the highest first."""
    total = 0
    for bit in range(_BITS - 1, -1, -1):
        total = _doubled(total, low)
        for value, weight in zip(values, weights, strict=True):
            if weight >> bit & 1:
                total ^= value
    return total
