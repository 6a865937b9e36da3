"""Makes wycheproof.json out of a clone of https://github.com/C2SP/wycheproof (Apache-2.0).

Keeps of each test what a test here reads. Usage: python3 reduce.py <folder testvectors_v1> <commit>
"""

import json
import pathlib
import sys

FILES = {
    "ecdh_spki": ("ecdh_secp256r1_test", ["public", "private", "shared"]),
    "ecdh_point": ("ecdh_secp256r1_ecpoint_test", ["public", "private", "shared"]),
    "ecdh_jwk": ("ecdh_secp256r1_webcrypto_test", ["public", "private", "shared"]),
    "hkdf_sha256": ("hkdf_sha256_test", ["ikm", "salt", "info", "size", "okm"]),
    "hkdf_sha384": ("hkdf_sha384_test", ["ikm", "salt", "info", "size", "okm"]),
    "hkdf_sha512": ("hkdf_sha512_test", ["ikm", "salt", "info", "size", "okm"]),
    "aes_gcm": ("aes_gcm_test", ["key", "iv", "aad", "msg", "ct", "tag"]),
    "hmac_sha256": ("hmac_sha256_test", ["key", "msg", "tag"]),
}
# Longer outputs only repeat the loop of HKDF and would make up half of the file.
MAX_OKM = 1024

folder, commit = pathlib.Path(sys.argv[1]), sys.argv[2]
lines = [f'{{"from": "https://github.com/C2SP/wycheproof at {commit}, reduced", "licence": "Apache-2.0"']
for name, (file, fields) in FILES.items():
    tests = []
    for group in json.loads((folder / f"{file}.json").read_text())["testGroups"]:
        for test in group["tests"]:
            if test.get("size", 0) > MAX_OKM and test["result"] == "valid":
                continue
            kept = {"id": test["tcId"], "result": test["result"], "flags": test["flags"]}
            tests.append(json.dumps(kept | {field: test[field] for field in fields}))
    lines.append(f'"{name}": [\n' + ",\n".join(tests) + "\n]")
pathlib.Path(__file__).with_name("wycheproof.json").write_text(",\n".join(lines) + "}\n")
