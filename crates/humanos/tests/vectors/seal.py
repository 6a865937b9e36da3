"""Seals messages with Python's cryptography as each profile says, and writes them to python.json.

Usage: python3 seal.py (with `pip install cryptography`)
"""

import base64
import json
import os
import pathlib

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HERE = pathlib.Path(__file__).parent
FILES = ["profiles.json", "../../src/envelope/profile/built_in.json"]
PROFILES = [p for name in FILES for p in json.loads((HERE / name).read_text())["profiles"]]
HASHES = {"SHA-256": hashes.SHA256, "SHA-384": hashes.SHA384, "SHA-512": hashes.SHA512}
KEYS = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
RAW = serialization.Encoding.X962


def in_text(encoding, data, pad):
    if encoding == "hex":
        return data.hex() if pad else data.hex().upper()
    code = base64.b64encode if encoding == "base64" else base64.urlsafe_b64encode
    text = code(data).decode()
    return text if pad else text.rstrip("=")


def point(key, compressed=False):
    form = serialization.PublicFormat
    return key.public_bytes(RAW, form.CompressedPoint if compressed else form.UncompressedPoint)


def spki(key):
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.DER, form)


def put(target, path, value):
    if path == "":
        return target.update(value)
    *names, last = path.split(".")
    for name in names:
        target = target.setdefault(name, {})
    target[last] = value


def public_key(key, form, text, turn):
    if form == "spki":
        return text(spki(key))
    if form == "point":
        return text(point(key, turn % 2 == 1))
    raw = point(key)
    url = lambda part: in_text("base64url", part, False)
    jwk = {"kty": "EC", "crv": "P-256", "x": url(raw[1:33]), "y": url(raw[33:]), "ext": True}
    return jwk if turn % 2 == 0 else json.dumps(jwk)


def seal(profile, encoding, form, turn):
    pick = lambda items: items[turn % len(items)]
    text = lambda data: in_text(encoding, data, turn % 2 == 0)
    at = turn % len(KEYS)
    ours = KEYS[at].public_key()
    private = ec.generate_private_key(ec.SECP256R1())
    theirs = private.public_key()
    inside, sent = {}, {}

    def compose(parts):
        out = b""
        for part in parts:
            [(kind, value)] = part.items()
            if kind == "text":
                out += value.encode()
            elif kind == "hex":
                out += bytes.fromhex(value)
            elif kind == "zeros":
                out += bytes(value)
            elif kind in ("ephemeralKey", "ownKey"):
                key = ours if kind == "ownKey" else theirs
                out += spki(key) if value == "spki" else point(key)
            elif kind == "field":
                if value[0] not in sent:
                    sent[value[0]] = os.urandom(17)
                    put(inside, pick(value), text(sent[value[0]]))
                out += sent[value[0]]
            else:
                put(inside, value[0], f"text of {value[0]} é")
                out += f"text of {value[0]} é".encode()
        return out

    iv = os.urandom(profile["iv"]["length"])
    if profile["iv"]["field"] != "prepended":
        sent[profile["iv"]["field"][0]] = iv
        put(inside, pick(profile["iv"]["field"]), text(iv))
    hkdf, cipher = profile["hkdf"], profile["cipher"]
    salt, info, aad = compose(hkdf["salt"]), compose(hkdf["info"]), compose(cipher["aad"])
    derived = HKDF(HASHES[hkdf["hash"]](), cipher["keyBits"] // 8, salt, info)
    key = derived.derive(private.exchange(ec.ECDH(), ours))
    plaintext = json.dumps({"eventType": "test", "message": f"Olá from Python, {profile['name']} {turn}"})
    data = AESGCM(key).encrypt(iv, plaintext.encode(), aad)
    if profile["tag"]["field"] != "appended":
        put(inside, pick(profile["tag"]["field"]), text(data[-16:]))
        data = data[:-16]
    if profile["iv"]["field"] == "prepended":
        data = iv + data
    free = [name for name in profile["data"]["field"] if name.split(".")[0] not in inside]
    put(inside, pick(free), text(data))
    put(inside, pick(profile["ephemeralKey"]["field"]), public_key(theirs, form, text, turn))

    path = pick(profile["within"])
    message = {} if path == "" else {"type": "result"}
    texts = [inside, json.dumps(inside), text(json.dumps(inside).encode())]
    put(message, path, inside if path == "" else texts[turn % 3])
    return {"profile": profile["name"], "key": at, "message": json.dumps(message), "plaintext": plaintext}


payloads = []
for profile in PROFILES:
    for encoding in profile["encodings"]:
        for form in profile["ephemeralKey"]["forms"]:
            payloads.append(seal(profile, encoding, form, len(payloads)))
no = serialization.NoEncryption()
pkcs8 = [
    base64.b64encode(
        key.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, no)
    ).decode()
    for key in KEYS
]
lines = ",\n".join(json.dumps(payload) for payload in payloads)
(HERE / "python.json").write_text(f'{{"keys": {json.dumps(pkcs8)},\n"payloads": [\n{lines}\n]}}\n')
