"""HTTP answers that are no success, in the arrs' own three shapes or a proxy's, as sentences."""

import email.utils
from datetime import UTC, datetime
from urllib.parse import SplitResult, urlsplit

import msgspec

from taggarr.arr.address import Address
from taggarr.arr.faults import Answer, Failure, expects_tls, later, wrong
from taggarr.core.errors import ArrRejected, ArrUnauthorized


class _Said(msgspec.Struct, rename="camel"):
    """The object that explains an error; each kind of error has one of these."""

    message: str | None = None  # most errors
    error_message: str | None = None  # 503 while the arr is starting
    title: str | None = None  # ProblemDetails of ASP.NET


class _Invalid(msgspec.Struct, rename="camel"):
    """One element of the array that answers 400 where a value is not valid."""

    error_message: str
    property_name: str = ""


_SAID = msgspec.json.Decoder(_Said | list[_Invalid])


def of_status(address: Address, request: str, answer: Answer, content: bytes) -> Failure:
    """Any answer with a status outside 200-299; `request` is `GET /series`, `content` the decoded body."""
    status = answer.status
    said = _said(address, content)
    if 300 <= status < 400:
        return _of_redirect(address, request, answer)
    if status in (401, 403):
        return _unauthorized(address, request, answer, said)
    if status == 500:
        return _of_500(address, request, said)
    if status > 500 or status in (408, 429):
        return _unavailable(address, answer, said)
    return _of_refusal(address, request, status, content, said)


def _of_redirect(address: Address, request: str, answer: Answer) -> Failure:
    to = _location(answer)
    api_path = f"/api/v3{request.partition(' ')[2]}"
    origin = f"{to.scheme}://{to.netloc.rpartition('@')[2]}" if to.netloc else ""
    if "/login" in to.path:
        problem = f"{address.url} sends {request} to a login page: the URL base in url is wrong, or a proxy in front wants a login"
    elif to.path.endswith(api_path):  # what the arrs do where their URL base is missing
        whole = (origin or address.url.removesuffix(address.base)) + to.path.removesuffix(api_path)
        problem = f"{address.url} is not the whole address: write {address.quoted(whole)} in url"
    else:
        where = address.quoted(origin + to.path) or "nowhere"
        problem = f"{address.url} redirects {request} to {where} ({answer.status}): write the address of {address.app} itself in url"
    return wrong(address, problem)


def _location(answer: Answer) -> SplitResult:
    try:
        return urlsplit(answer.header(b"location").decode("latin-1"))
    except ValueError:  # a broken IPv6 address
        return urlsplit("")


def _unauthorized(address: Address, request: str, answer: Answer, said: str) -> Failure:
    url, app = address.url, address.app
    if answer.status == 403:
        problem = f"{url} forbids {request} (403){_quoted(said)}: check the API key and what stands in front of {app}"
    elif b"www-authenticate" in answer.headers:  # never sent by the arrs
        problem = f"a proxy in front of {url} wants a login (401): name in url an address of {app} that has none in front"
    else:
        problem = f"{url} refuses the API key (401): copy it from {app} > Settings > General > Security"
    return Failure(ArrUnauthorized(address.instance, problem))


def _of_500(address: Address, request: str, said: str) -> Failure:
    app = address.app
    if "Expected query to return" in said:  # an id of a bulk edit is gone: nothing was changed
        problem = f"{request} names items that are gone (500): {said}; the next scan lists anew"
        return _refused(address, 500, problem, rows=True)
    if "locked" in said:  # SQLite, while the arr is busy: part of a bulk edit may be done
        return later(
            address,
            f"the database of {app} is locked, so {request} failed (500): try again when it is less busy",
        )
    problem = f"{app} failed on {request} (500){_quoted(said)}; its log (System > Logs) tells more"
    if not said:
        return later(address, problem)
    return Failure(ArrRejected(address.instance, problem, 500), transient=True)


def _unavailable(address: Address, answer: Answer, said: str) -> Failure:
    status = answer.status
    if status == 429:
        problem = f"{address.url} gets too many requests (429): try again later"
    elif status == 503 and said:
        problem = f"{address.app} is not ready (503): {said}"
    else:
        problem = f"{address.url} does not reach {address.app} ({status}): is it running behind its proxy?"
    return later(address, problem, _retry_after_s(answer.header(b"retry-after")))


def _of_refusal(address: Address, request: str, status: int, content: bytes, said: str) -> Failure:
    url, app = address.url, address.app
    if status == 400 and b"HTTPS port" in content:  # nginx
        return expects_tls(address)
    if status == 404 and not said:
        return wrong(
            address,
            f"{url} knows no {request} (404): check port and URL base in url, and that {app} is not too old",
        )
    if status == 415:
        return wrong(
            address, f"{request} arrived without its content type (415): check what stands in front of {app}"
        )
    problems = {
        404: f"{request} names something that is gone (404){_quoted(said)}; the next scan lists anew",
        409: f"{request} conflicts with what {app} holds (409){_quoted(said)}; the next scan tries again",
    }
    problem = problems.get(status, f"{app} refuses {request} ({status}){_quoted(said)}")
    # Bulk edits are all that is ever PUT. What is wrong with one as a whole (a type, a header) is no array.
    rows = request.startswith("PUT ") and (status == 404 or (status == 400 and content.lstrip()[:1] == b"["))
    return _refused(address, status, problem, rows=rows)


def _refused(address: Address, status: int, problem: str, *, rows: bool) -> Failure:
    return Failure(ArrRejected(address.instance, problem, status, rows))


def _said(address: Address, content: bytes) -> str:
    """The arr's own words, from any of the shapes in which it explains an error; empty where there are none."""
    try:
        said = _SAID.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    if isinstance(said, list):
        words = "; ".join(": ".join(filter(None, (one.property_name, one.error_message))) for one in said)
    else:
        words = said.message or said.error_message or said.title or ""
    return address.quoted(words)


def _quoted(said: str) -> str:
    return f": {said}" if said else ""


def _retry_after_s(value: bytes) -> float | None:
    """Retry-After in seconds, from a number or a date; None where there is none that can be read."""
    text = value.decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:  # `-0000`
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
