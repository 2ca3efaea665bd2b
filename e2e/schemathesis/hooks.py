"""Judges redirects themselves, not what they lead to; and sends every second request as a user who is logged in."""

import itertools
import os

import schemathesis

NAME, _, VALUE = os.environ.get("LOGIN_HEADER", "").partition(": ")
REQUESTS = itertools.count()


@schemathesis.hook
def before_call(context, case, kwargs):
    kwargs["allow_redirects"] = False
    if NAME and next(REQUESTS) % 2:
        case.headers[NAME] = VALUE
