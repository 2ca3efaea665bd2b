# FastAPI with Starlette's middleware on one uvicorn worker (uvloop, httptools): `fastapi_program.py <variant> <port>`.
import sys

import payloads
import uvicorn
from fastapi import Body, FastAPI, Request, Response
from fastapi.responses import HTMLResponse, PlainTextResponse
from pydantic import BaseModel
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

variant, port = sys.argv[1], int(sys.argv[2])
app = FastAPI()


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
    async def show(id: str, x: str):
        return {"id": id, "x": x}

    @app.post("/echo", status_code=201)
    async def echo(body: dict = Body()):
        return body

    @app.get("/text")
    async def text():
        return PlainTextResponse(payloads.LONG_TEXT)

    @app.get("/later")
    async def later():
        return await payloads.find_greeting()


def add_stack():
    # The last one added is the outermost.
    app.add_middleware(SessionMiddleware, secret_key=payloads.SESSION_SECRET)
    app.add_middleware(GZipMiddleware, minimum_size=500, compresslevel=6)
    app.add_middleware(CORSMiddleware, allow_origins=[payloads.ORIGIN], allow_credentials=True)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=payloads.ALLOWED_HOSTS)

    @app.post("/login")
    async def log_in(request: Request):
        request.session["hello"] = "world"

    @app.get("/")
    async def greet_session(request: Request, response: Response):
        response.headers["Vary"] = "Accept-Encoding, Cookie"
        return {"hello": request.session.get("hello")}


def add_gzip():
    app.add_middleware(GZipMiddleware, minimum_size=500, compresslevel=6)

    @app.get("/article")
    async def article():
        return payloads.ARTICLE


def add_routes(count):
    for path in payloads.list_paths(count):
        app.get(path)(greet)


def add_fastrapi():
    @app.get("/")
    async def greet_query(name: str = "World"):
        return {"Hello": name}

    @app.get("/html", response_class=HTMLResponse)
    async def page():
        return "<h1>Hello</h1>"

    @app.get("/{name}")
    async def greet_path(name: str):
        return {"Hello": name}

    @app.post("/register")
    async def register(user: User, address: Address):
        return {"address": address, "user": user}


async def greet():
    return payloads.GREETING


kind, _, count = variant.partition("-")
{
    "plain": add_plain,
    "stack": add_stack,
    "gzip": add_gzip,
    "routes": lambda: add_routes(int(count)),
    "fastrapi": add_fastrapi,
}[kind]()
uvicorn.run(app, host="127.0.0.1", port=port, log_level="error", access_log=False)
