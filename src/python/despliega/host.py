"""What the worker around the interpreter does for it. Everything that crosses goes through here."""

import json
import sys

import _despliega_host as js
from pyodide.ffi import to_js


def listening(address, port, details):
    js.listening(address, port, json.dumps(details))


def head(status, reason, fields):
    js.head(status, reason, json.dumps(fields))


def chunk(data):
    if data:
        js.chunk(to_js(data))


def sleep(seconds):
    sys.stdout.flush()
    js.sleep(seconds)


def read_archive(name):
    data = js.readArchive(name)
    return None if data is None else data.to_bytes()


def handles_sigterm(handled):
    js.handlesSigterm(handled)


def pbkdf2(digest, password, salt, iterations, length):
    return js.pbkdf2(digest, to_js(password), to_js(salt), iterations, length).to_bytes()


def scrypt(password, salt, n, r, p, length, memory):
    return js.scrypt(to_js(password), to_js(salt), n, r, p, length, memory).to_bytes()
