"""Wrong addresses, keys and servers: each its own sentence that says what to do; other instances go on."""

import contextlib
import json
import socket
import ssl
import threading

import pytest
import trustme

from taggarr.simulator import FaultKind, RadarrSimulator, SonarrSimulator
from taggarr.simulator.collection import audio

KEY = "0123456789abcdef0123456789abcdef"

CASES = {
    "wrong-port": ("unreachable", "nothing listens at {url}: is Sonarr running, and is the port right?"),
    "wrong-key": (
        "unauthorized",
        "{url} refuses the API key (401): copy it from Sonarr > Settings > General > Security",
    ),
    "radarr-under-sonarr": ("protocol", "{url} is Radarr, not Sonarr: check url and type"),
    "no-url-base": ("protocol", "{url} is not the whole address: write {url}/sonarr in url"),
    "starting": ("unreachable", "Sonarr is not ready (503): "),
    "html": (
        "protocol",
        "{url} answers GET /system/status with a web page instead of JSON: check port and URL base in url",
    ),
    "untrusted": ("protocol", "the certificate of {url} is not trusted ("),
    "no-tls": ("protocol", "{url} answers without TLS ("),
    "tls-alert": ("protocol", "{url} expects TLS: write https:// in url"),
    "tls": (
        "unreachable",
        "{url} broke off the connection: Sonarr may be restarting; where the port expects TLS, write https:// in url",
    ),
    "no-http": ("protocol", "{url} does not speak HTTP: check host and port"),
}


@pytest.fixture(scope="module")
def scan(tmp_path_factory, new_place):
    """One scan of a good instance and of every bad one: its result, and the addresses."""
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        place = enter(new_place(tmp_path_factory.mktemp("bad")))
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        secure = enter(SonarrSimulator(ssl_context=context))
        based = enter(SonarrSimulator(url_base="/sonarr"))
        page = enter(SonarrSimulator())
        page.faults.script(FaultKind.HTML, times=99)
        starting = enter(SonarrSimulator())
        starting.starting = True
        # Bound and never listening: nobody else gets the port, as one gets that of a closed socket.
        bound = enter(contextlib.closing(socket.socket()))
        bound.bind(("127.0.0.1", 0))
        urls = {
            "wrong-port": f"http://127.0.0.1:{bound.getsockname()[1]}",
            "wrong-key": enter(SonarrSimulator(api_key="changed")).url,
            "radarr-under-sonarr": enter(RadarrSimulator()).url,
            "no-url-base": based.url.removesuffix("/sonarr"),
            "starting": starting.url,
            "html": page.url,
            "untrusted": secure.url,
            "no-tls": enter(SonarrSimulator()).url.replace("http:", "https:"),
            "tls-alert": enter(_saying(bytes.fromhex("15 0301 0002 0246"))),
            "tls": enter(_saying(b"")),
            "no-http": enter(_saying(b"220 mail.example ESMTP\r\n")),
        }
        place.collection.movie("Film", audio("jpn", "eng"))
        instances = "".join(
            f'  {name}: {{type: sonarr, url: "{url}", api_key: {KEY}}}\n' for name, url in urls.items()
        )
        place.configure(tv=", enabled: false", more=f"{instances}scan: {{instance_workers: 12}}\n")
        yield place.run("scan", "--json"), urls, place.radarr.all_tags()


@contextlib.contextmanager
def _saying(words):
    """A server that says `words` to whatever is asked, and closes.

    A TLS server that is asked in plain HTTP says nothing or sends an alert, as its library likes, and may reset
    the connection before the request was read, so that what arrives is a matter of luck. This one is in no hurry.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        ended = threading.Event()

        def serve():
            while True:
                connection, _ = listener.accept()
                with connection, contextlib.suppress(OSError):
                    if ended.is_set():
                        return
                    request = b""
                    while b"\r\n\r\n" not in request and (more := connection.recv(1000)):
                        request += more
                    connection.sendall(words)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        ended.set()
        socket.create_connection(listener.getsockname()).close()  # which wakes it
        thread.join()


@pytest.mark.parametrize("name", CASES)
def test_each_has_its_own_sentence(scan, name):
    """It names the instance and what to do, in the JSON and on standard error."""
    result, urls, _ = scan
    code, sentence = CASES[name]
    error = json.loads(result.out)["instances"][name]["error"]
    assert error["code"] == code
    assert error["message"].startswith(f"{name}: {sentence.format(url=urls[name])}")
    assert error["message"] in result.err.splitlines()


def test_other_instances_go_on(scan):
    """The good one is scanned and tagged, and the exit code says that something failed."""
    result, _, tags = scan
    assert (result.code, tags) == (1, {1: {"dub"}})
    assert json.loads(result.out)["instances"]["films"]["error"] is None


def test_sentences_hold_no_key(scan):
    """Whatever goes wrong."""
    result, _, _ = scan
    assert KEY not in result.out + result.err
