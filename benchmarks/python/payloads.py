# What workloads/payloads.js gives the other peers; the check before timing compares the answers.
import json

ORIGIN = "https://app.example"
ALLOWED_HOSTS = ["127.0.0.1", "app.example"]
SESSION_SECRET = "benchmark-secret-that-everybody-can-read-0123456789-0123456789-0123456789"
GREETING = {"hello": "world"}
WORDS = "water gate river engine light stone wheel miller bridge season channel level quiet stream winter harvest".split()


def write_prose(length):
    seed, prose = 42, ""
    while len(prose) < length:
        seed = (seed * 9301 + 49297) % 233280
        prose += WORDS[(seed >> 4) % len(WORDS)] + " "
    return prose[:length]


def measure(value):
    return len(json.dumps(value, separators=(",", ":")))


ARTICLE = {"text": "", "title": "On weirs"}
ARTICLE["text"] = write_prose(1000 - measure(ARTICLE))
LONG_TEXT = write_prose(100 * 1024)


async def find_greeting():
    return GREETING


def list_paths(count):
    return [f"/resource-{index // 10}/action-{index % 10}" for index in range(count)]
