# FastrAPI as its own benchmark programs use it: `fastrapi_program.py <variant> <port>`.
import sys

import payloads
from fastrapi import FastrAPI
from fastrapi.middleware import CORSMiddleware, GZipMiddleware, SessionMiddleware, TrustedHostMiddleware
from fastrapi.request import Request
from fastrapi.responses import HTMLResponse, PlainTextResponse
from pydantic import BaseModel

variant, port = sys.argv[1], int(sys.argv[2])
app = FastrAPI()


class Note(BaseModel):
    author: str
    done: bool
    priority: int
    tags: list[str]
    text: str
    title: str


class User(BaseModel):
    age: int
    name: str


class Address(BaseModel):
    city: str
    street: str
    zip: str


def add_plain():
    app.get("/")(greet)

    @app.get("/users/{id}")
    def show(id: str, x: str):
        return {"id": id, "x": x}

    @app.post("/echo", status_code=201)
    def echo(note: Note):
        return note

    @app.get("/text")
    def text() -> PlainTextResponse:
        return PlainTextResponse(payloads.LONG_TEXT)

    @app.get("/later")
    async def later():
        return await payloads.find_greeting()


def add_stack():
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*payloads.ALLOWED_HOSTS, f"127.0.0.1:{port}"])
    app.add_middleware(CORSMiddleware, allow_origins=[payloads.ORIGIN], allow_credentials=True)
    app.add_middleware(GZipMiddleware, minimum_size=500, compresslevel=6)
    app.add_middleware(SessionMiddleware, secret_key=payloads.SESSION_SECRET, https_only=False)

    @app.post("/login")
    def log_in(request: Request):
        request.session["hello"] = "world"
        return {}

    @app.get("/")
    def greet_session(request: Request):
        return {"hello": request.session.get("hello")}


def add_gzip():
    app.add_middleware(GZipMiddleware, minimum_size=500, compresslevel=6)

    @app.get("/article")
    def article():
        return payloads.ARTICLE


def add_routes(count):
    for path in payloads.list_paths(count):
        app.get(path)(greet)


def add_fastrapi():
    @app.get("/")
    def greet_query(name: str = "World"):
        return {"Hello": name}

    @app.get("/html")
    def page() -> HTMLResponse:
        return HTMLResponse("<h1>Hello</h1>")

    @app.get("/{name}")
    def greet_path(name: str):
        return {"Hello": name}

    @app.post("/register")
    def register(user: User, address: Address):
        return {"address": address, "user": user}


def greet():
    return payloads.GREETING


kind, _, count = variant.partition("-")
{
    "plain": add_plain,
    "stack": add_stack,
    "gzip": add_gzip,
    "routes": lambda: add_routes(int(count)),
    "fastrapi": add_fastrapi,
}[kind]()
app.serve("127.0.0.1", port)
