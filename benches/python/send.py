"""Sends requests with the official SDK, from several threads that share one client.

usage: send.py <url> <requests> <threads>

Prints one JSON object: seconds, processor (seconds of all threads; starting Python and importing the
SDK not counted).
"""

import json
import resource
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor

from humanos_sdk import HumanosClient, HumanosClientConfig
from humanos_sdk_generated.models.generate_request_dto import GenerateRequestDto


def processor():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main():
    url, requests, threads = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    client = HumanosClient(
        HumanosClientConfig(
            base_path=url,
            api_key="bench_key_0123456789",
            signature_secret="bench-signature-secret",
        )
    )

    def send(number):
        asked = GenerateRequestDto(
            contacts=[f"person.{number}@example.com"],
            name="Terms of service",
            security_level="CONTACT",
            resources_ids=["507f1f77bcf86cd799439012"],
            language="ENG",
            internal_id=f"case-{number}",
        )
        return client.requests.create(asked, idempotency_key=str(uuid.uuid4())).id

    before, start = processor(), time.perf_counter()
    with ThreadPoolExecutor(max_workers=threads) as pool:
        made = sum(1 for made in pool.map(send, range(requests)) if made)
    seconds, used = time.perf_counter() - start, processor() - before
    if made != requests:
        sys.exit(f"{made} of {requests} were made")
    print(json.dumps({"seconds": seconds, "processor": used}))


main()
