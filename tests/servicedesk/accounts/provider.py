"""A small OpenID Connect provider, which a test starts on this machine and tells what to say."""

import json
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key

CLIENT, SECRET = "servicedesk", "a secret of two"


@dataclass
class Provider:
    """What it knows, says and was asked; whoever comes is signed in there already.

    `claims` is about the person; `token` replaces claims of the signed token, `user` of the user
    information. `key` signs; the key that is published is `published`.
    """

    server: ThreadingHTTPServer
    key: RSAPrivateKey
    published: RSAPrivateKey
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "1", "email_verified": True})
    token: dict[str, Any] = field(default_factory=dict)
    user: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    sent: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def discovery(self) -> dict[str, Any]:
        ends = {"authorization": "authorize", "token": "token", "userinfo": "userinfo"}
        endpoints = {f"{name}_endpoint": f"{self.issuer}/{path}" for name, path in ends.items()}
        methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        return endpoints | methods | {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"}

    def keys(self) -> dict[str, Any]:
        public = self.published.public_key()
        key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))
        return {"keys": [key | {"kid": "first", "alg": "RS256", "use": "sig"}]}

    def authorize(self, query: dict[str, str]) -> str:
        """Return where the browser is sent back to, with a code."""
        self.sent["code-1"] = query
        return f"{query['redirect_uri']}?{urlencode({'code': 'code-1', 'state': query['state']})}"

    def tokens(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Return the tokens for a code, or nothing to whoever does not prove to have asked."""
        query = self.sent.pop(form["code"])
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).decode()
        proofs = (form["client_id"], form["client_secret"], challenge.rstrip("="))
        if proofs != (CLIENT, SECRET, query["code_challenge"]):
            return None
        now = int(time.time())
        standard = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 60}
        claims = self.claims | standard | {"nonce": query["nonce"]} | self.token
        signed = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "first"})
        return {"access_token": "access", "token_type": "Bearer", "id_token": signed}


class Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.provider.asked.append(parts.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path:
            case "/.well-known/openid-configuration":
                self.answer(self.provider.discovery())
            case "/keys":
                self.answer(self.provider.keys())
            case "/userinfo":
                self.answer(self.provider.claims | self.provider.user)
            case "/authorize":
                self.send_response(302)
                self.send_header("Location", self.provider.authorize(query))
                self.end_headers()
            case _:
                self.send_error(404)

    def do_POST(self) -> None:
        self.provider.asked.append(self.path)
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(self.provider.tokens({k: v[0] for k, v in parse_qs(text).items()}))

    def answer(self, content: dict[str, Any] | None) -> None:
        self.send_response(200 if content else 400)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def start() -> Provider:
    """Start a provider; whoever starts it closes `server`."""
    handler = type("HandlerOfOne", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    key = generate_private_key(65537, 2048)
    handler.provider = Provider(server, key, key)  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    return handler.provider  # type: ignore[attr-defined, no-any-return]
