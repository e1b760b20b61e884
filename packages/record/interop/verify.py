#!/usr/bin/env python3
"""Verifies bundles of a record: a second implementation of docs/spec/record.md, with Python's standard library alone.

    verify.py [--key VKEY]... [--head SEQ:HASH] [--checkpoint FILE] BUNDLE
                        findings on stdout; exits 0 sound (without --key: of one piece, by the key that the bundle names
                        itself), 1 tampered, 2 incomplete, 3 signed by no trusted key, 64 wrong usage
    verify.py --json [--key VKEY]... BUNDLE...   one JSON line for each bundle, for tests; exits 0

It shares no code with the first implementation, and differs where it can: whole files instead of streams, roots from the
definition of RFC 6962. It does not rebuild documents from their updates.
"""
import base64
import binascii
import functools
import hashlib
import json
import re
import struct
import sys
import zlib
from datetime import datetime
from json.encoder import encode_basestring

MAX_DEPTH, MAX_SAFE, MAX_DAMAGES = 64, 2**53 - 1, 50
FACT = {"actor": False, "commit": "needed", "content": False, "refs": "optional"}
OPEN = {**FACT, "commit": "public"}
TYPES = {
    "plan": FACT, "group": FACT, "membership": FACT, "workshop": FACT,
    "update-batch": {**FACT, "refs": "none"},
    "version": {**FACT, "commit": "optional", "content": True},
    "redaction": {**OPEN, "refs": "needed"}, "erasure": {**OPEN, "refs": "needed"},
    "key-rotation": OPEN, "contribution": FACT, "comment": {**FACT, "actor": True},
    "dissent": {**FACT, "actor": True}, "meeting": {**FACT, "actor": True},
    "answer": {**FACT, "actor": True, "refs": "needed"},
    "approval": {**OPEN, "actor": True},
    "endorsement": {**FACT, "actor": True}, "progress": {**FACT, "actor": True},
    "state": OPEN, "proposal": FACT, "recovery": FACT,
}
FILLER = "\u2588".encode()
FILES = ["manifest.json", "entries.jsonl", "positions", "tree", "checkpoints.jsonl", "keys.txt", "payloads.jsonl",
         "people.json", "redactions.md", "README.md"]


class Bad(Exception):
    """The text or file is not what it must be; `code` says in which way, `name` which file it is about."""

    def __init__(self, code, name=None):
        super().__init__(code)
        self.code, self.name = code, name


# --- Canonical JSON (RFC 8785) on the profile of the record -----------------------------------------------------------

def refuse(_):
    raise ValueError("not of the profile")


def no_twins(pairs):
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key twice")
    return value


def utf16(key):
    return key.encode("utf-16-be", "surrogatepass")


def encode(value, depth=0):
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        if abs(value) > MAX_SAFE:
            raise ValueError("not a safe integer")
        return str(value)
    if isinstance(value, str):
        value.encode("utf-8")  # raises UnicodeEncodeError, a ValueError, for half a surrogate pair
        return encode_basestring(value)
    if depth >= MAX_DEPTH:
        raise ValueError("too many levels")
    if isinstance(value, list):
        return "[" + ",".join(encode(part, depth + 1) for part in value) + "]"
    # Of letters of ASCII alone, as most keys are, the order is the same by any name of it.
    keys = sorted(value) if "".join(value).isascii() else sorted(value, key=utf16)
    return "{" + ",".join(encode(key) + ":" + encode(value[key], depth + 1) for key in keys) + "}"


def parse(text):
    try:
        value = json.loads(text, object_pairs_hook=no_twins, parse_float=refuse, parse_constant=refuse)
        if encode(value) != text:
            raise ValueError("not the canonical text")
    except (ValueError, RecursionError):
        raise Bad("canonical") from None
    return value


# --- Small things -----------------------------------------------------------------------------------------------------

def sha(data):
    return hashlib.sha256(data).digest()


def name_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def unbase64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if base64.b64encode(data).decode() == text else None


def is_int(value, least=0):
    return type(value) is int and least <= value <= MAX_SAFE


def like(value, pattern):
    return isinstance(value, str) and re.fullmatch(pattern, value) is not None


ID, PID, WORD, HASH = r"[A-Za-z0-9_-]{1,64}", r"[A-Za-z0-9_-]{16}", r"[a-z][a-z0-9_-]{0,31}", r"sha256:[0-9a-f]{64}"
SPACE = "\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
KEY_NAME = "[^\x00-\x1f+" + SPACE + "]+"
NUMBER = r"0|[1-9][0-9]{0,15}"


def is_time(value):
    if not like(value, r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"):
        return False
    try:
        datetime(*(int(number) for number in re.findall("[0-9]+", value[:19])))
    except ValueError:
        return False
    return True


# --- Ed25519 (RFC 8032), verification alone -----------------------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
D2 = 2 * D % P


def add(p, q):
    (x, y, z, t), (u, v, w, s) = p, q
    a, b = (y - x) * (v - u) % P, (y + x) * (v + u) % P
    c, d = t * s % P * D2 % P, 2 * z * w % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point(data):
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def spelled(p):
    """The one spelling of a point in 32 bytes."""
    inverse = pow(p[2], -1, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
ZERO = (0, 1, 1, 0)


@functools.lru_cache(maxsize=32)
def multiples(p):
    """A row for each hexadecimal digit of a scalar, the last digit first: the point times what that digit can be worth."""
    rows = []
    for _ in range(64):
        row = [ZERO]
        for _ in range(15):
            row.append(add(row[-1], p))
        rows.append(row)
        p = add(row[-1], p)
    return rows


def add_times(result, scalar, p):
    """The result and the scalar times a point: what stands ready for each digit is added, and nothing is doubled."""
    for row in multiples(p):
        if scalar & 15:
            result = add(result, row[scalar & 15])
        scalar >>= 4
    return result


@functools.lru_cache(maxsize=32)
def minus_key(public):
    """The point of a public key, negated; None for bytes that are no key, or one of a small order."""
    a = point(public)
    if a is None:
        return None
    eight_times = a
    for _ in range(3):
        eight_times = add(eight_times, eight_times)
    is_small = eight_times[0] == 0
    return None if is_small else (P - a[0], a[1], 1, P - a[3])


@functools.lru_cache(maxsize=4096)
def ed25519(signature, message, public):
    if len(signature) != 64 or len(public) != 32:
        return False
    minus_a, s = minus_key(public), int.from_bytes(signature[32:], "little")
    if minus_a is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    # A spelling of R that is not the one spelling of a point is never equal to it.
    return spelled(add_times(add_times(ZERO, s, BASE), k, minus_a)) == signature[:32]


# --- P-256 (FIPS 186-5) and RSA (RFC 8017), verification alone ----------------------------------------------------------

P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
P256_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
P256_BASE = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
             0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5, 1)
P256_ZERO = (1, 1, 0)
SHA256_INFO = bytes.fromhex("3031300d060960864801650304020105000420")


def p256_twice(p):
    """A point on itself. (x, y, z) stands for the point (x / z², y / z³), and z of 0 for the one at infinity."""
    x, y, z = p
    slope, square = 3 * (x - z * z) * (x + z * z) % P256, y * y % P256
    middle = 4 * x * square % P256
    doubled = (slope * slope - 2 * middle) % P256
    return (doubled, (slope * (middle - doubled) - 8 * square * square) % P256, 2 * y * z % P256)


def p256_add(p, q):
    if p[2] == 0 or q[2] == 0:
        return q if p[2] == 0 else p
    (x, y, z), zz, ww = p, p[2] * p[2] % P256, q[2] * q[2] % P256
    x, y = x * ww % P256, y * ww * q[2] % P256
    across, up = (q[0] * zz - x) % P256, (q[1] * zz * z - y) % P256
    if across == 0:
        return p256_twice(p) if up == 0 else P256_ZERO
    square = across * across % P256
    cube, middle = across * square % P256, x * square % P256
    found = (up * up - cube - 2 * middle) % P256
    return (found, (up * (middle - found) - y * cube) % P256, across * z * q[2] % P256)


def p256_sum(s, p, k, q):
    """s times p and k times q together: twice the point so far, and one of three more, for each bit (Straus)."""
    result, more = P256_ZERO, (None, p, q, p256_add(p, q))
    for bit in range(max(s.bit_length(), k.bit_length()) - 1, -1, -1):
        result = p256_twice(result)
        which = (s >> bit & 1) + 2 * (k >> bit & 1)
        if which:
            result = p256_add(result, more[which])
    return result


def der_pair(data):
    """(r, s) of an ECDSA signature in its one spelling in DER, or None for any other."""
    if len(data) < 2 or data[0] != 0x30 or data[1] != len(data) - 2:
        return None
    numbers, rest = [], data[2:]
    for _ in range(2):
        length = rest[1] if len(rest) > 1 else 0
        digits = rest[2:2 + length]
        if rest[:1] != b"\2" or length < 1 or len(digits) != length or digits[0] >= 0x80:
            return None
        if digits[0] == 0 and length > 1 and digits[1] < 0x80 or len(digits.lstrip(b"\0")) > 32:
            return None
        numbers.append(int.from_bytes(digits, "big"))
        rest = rest[2 + length:]
    return tuple(numbers) if rest == b"" else None


@functools.lru_cache(maxsize=4096)
def es256(signature, message, public):
    pair = der_pair(signature)
    if pair is None or len(public) != 65 or public[0] != 4:
        return False
    (r, s), x, y = pair, int.from_bytes(public[1:33], "big"), int.from_bytes(public[33:], "big")
    if x >= P256 or y >= P256 or (y * y - x**3 + 3 * x - P256_B) % P256:
        return False
    if not (0 < r < P256_ORDER and 0 < s < P256_ORDER):
        return False
    inverse = pow(s, -1, P256_ORDER)
    number = int.from_bytes(sha(message), "big")
    times_base, times_key = number * inverse % P256_ORDER, r * inverse % P256_ORDER
    found = p256_sum(times_base, P256_BASE, times_key, (x, y, 1))
    return found[2] != 0 and found[0] * pow(found[2], -2, P256) % P256 % P256_ORDER == r


def rs256(signature, message, modulus):
    size, n, s = len(modulus), int.from_bytes(modulus, "big"), int.from_bytes(signature, "big")
    if size < 256 or modulus[0] == 0 or len(signature) != size or s >= n:
        return False
    wanted = b"\0\1" + b"\xff" * (size - 54) + b"\0" + SHA256_INFO + sha(message)
    return pow(s, 65537, n) == int.from_bytes(wanted, "big")


# --- What a passkey answered (WebAuthn level 3) -------------------------------------------------------------------------

ALGORITHMS = {"ES256": es256, "EdDSA": ed25519, "RS256": rs256}
PART_BOUNDS = {"key": (32, 512), "authenticator": (37, 4096), "client": (1, 4096), "signature": (8, 512)}
CLIENT = re.compile(r'\{"type":"webauthn\.get","challenge":"([A-Za-z0-9_-]{43})","origin":"([!#-\[\]-~]{1,300})"'
                    r'(?!,"crossOrigin":true)[,}]')


def assertion_parts(value):
    """{name: bytes} of an assertion that has the form of one, or None."""
    if not has(value, ["alg", "authenticator", "client", "key", "signature", "site"]):
        return None
    if not isinstance(value["alg"], str) or value["alg"] not in ALGORITHMS or not like(value["site"], "[a-z0-9.-]{1,253}"):
        return None
    parts = {}
    for name, (least, most) in PART_BOUNDS.items():
        parts[name] = unbase64(value[name]) if isinstance(value[name], str) else None
        if parts[name] is None or not least <= len(parts[name]) <= most:
            return None
    return parts


def assertion_fault(value, challenge):
    """What is wrong with an assertion as an answer to this challenge, or None."""
    parts, site = assertion_parts(value), value["site"]
    client = CLIENT.match(parts["client"].decode("latin-1"))
    if client is None:
        return "client"
    if client[1] != base64.urlsafe_b64encode(challenge).decode().rstrip("="):
        return "challenge"
    origin = re.fullmatch(r"https?://([a-z0-9.-]{1,253})(:[0-9]{1,5})?", client[2])
    if origin is None or not (origin[1] == site or origin[1].endswith("." + site)):
        return "origin"
    authenticator = parts["authenticator"]
    if authenticator[:32] != sha(site.encode()):
        return "site"
    if authenticator[32] & 5 != 5:
        return "presence"
    verify = ALGORITHMS[value["alg"]]
    return None if verify(parts["signature"], authenticator + sha(parts["client"]), parts["key"]) else "signature"


# --- Keys, notes, checkpoints (c2sp.org) --------------------------------------------------------------------------------

LENGTHS = {1: (32, 64), 4: (32, 72), 6: (1312, 2428)}


def vkey(text):
    """(name, id, type, public key, text) of a vkey, or None."""
    parts = text.split("+", 2) if isinstance(text, str) else []
    data = unbase64(parts[2]) if len(parts) == 3 else None
    if not data or data[0] not in LENGTHS or len(data) != 1 + LENGTHS[data[0]][0] or not like(parts[0], KEY_NAME):
        return None
    key_id = sha(parts[0].encode() + b"\n" + data)[:4].hex()
    return (parts[0], key_id, data[0], data[1:], text) if parts[1] == key_id else None


def note(text):
    """(signed text, [(name, key id, signature)]), or None."""
    if len(text.encode("utf-16-le")) // 2 > 256 * 1024 or re.search("[\x00-\x09\x0b-\x1f]", text) or "\n\n" not in text:
        return None
    if not text.endswith("\n"):
        return None
    split = text.rindex("\n\n")
    lines = text[split + 2:-1].split("\n")
    signatures = []
    for line in lines:
        parts = line.split(" ")
        data = unbase64(parts[2]) if len(parts) == 3 else None
        if len(lines) > 32 or not data or len(data) < 5 or parts[0] != "—" or not like(parts[1], KEY_NAME):
            return None
        signatures.append((parts[1], data[:4].hex(), data[4:]))
    return text[:split + 1], signatures


def checkpoint(text):
    """(origin, size, root), or None."""
    lines = text.split("\n")
    if len(lines) != 4 or not lines[0] or lines[3] or not like(lines[1], NUMBER) or int(lines[1]) > MAX_SAFE:
        return None
    root = unbase64(lines[2])
    return (lines[0], int(lines[1]), root) if root and len(root) == 32 else None


def signed(key, text, signature):
    """Whether the key signed; None where that cannot be told here, as for ML-DSA-44."""
    if len(signature) != LENGTHS[key[2]][1]:
        return False
    if key[2] == 6:
        return None
    if key[2] == 1:
        return ed25519(signature, text.encode(), key[3])
    time = struct.unpack(">Q", signature[:8])[0]
    if time > MAX_SAFE or checkpoint(text) is None:
        return False
    return ed25519(signature[8:], f"cosignature/v1\ntime {time}\n{text}".encode(), key[3])


# --- The archive --------------------------------------------------------------------------------------------------------

NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}")


def read_archive(data):
    """Seal and {name: (method, crc, size, packed)} of an archive, or Bad."""
    last = len(data) - 22
    end = next((at for at in range(last, max(0, last - 0xFFFF) - 1, -1)
                if data[at:at + 4] == b"PK\5\6" and struct.unpack_from("<H", data, at + 20)[0] == last - at), None)
    if last < 0 or end is None:
        raise Bad("archive-unreadable")
    count, length, directory = struct.unpack_from("<HII", data, end + 10)
    if length != end - directory or count > 20000:
        raise Bad("archive-unreadable")
    files, places, at, total = {}, [], directory, 0
    for _ in range(count):
        if at + 46 > end or data[at:at + 4] != b"PK\1\2":
            raise Bad("archive-unreadable")
        flags, method = struct.unpack_from("<HH", data, at + 8)
        crc, packed, size, name_length, extra, comment = struct.unpack_from("<IIIHHH", data, at + 16)
        offset = struct.unpack_from("<I", data, at + 42)[0]
        raw = data[at + 46:at + 46 + name_length]
        at += 46 + name_length + extra + comment
        if at > end or flags & 1 or size > 2**30 or not (method == 8 or method == 0 and packed == size):
            raise Bad("archive-unreadable")
        if offset + 30 > directory or data[offset:offset + 4] != b"PK\3\4":
            raise Bad("archive-unreadable")
        local_name, local_extra = struct.unpack_from("<HH", data, offset + 26)
        start = offset + 30 + local_name + local_extra
        if start + packed > directory or data[offset + 30:offset + 30 + local_name] != raw:
            raise Bad("archive-unreadable")
        places.append((start, start + packed))
        total += size
        if raw.endswith(b"/") and size == 0:
            continue
        name = raw.decode("ascii", "replace")
        if not NAME.fullmatch(name) or name in files:
            raise Bad("archive-unreadable", name)
        files[name] = (method, crc, size, data[start:start + packed])
    places.sort()
    overlap = any(after[0] < before[1] for before, after in zip(places, places[1:]))
    if at != end or overlap or total > max(64 * 2**20, 100 * len(data)):
        raise Bad("archive-unreadable")
    comment = data[end + 22:]
    sealed = comment == name_of(data[:end + 22]).encode()
    return ("missing" if not comment else "sound" if sealed else "broken"), files


def unpack(files, name):
    method, _, size, packed = files[name]
    if method == 0:
        return packed
    inflate = zlib.decompressobj(-15)
    try:
        data = inflate.decompress(packed, size + 1)
    except zlib.error:
        raise Bad("file-unreadable", name) from None
    if len(data) != size or not inflate.eof:
        raise Bad("file-unreadable", name)
    return data


# --- Entries and payloads -----------------------------------------------------------------------------------------------

def has(value, needed, more=()):
    return isinstance(value, dict) and set(needed) <= set(value) <= set(needed) | set(more)


def entry_fault(entry):
    """What is wrong with an entry by itself, or None."""
    if not has(entry, ["v", "type", "plan", "seq", "prev", "at", "actor"], ["commit", "content", "refs"]):
        return "shape"
    if entry["v"] != 1 or entry["v"] is True:
        return "shape"
    rule = TYPES.get(entry["type"]) if isinstance(entry["type"], str) else None
    if rule is None:
        return "type"
    if not like(entry["plan"], ID):
        return "plan"
    if not is_int(entry["seq"], 1):
        return "seq"
    if not like(entry["prev"], "[0-9a-f]{64}") or (entry["seq"] == 1) != (entry["prev"] == "0" * 64):
        return "prev"
    if not is_time(entry["at"]):
        return "at"
    actor = entry["actor"]
    if actor is None and rule["actor"]:
        return "actor"
    if actor is not None and not (has(actor, ["pid", "side", "role"]) and like(actor["pid"], PID)
                                  and (actor["side"] is None or like(actor["side"], WORD)) and like(actor["role"], WORD)):
        return "actor"
    if "commit" in entry:
        commit = entry["commit"]
        if not (has(commit, ["payload", "public"]) and like(commit["payload"], HASH) and type(commit["public"]) is bool):
            return "commit"
        if rule["commit"] == "public" and not commit["public"]:
            return "commit"
    elif rule["commit"] != "optional":
        return "commit"
    if "content" in entry:
        c = entry["content"]
        if not (rule["content"] and has(c, ["document", "number", "seq", "sha256", "html"]) and like(c["document"], ID)
                and is_int(c["number"], 1) and is_int(c["seq"]) and like(c["sha256"], HASH) and like(c["html"], HASH)):
            return "content"
    elif rule["content"]:
        return "content"
    if "refs" in entry:
        refs = entry["refs"]
        if rule["refs"] == "none" or not isinstance(refs, list) or not 0 < len(refs) <= 4096:
            return "refs"
        if not all(is_int(ref, 1) and ref < entry["seq"] for ref in refs) or sorted(set(refs)) != refs:
            return "refs"
    elif rule["refs"] == "needed":
        return "refs"
    return None


def is_behalf(value):
    return has(value, ["pid", "side"]) and like(value["pid"], PID) and (value["side"] is None or like(value["side"], WORD))


def is_batch(value):
    if not has(value, ["document", "session", "via", "updates"], ["workshop", "behalf"]):
        return False
    updates = value["updates"]
    if not like(value["document"], ID) or not isinstance(value["via"], str) or not isinstance(updates, list):
        return False
    if not (value["session"] is None or like(value["session"], PID)):
        return False
    if ("workshop" in value and not like(value["workshop"], ID)) or not 0 < len(updates) <= 64:
        return False
    if value.get("behalf") is not None and not is_behalf(value["behalf"]):
        return False
    last = 0
    for update in updates:
        if not has(update, ["seq", "at", "bytes"]) or not is_int(update["seq"], last + 1) or not is_time(update["at"]):
            return False
        if not isinstance(update["bytes"], str) or unbase64(update["bytes"]) is None:
            return False
        last = update["seq"]
    return True


def root_of(leaves):
    """The root of RFC 6962, section 2.1, by its definition."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha(b"\1" + root_of(leaves[:split]) + root_of(leaves[split:]))


# --- The verifier -------------------------------------------------------------------------------------------------------

def end_of(facts):
    """How what an approval tells ends the request that it is about, or None."""
    kind = facts.get("kind")
    if kind in ("withdrawn", "voided"):
        return kind
    return "return" if kind == "decided" and facts.get("verdict") == "return" else None


class Verifier:
    """One verification: `findings` lists (level, code, seq, file)."""

    def __init__(self, trusted, kept_head=None, kept_checkpoint=None):
        self.trusted, self.findings, self.damages = trusted, [], 0
        self.kept_head, self.kept_checkpoint = kept_head, kept_checkpoint

    def add(self, level, code, seq=None, file=None):
        if level == "damaged":
            self.damages += 1
        if level != "damaged" or self.damages <= MAX_DAMAGES:
            self.findings.append((level, code, seq, file))

    def damage(self, code, seq=None, file=None):
        self.add("damaged", code, seq, file)

    def exit_code(self):
        levels = {level for level, *_ in self.findings}
        return 1 if "damaged" in levels else 3 if "unknown-key" in levels else 2 if "incomplete" in levels else 0

    def whole(self, name, seq=None):
        """All bytes of a file; None, and a finding, where there are none."""
        if name not in self.files:
            self.add("incomplete", "file-missing", None, name)
            return None
        try:
            return unpack(self.files, name)
        except Bad:
            self.damage("file-unreadable", seq, name)
            return None

    def lines(self, name, limit):
        """(lines of a file, whether it is sound to its end)."""
        if name not in self.files:
            self.add("incomplete", "file-missing", None, name)
            return [], True
        try:
            data = unpack(self.files, name)
        except Bad:
            return [], False
        out = []
        parts = data.split(b"\n")
        for part in parts[:-1]:
            try:
                if len(part) > limit:
                    return out, False
                out.append(part.decode("utf-8"))
            except UnicodeDecodeError:
                return out, False
        return out, parts[-1] == b""

    def run(self, data):
        try:
            seal, self.files = read_archive(data)
        except (Bad, struct.error):
            self.damage("archive-unreadable")
            return
        if seal == "missing":
            self.add("incomplete", "archive-unsealed")
        if seal == "broken":
            self.damage("archive-seal")
            for name in self.files:
                try:
                    if zlib.crc32(unpack(self.files, name)) != self.files[name][1]:
                        raise Bad("file-unreadable", name)
                except Bad:
                    self.damage("file-unreadable", None, name)
        text = self.whole("manifest.json")
        if text is None or not self.manifest(text):
            return
        self.leaves()
        self.entries()
        self.payloads()
        self.keys()
        if self.kept_head:
            self.compare_head(*self.kept_head)
        self.checkpoints()
        if self.kept_checkpoint is not None:
            self.compare_checkpoint(self.kept_checkpoint)
        self.versions()
        self.clauses()
        for name in FILES[7:]:
            if name not in self.files:
                self.add("incomplete", "file-missing", None, name)

    def manifest(self, data):
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            self.damage("file-unreadable", None, "manifest.json")
            return False
        try:
            m = parse(text[:-1])
            head, plan = m["head"], m["plan"]
            units = lambda text: len(text.encode("utf-16-le")) // 2
            sound = (text.endswith("\n") and set(m) == {"format", "head", "origin", "plan", "size", "version"}
                     and m["format"] == "cabildo-record-bundle" and m["version"] == 1 and type(m["version"]) is int
                     and has(plan, ["id", "slug", "title"]) and like(plan["id"], ID)
                     and isinstance(plan["slug"], str) and units(plan["slug"]) <= 200
                     and isinstance(plan["title"], str) and units(plan["title"]) <= 2000
                     and is_int(m["size"]) and like(m["origin"], KEY_NAME) and units(m["origin"]) <= 255
                     and (head is None or has(head, ["hash", "seq"]) and is_int(head["seq"])
                          and like(head["hash"], "[0-9a-f]{64}")))
        except (Bad, KeyError, TypeError):
            sound = False
        if not sound:
            self.damage("manifest-malformed", None, "manifest.json")
            return False
        self.plan, self.origin, self.size, self.head = plan["id"], m["origin"], m["size"], head
        return True

    def leaves(self):
        data = self.whole("tree") or b""
        if len(data) % 32:
            self.damage("tree-length", None, "tree")
        self.leaf = [data[at:at + 32] for at in range(0, len(data) - 31, 32)]

    def entries(self):
        self.known = {}
        if "entries.jsonl" not in self.files:
            self.add("incomplete", "file-missing", None, "entries.jsonl")
            return
        lines, sound = self.lines("entries.jsonl", 0xFFFF)
        positions, positions_sound = self.lines("positions", 16) if lines or sound else ([], True)
        head, last, expected, at_name = None, -1, 1, "entries.jsonl"
        for number, line in enumerate(lines):
            if number >= len(positions) and not positions_sound:
                sound = False
                break
            place = positions[number] if number < len(positions) else ""
            position = int(place) if like(place, NUMBER) else -1
            leaf = self.leaf[position] if 0 <= position < len(self.leaf) else None
            try:
                entry = parse(line)
                fault = entry_fault(entry)
                if fault:
                    raise Bad(fault)
            except Bad:
                self.damage("entry-malformed", expected, at_name)
                head = (expected, leaf or bytes(32), head[2] if head else "")
                expected += 1
                continue
            own = sha(b"\0" + line.encode())
            moved = position <= last or leaf is None
            seq = entry["seq"]
            if entry["plan"] != self.plan:
                self.damage("entry-plan", expected, at_name)
            elif seq != expected:
                self.damage("seq-gap", expected, at_name)
            elif moved:
                self.damage("position-malformed", seq, "positions")
            elif leaf != own:
                self.damage("leaf-differs", seq, at_name)
            elif entry["prev"] != (head[1].hex() if head else "0" * 64):
                self.damage("prev-differs", seq, at_name)
            elif head and entry["at"] < head[2]:
                self.damage("back-in-time", seq, at_name)
            head = (seq, own if moved else leaf, entry["at"])
            last = last if moved else position
            expected = seq + 1
            if seq not in self.known and entry["plan"] == self.plan:
                self.known[seq] = {**entry, "position": position}
        if not sound:
            self.damage("file-unreadable", expected, at_name)
        elif len(positions) > len(lines):
            self.damage("position-malformed", expected, "positions")
        elif not positions_sound:
            self.damage("file-unreadable", expected, at_name)
        told = self.head
        if (told is None) != (head is None) or told and (told["seq"] != head[0] or told["hash"] != head[1].hex()):
            seq = expected if told and told["seq"] >= expected else told["seq"] if told else 1
            self.damage("head-differs", seq, at_name)

    def payloads(self):
        name = "payloads.jsonl"
        self.excused, self.rotations, self.heads = {}, [], {}
        for seq, entry in self.known.items():
            for ref in entry.get("refs", []) if entry["type"] in ("redaction", "erasure") else []:
                if ref in self.known and self.known[ref]["type"] not in ("redaction", "erasure", "key-rotation"):
                    self.excused.setdefault(ref, seq)
        lines, sound = self.lines(name, 128 * 2**20)
        there, last, updates, differing = set(), 0, {}, []
        self.stated, self.approvers, self.roles = {}, {}, []
        self.key_of, self.owner_of, self.told, self.acts = {}, {}, {}, {}
        for line in lines:
            try:
                value = parse(line)
                if not (has(value, ["payload", "salt", "seq"]) and type(value["seq"]) is int
                        and isinstance(value["payload"], str) and isinstance(value["salt"], str)):
                    raise Bad("shape")
                salt = unbase64(value["salt"])
                if salt is None or len(salt) != 32:
                    raise Bad("salt")
            except Bad:
                self.damage("payload-malformed", last + 1, name)
                continue
            seq, payload = value["seq"], value["payload"]
            entry = self.known.get(seq)
            if entry is None or "commit" not in entry or seq <= last:
                self.damage("payload-unnamed", seq, name)
                continue
            last = seq
            there.add(seq)
            own = name_of(b"\2" + salt + payload.encode())
            same = own == entry["commit"]["payload"]
            if seq in self.excused:
                differing.append((seq, own, payload, same))
            elif not same:
                self.damage("payload-differs", seq, name)
            if same and not self.understand(entry, payload, updates, True):
                self.damage("payload-malformed", seq, name)
            if not entry["commit"]["public"]:
                self.add("note", "not-public", seq, name)
        if not sound:
            self.damage("file-unreadable", last + 1, name)
        # What the last entry that takes something out says stands in its place.
        self.replaced = {}
        for seq, entry in self.known.items():
            for ref in entry.get("refs", []) if entry["type"] in ("redaction", "erasure") else []:
                one = self.stated.get(seq, {}).get(ref)
                self.replaced[ref] = {**self.replaced.get(ref, {}), **one} if one else {}
        for seq, own, payload, same in differing:
            stated = self.replaced.get(seq)
            if same:
                if not stated or "payload" in stated:
                    self.add("note", "still-present", seq, name)
            elif own != self.replaced.get(seq, {}).get("payload"):
                self.damage("payload-differs", seq, name)
            elif not self.understand(self.known[seq], payload, updates, False):
                self.damage("payload-malformed", seq, name)
            elif not self.shows_filler(self.known[seq], payload):
                self.damage("replacement-unfilled", seq, name)
        self.approvals(name)
        self.hidden = 0
        for seq, entry in self.known.items():
            self.hidden += entry["type"] == "update-batch" and seq not in there
            public = "commit" in entry and entry["commit"]["public"]
            # What was put in the place of something taken out is as public as that was.
            excused = seq in self.excused and "payload" not in self.replaced.get(seq, {})
            if public and name in self.files and seq not in there and not excused:
                self.damage("payload-missing", seq, name)
        for seq in self.excused:
            self.add("note", "redacted", seq)
        hidden = self.hidden * 64
        in_order = sorted(updates.items(), key=lambda item: min(seq for _, seq in item[1]))
        for document, found in in_order:
            last = 0
            for update, seq in sorted(found):
                if update == last:
                    self.damage("update-twice", seq, name)
                elif update - last - 1 <= hidden:
                    hidden -= update - last - 1
                else:
                    self.damage("update-missing", seq, name)
                last = update
            self.heads[document] = last
        if self.damages == 0:
            self.bound_texts(in_order, name)

    def bound_texts(self, updates, name):
        """Approvals speak of the text of the version that they name, and nothing changes it until they end."""
        asks = [(seq, entry.get("refs", [])) for seq, entry in self.known.items() if entry["type"] == "approval"]
        versions, ends, approved = {}, {}, {}
        for seq, entry in self.known.items():
            if entry["type"] == "state" and seq in self.acts:
                approved.setdefault(self.request_of(entry.get("refs", [0])[0]), seq)
            if "content" in entry:
                content = entry["content"]
                versions.setdefault((content["document"], content["number"]), (seq, content))
        for seq, refs in asks:
            facts = self.told.get(seq)
            if facts is not None and not self.speaks_rightly(seq, refs, facts, versions):
                self.damage("approval-version", seq, name)
            request = refs[0] if refs else 0
            end = end_of(facts) if facts is not None else "voided" if seq in self.excused else None
            # What came to be approved is opened by an amendment alone.
            if end == "voided" or end and not approved.get(request, seq) < seq:
                ends.setdefault(request, seq)
        for document, found in updates:
            for request, _ in asks:
                facts = self.told.get(request, {})
                if facts.get("kind") != "requested" or facts.get("document") != document or not is_int(facts.get("seq")):
                    continue
                end = ends.get(request, float("inf"))
                late = [seq for update, seq in sorted(found) if update > facts["seq"] and request <= seq <= end]
                if late:
                    self.damage("frozen-changed", late[0], name)

    def speaks_rightly(self, seq, refs, facts, versions):
        names = [facts.get(key) for key in ("document", "request", "version", "sha256")]
        named = [type(value) for value in names] == [str, int, int, str]
        if facts.get("kind") == "requested":
            place = (facts.get("document"), facts.get("version"))
            if not named or place not in versions or not is_int(facts.get("seq")):
                return False
            at, content = versions[place]
            hashes = [content["sha256"]] + [stated[at].get("sha256") for stated in self.stated.values() if at in stated]
            return at < seq and facts["sha256"] in hashes and facts["seq"] >= content["seq"]
        if facts.get("kind") not in ("decided", "withdrawn", "voided"):
            return False
        request = refs[0] if refs else 0
        if not named or request not in self.known or self.known[request]["type"] != "approval":
            return False
        asked = self.told.get(request)
        if asked is None:
            return True
        of_request = [asked.get(key) for key in ("document", "request", "version", "sha256")]
        return asked.get("kind") == "requested" and of_request == names and type(of_request[1]) is type(of_request[2]) is int

    def shows_filler(self, entry, text):
        """Whether what stands in the place of something shows that something was taken out."""
        if entry["type"] != "update-batch":
            return "\u2588" in text
        return any(FILLER in base64.b64decode(update["bytes"]) for update in parse(text)["updates"])

    def role_before(self, seq, pid):
        told = [(at, role) for at, person, role in self.roles if person == pid and at < seq]
        return max(told)[1] if told else None

    def approvals(self, name):
        """One asks, another one approves, both in a role that may."""
        hosts = ("coordinator", "facilitator")
        for seq, approver in self.approvers.items():
            actor = self.known[seq]["actor"]
            if actor is None and approver is None:
                self.add("note", "redacted-by-program", seq, name)
            elif actor is None or approver is None or approver == actor["pid"] or actor["role"] not in hosts:
                self.damage("redaction-unapproved", seq, name)
            elif self.role_before(seq, actor["pid"]) not in (None, *hosts):
                self.damage("redaction-unapproved", seq, name)
            elif self.role_before(seq, approver) is None:
                self.add("note", "approver-untold", seq, name)
            elif self.role_before(seq, approver) not in hosts:
                self.damage("redaction-unapproved", seq, name)

    def understand(self, entry, text, updates, first):
        """Whether a payload is what one of its kind must be; `first`: nothing stands in its place."""
        try:
            value = parse(text)
        except Bad:
            return False
        kind = entry["type"]
        if first and isinstance(value, dict):
            of_document = value.get("kind") != "plan" or "document" in value
            act = kind == "state" and value.get("act") == "approve" and of_document
            if kind == "approval" or act:
                self.acts[entry["seq"]] = value
        if kind == "update-batch":
            if not is_batch(value):
                return False
            behalf, actor = value.get("behalf"), entry["actor"]
            if behalf is not None and actor is not None and behalf["pid"] == actor["pid"]:
                return False
            updates.setdefault(value["document"], []).extend((u["seq"], entry["seq"]) for u in value["updates"])
        elif kind == "key-rotation":
            if not isinstance(value, dict) or vkey(value.get("from")) is None or vkey(value.get("to")) is None:
                return False
            self.rotations.append((entry["position"], value["from"], value["to"]))
        elif kind in ("redaction", "erasure"):
            if not (isinstance(value, dict) and isinstance(value.get("basis"), str) and value["basis"] != ""):
                return False
            if "approver" in value and not like(value["approver"], PID):
                return False
            replaced, last = value.get("replaced", []), 0
            if not isinstance(replaced, list) or "replaced" in value and kind == "erasure":
                return False
            for one in replaced:
                if not (has(one, ["seq", "payload"], ["sha256", "html"]) or has(one, ["seq", "sha256", "html"])):
                    return False
                if ("sha256" in one) != ("html" in one) or not is_int(one["seq"], last + 1):
                    return False
                if one["seq"] not in entry.get("refs", []):
                    return False
                if not all(like(one[key], HASH) for key in one if key != "seq"):
                    return False
                last = one["seq"]
            self.stated[entry["seq"]] = {one["seq"]: one for one in replaced}
            if kind == "redaction":
                self.approvers[entry["seq"]] = value.get("approver")
        elif kind == "approval":
            if not isinstance(value, dict):
                return False
            self.told[entry["seq"]] = value
            if first and value.get("kind") == "decided":
                self.decision(entry, value)
        elif kind == "membership" and isinstance(value, dict):
            role = "none" if value.get("kind") in ("left", "removed", "erased") else value.get("role")
            if isinstance(value.get("person"), str) and isinstance(role, str):
                self.roles.append((entry["seq"], value["person"], role))
        return True

    def decision(self, entry, value):
        """Whether whoever decided signed it with a passkey, and this very decision."""
        seq, name, actor = entry["seq"], "payloads.jsonl", entry["actor"]
        if "signature" not in value:
            missing = value.get("fresh") == "passkey"
            self.add("damaged" if missing else "note", "signature-missing" if missing else "decision-unsigned", seq, name)
            return
        assertion, person = value["signature"], actor["pid"] if actor else ""
        statement = {key: part for key, part in value.items() if key != "signature"}
        statement.update(plan=self.plan, person=person)
        asked = self.known.get(entry.get("refs", [0])[0], {}).get("position", -1)
        sound = (assertion_parts(assertion) is not None and value.get("fresh") == "passkey"
                 and value.get("party") in ("government", "civil_society")
                 and 0 <= asked < len(self.leaf) and value.get("asked") == self.leaf[asked].hex()
                 and assertion_fault(assertion, sha(b"cabildo/decision/v1\n" + encode(statement).encode())) is None)
        if not sound:
            self.damage("signature-false", seq, name)
            return
        self.add("note", "signed-government" if value["party"] == "government" else "signed-civil-society", seq, name)
        key = assertion["key"]
        if self.key_of.get(person, key) != key:
            self.add("note", "signer-new-key", seq, name)
        if self.owner_of.setdefault(key, person) != person:
            self.add("note", "signing-key-shared", seq, name)
        self.key_of[person] = key

    def is_log_key(self, key):
        return key[0] == self.origin and key[2] != 4

    def keys(self):
        self.log_keys, self.witnesses = [], []
        data = self.whole("keys.txt")
        if not data:
            return
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            self.damage("file-unreadable", None, "keys.txt")
            return
        for line in text.split("\n")[:-1]:
            role, _, rest = line.partition(" ")
            key = vkey(rest)
            if key and role == "log" and self.is_log_key(key):
                self.log_keys.append(key)
            elif key and role == "witness" and key[2] != 1:
                self.witnesses.append(key)
            else:
                self.damage("keys-malformed", None, "keys.txt")
        if not text.endswith("\n"):
            self.damage("keys-malformed", None, "keys.txt")

    def checkpoints(self):
        name = "checkpoints.jsonl"
        lines, sound = self.lines(name, 4 * 256 * 1024)
        trusted = {key[4] for key in (self.log_keys if self.trusted is None else self.trusted) if self.is_log_key(key)}
        known = {(key[0], key[1]): key for key in self.witnesses[::-1] + self.log_keys[::-1] + (self.trusted or [])[::-1]}
        size, stack, matched, differs, unknown, last, unchecked = 0, [], 0, False, False, -1, False
        for line in lines:
            try:
                text = parse(line)
            except Bad:
                text = None
            parsed = note(text) if isinstance(text, str) else None
            head = checkpoint(parsed[0]) if parsed else None
            if head is None:
                self.damage("checkpoint-malformed", None, name)
                continue
            if head[0] != self.origin:
                self.damage("checkpoint-origin", None, name)
                continue
            if head[1] < last:
                self.damage("checkpoint-order", None, name)
                continue
            last = head[1]
            good, forged = set(), set()
            for key_name, key_id, signature in parsed[1]:
                key = known.get((key_name, key_id))
                verdict = signed(key, parsed[0], signature) if key else None
                unchecked = unchecked or bool(key) and verdict is None
                if verdict is not None:
                    (good if verdict else forged).add(key[4])
            for _ in forged:
                self.damage("checkpoint-forged", None, name)
            if not forged and not good & trusted:
                if not unknown:
                    self.add("unknown-key", "checkpoint-unknown-key", None, name)
                unknown = True
            elif not forged:
                for position, before, after in self.rotations:
                    key = vkey(after)
                    if position < last and before in good and before in trusted and self.is_log_key(key):
                        trusted.add(after)
                        known.setdefault((key[0], key[1]), key)
            # Roots of full subtrees with their heights, the largest first.
            while size < min(last, len(self.leaf)):
                item, height = self.leaf[size], 0
                while stack and stack[-1][1] == height:
                    item, height = sha(b"\1" + stack.pop()[0] + item), height + 1
                stack.append((item, height))
                size += 1
            if size != last or differs:
                continue
            root = stack[-1][0] if stack else sha(b"")
            for left, _ in reversed(stack[:-1]):
                root = sha(b"\1" + left + root)
            if root == head[2]:
                matched = last
            else:
                differs = True
                seq = next((seq for seq, entry in self.known.items() if entry["position"] >= matched), None)
                self.damage("root-differs", seq, "tree")
        self.trusted_now = trusted
        if not sound:
            self.damage("file-unreadable", None, name)
        if name in self.files and not lines:
            self.add("incomplete", "no-checkpoint", None, name)
        if lines and last >= 0 and not last == len(self.leaf) == self.size:
            self.damage("tree-length", None, "tree")
        if unchecked:
            self.add("note", "signature-unchecked", None, name)

    def compare_head(self, seq, digest):
        """Holds the bundle against an entry that is known from the plan's page or an older bundle."""
        name = "entries.jsonl"
        if seq > (self.head["seq"] if self.head else 0):
            self.add("incomplete", "ends-early", seq, name)
            return
        position = self.known[seq]["position"] if seq in self.known else -1
        if not 0 <= position < len(self.leaf) or self.leaf[position].hex() != digest:
            self.damage("kept-entry-differs", seq, name)

    def compare_checkpoint(self, text):
        """Holds the tree against a signed checkpoint that somebody kept."""
        parsed = note(text)
        head = checkpoint(parsed[0]) if parsed else None
        good = forged = False
        for key_name, key_id, signature in parsed[1] if head else []:
            for key in (vkey(one) for one in self.trusted_now):
                if key[:2] == (key_name, key_id):
                    verdict = signed(key, parsed[0], signature)
                    good, forged = good or verdict is True, forged or verdict is False
        if not head or head[0] != self.origin or forged or not good:
            self.add("unknown-key", "kept-checkpoint-unknown")
        elif head[1] > len(self.leaf):
            self.add("incomplete", "kept-checkpoint-later", None, "tree")
        elif root_of(self.leaf[:head[1]]) != head[2]:
            self.damage("kept-checkpoint-differs", None, "tree")

    def versions(self):
        named = set()
        for seq, entry in self.known.items():
            content = entry.get("content")
            if content is None:
                continue
            base = f"versions/{content['document']}/{content['number']}"
            if base + ".json" in named:
                self.damage("version-twice", seq)
            for kind in ("sha256", "html"):
                name = base + (".html" if kind == "html" else ".json")
                stated = self.replaced.get(seq, {}).get(kind)
                before, now = content[kind], stated or content[kind]
                named.add(name)
                if name not in self.files:
                    if seq not in self.excused or stated:
                        self.damage("content-missing", seq, name)
                    continue
                data = self.whole(name, seq)
                if data is not None and name_of(data) not in (before, now):
                    self.damage("content-differs", seq, name)
                elif data is not None and name_of(data) != now:
                    self.add("note", "still-present", seq, name)
                elif data is not None and now != before and kind == "sha256" and FILLER not in data:
                    self.damage("replacement-unfilled", seq, name)
            if content["seq"] > self.heads.get(content["document"], 0) and self.hidden == 0:
                self.add("incomplete", "version-ahead", seq)
        for name in sorted(set(self.files) - named - set(FILES)):
            if name.startswith("versions/"):
                self.damage("content-unnamed", None, name)
            else:
                self.add("note", "unexpected-file", None, name)


    def clauses_of(self, document, version, named):
        """The clauses of the text of this hash, each by hash; None where the file is not that text."""
        name = f"versions/{document}/{version}.json"
        try:
            data = unpack(self.files, name)
            text = parse(data.decode("utf-8")) if name_of(data) == named else None
        except (Bad, KeyError, UnicodeDecodeError):
            return None
        if not isinstance(text, dict):
            return None
        parts = [part for part in (text.get("fields"), text.get("facts")) if isinstance(part, dict)]
        return {key: name_of(encode(value).encode()) for part in parts for key, value in part.items()}

    def clauses(self):
        """What was decided of a clause is what it says in the text, and what came to be approved was approved by all."""
        requests, ended, unsure, at_name = {}, {}, set(), "payloads.jsonl"
        # Requests that came to be approved, or may have.
        approvals = set()
        for seq, entry in self.known.items():
            value = self.acts.get(seq)
            asked = entry.get("refs", [0])[0]
            if value is None:
                # It was taken out, or is damage that was told where payloads are read.
                if entry["type"] == "approval":
                    unsure.add(asked)
                if entry["type"] == "state" and seq in self.excused:
                    approvals.add(self.request_of(asked))
            elif entry["type"] == "state":
                last = self.request_of(asked)
                faults = [] if last in self.known and last not in self.acts else ["request"]
                if last in requests:
                    faults = self.approval_faults(value, requests[last], last in unsure)
                for _ in faults:
                    self.damage("approval-incomplete", seq, at_name)
                if not faults:
                    approvals.add(last)
            elif value.get("kind") == "requested":
                document, version, named = value.get("document"), value.get("version"), value.get("sha256")
                if not isinstance(document, str) or not is_int(version):
                    continue
                # Whether everything that was told of the approvals of the document is there to be read.
                whole = not any(requests[one][0]["document"] == document if one in requests else True for one in unsure)
                before = ended.get(document) if whole else None
                clauses, changed = self.clauses_of(document, version, named), value.get("changed")
                if isinstance(changed, list):
                    changed = [one for one in changed if isinstance(one, str)]
                    then = before and before[1]
                    for key in dict.fromkeys([*clauses, *then]) if clauses is not None and then is not None else []:
                        if key not in changed and clauses.get(key) != then.get(key):
                            self.damage("clause-changed", seq, at_name)
                else:
                    changed = None
                all_of_it = None if clauses is None else list(clauses)
                due = changed if changed is not None and (before or not whole) else all_of_it
                requests[seq] = (value, clauses, due, [], [])
            elif asked in requests:
                request, clauses, _, decisions, endings = requests[asked]
                if any(value.get(key) != request.get(key) for key in ("document", "request", "version", "sha256")):
                    continue
                if end_of(value):
                    endings.append(end_of(value))
                # A request that never came to be approved leaves nothing to keep.
                if end_of(value) == "voided" and (asked in approvals or asked in unsure):
                    ended[value["document"]] = requests[asked]
                if value.get("kind") != "decided":
                    continue
                person, party = entry["actor"]["pid"] if entry["actor"] else "", value.get("party")
                decisions.append((person, value))
                side = "government" if party == "government" else "civilSociety" if party == "civil_society" else ""
                if not isinstance(request.get(side), list) or person not in request[side]:
                    self.damage("decision-party", seq, at_name)
                own = value.get("clauses")
                for key, named in own.items() if isinstance(own, dict) and clauses is not None else []:
                    if clauses.get(key, name_of(b"null")) != named:
                        self.damage("clause-differs", seq, at_name)

    def request_of(self, decision):
        """The request that an act goes back to, by way of the decision that it names; 0 for none."""
        entry = self.known.get(decision, {})
        asked = entry.get("refs", [0])[0] if entry.get("type") == "approval" else 0
        return asked if self.known.get(asked, {}).get("type") == "approval" else 0

    def approval_faults(self, act, asked, is_unsure):
        """What is missing where a text is taken as approved: both sides were asked, nothing ended it, and all approved."""
        value, _, due, decisions, endings = asked
        parts = [part if isinstance(part, list) else [] for part in (value.get("government"), value.get("civilSociety"))]
        faults = ["document"] if act.get("document") != value["document"] else []
        faults += ["nobody" for part in parts if not part] + endings[:1]
        for person in [] if is_unsure else [person for part in parts for person in part]:
            mine = [said for pid, said in decisions if pid == person and said.get("verdict") == "approve"]
            done = {key for said in mine if isinstance(said.get("clauses"), dict) for key in said["clauses"]}
            on_all = bool(done) if due is None else bool(due) and set(due) <= done
            if not on_all and all("clauses" in said for said in mine):
                faults.append(person)
        return faults


def main(arguments):
    keys, bundles, as_json, head, kept = [], [], False, None, None
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--json":
            as_json = True
        elif argument == "--key" and rest and vkey(rest[0]):
            keys.append(vkey(rest.pop(0)))
        elif argument == "--head" and rest and like(rest[0], "[1-9][0-9]{0,15}:[0-9a-f]{64}"):
            seq, digest = rest.pop(0).split(":")
            if not is_int(int(seq), 1):
                return usage()
            head = (int(seq), digest)
        elif argument == "--checkpoint" and rest:
            try:
                with open(rest.pop(0), encoding="utf-8", newline="") as file:
                    kept = file.read(256 * 1024)
            except (OSError, UnicodeDecodeError) as error:
                print(error, file=sys.stderr)
                return 64
            parsed = note(kept)
            if parsed is None or checkpoint(parsed[0]) is None:
                return usage()
        elif argument.startswith("--"):
            return usage()
        else:
            bundles.append(argument)
    if not bundles or (len(bundles) > 1 and not as_json):
        return usage()
    code = 0
    for path in bundles:
        verifier = Verifier(keys or None, head, kept)
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            print(error, file=sys.stderr)
            return 64
        verifier.run(data)
        code = verifier.exit_code()
        if as_json:
            print(json.dumps({"exitCode": code, "findings": verifier.findings}))
            continue
        for level, what, seq, file in verifier.findings:
            where = " ".join([f"entry {seq}"] * (seq is not None) + [file] * (file is not None))
            print(f"{level}: {what} {where}".rstrip())
        if code == 0:
            what = "sound" if keys else "of one piece, by the key that the bundle names itself"
            print(f"{what}: {len(verifier.known)} entries, tree of {verifier.size}")
        if not keys:
            print("note: a forger can name a key of their own: compare keys.txt with what the plan's page shows, or give --key")
        if code in (0, 2, 3) and getattr(verifier, "head", None):
            print("note: the bundle ends with entry {seq}, hash {hash}: compare both with the plan's page".format(**verifier.head))
    return 0 if as_json else code


def usage():
    print(__doc__, file=sys.stderr)
    return 64


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
