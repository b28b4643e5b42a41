#!/usr/bin/env python3
"""A git server on the loopback, around the real `git http-backend`, that can misbehave on request.

usage: git_server.py ROOT LOG [--port-file FILE] [--user NAME:PASSWORD] [--private] [--need-header 'NAME: VALUE']
                     [--certificate FILE --key FILE] [--fault WHERE:KIND[=ARGUMENT][:times=N|:every=N|:odds=PERCENT]]...

Serves the bare repositories below ROOT at http://127.0.0.1:PORT/NAME.git. With --user pushing needs that user, with
--private reading too; a request without the header of --need-header is answered with 403. Every request becomes one
line of JSON in LOG: service, headers, status, sizes, and the packet lines that name what was asked for.

WHERE is `advertise` (the request that lists refs), `fetch`, `push`, or `all`. A fault hits every matching request,
or the first N (times), or every Nth (every), or that share of them (odds). KIND is

    status=CODE      answers with that status         html         answers 200 with a page, as a captive portal does
    redirect=URL     answers 302 to URL + the path    delay=S      waits S seconds, then goes on as usual
    trickle=S        sends one byte each S seconds    silence      reads the request and never answers
    drop-request=N   closes after N bytes of the body, before git saw any
    drop-before      reads the whole request and closes, git never saw it
    drop-after       lets git finish and closes without an answer
    drop-response=N  closes after N bytes of the answer
"""
import argparse, base64, gzip, http.server, json, os, random, ssl, subprocess, threading, time

PACKET_LINES_MOST = 400


class Fault:
    def __init__(self, text):
        self.where, _, rest = text.partition(":")
        what, *limits = rest.split(":times=") if ":times=" in rest else (rest,)
        self.times = int(limits[0]) if limits else None
        what, *limits = what.split(":every=")
        self.every = int(limits[0]) if limits else None
        what, *limits = what.split(":odds=")
        self.odds = int(limits[0]) if limits else None
        self.kind, _, self.argument = what.partition("=")
        self.seen = 0

    def hits(self, where):
        """Asked once for each request, under the server's lock."""
        if self.where not in (where, "all"):
            return False
        self.seen += 1
        if self.times is not None:
            return self.seen <= self.times
        if self.every is not None:
            return self.seen % self.every == 0
        return self.odds is None or random.randrange(100) < self.odds


def packet_lines(body):
    """The text of git's packet lines up to the pack."""
    lines, at = [], 0
    while at + 4 <= len(body) and len(lines) < PACKET_LINES_MOST:
        try:
            size = int(body[at:at + 4], 16)
        except ValueError:
            break
        if size >= 4:
            lines.append(body[at + 4:at + size].decode("utf-8", "replace").rstrip("\n"))
        at += max(size, 4)
    return lines


class Dropped(Exception):
    """The connection ends here, by request."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 120

    def log_message(self, *unused):
        pass

    def handle(self):
        try:
            super().handle()
        except (Dropped, ConnectionError, TimeoutError, ssl.SSLError):
            self.close_connection = True

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        try:
            fault = self.fault()
            self.answer(self.read_body(fault), fault)
        except Dropped:
            self.note(0, 0)
            raise

    def where(self):
        if self.path.endswith("/git-upload-pack"):
            return "fetch"
        if self.path.endswith("/git-receive-pack"):
            return "push"
        return "advertise"

    def fault(self):
        with self.server.lock:
            return next((fault for fault in self.server.faults if fault.hits(self.where())), None)

    def read_body(self, fault):
        most = int(fault.argument) if fault and fault.kind == "drop-request" else None
        if most is not None:
            self.rfile.read(min(most, int(self.headers.get("Content-Length", most))))
            raise Dropped()
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            pieces = []
            while True:
                size = int(self.rfile.readline().split(b";")[0], 16)
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
                if size == 0:
                    break
            body = b"".join(pieces)
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        return gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body

    def note(self, status, sent, body=b""):
        line = {"time": round(time.time(), 3), "method": self.command, "path": self.path, "where": self.where(),
                "service": "push" if "receive-pack" in self.path else "fetch", "headers": dict(self.headers.items()),
                "status": status, "received": len(body), "sent": sent, "lines": packet_lines(body)}
        with self.server.lock:
            self.server.log.write(json.dumps(line) + "\n")
            self.server.log.flush()

    def allowed(self):
        """401, 403 or 0."""
        options = self.server.options
        name, _, value = options.need_header.partition(": ")
        if name and self.headers.get(name) != value:
            return 403
        pushing = "receive-pack" in self.path
        if not options.user or not (options.private or pushing):
            return 0
        word, _, rest = self.headers.get("Authorization", "").partition(" ")
        wanted = base64.b64encode(options.user.encode()).decode()
        return 0 if word.lower() == "basic" and rest == wanted else 401

    def send(self, status, headers, content, body=b""):
        fault = self.current
        if fault and fault.kind == "drop-after":
            self.note(0, 0, body)
            raise Dropped()
        cut = int(fault.argument) if fault and fault.kind == "drop-response" else len(content)
        self.note(status, min(cut, len(content)), body)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if fault and fault.kind == "trickle":
            for at in range(len(content)):
                self.wfile.write(content[at:at + 1])
                self.wfile.flush()
                time.sleep(float(fault.argument))
        else:
            self.wfile.write(content[:cut])
        if cut < len(content):
            raise Dropped()

    def answer(self, body, fault=None):
        self.current = fault if self.command == "POST" else self.fault()
        fault = self.current
        kind = fault.kind if fault else ""
        status = self.allowed()
        if status == 401:
            self.send(401, [("WWW-Authenticate", 'Basic realm="git"'), ("Content-Type", "text/plain")],
                      b"who is it?\n", body)
        elif status:
            self.send(status, [("Content-Type", "text/plain")], b"the gateway let nobody in\n", body)
        elif kind == "status":
            self.send(int(fault.argument), [("Content-Type", "text/plain")], b"no luck today\n", body)
        elif kind == "html":
            self.send(200, [("Content-Type", "text/html")], b"<html><body>Please log in</body></html>\n", body)
        elif kind == "redirect":
            self.send(302, [("Location", fault.argument + self.path)], b"", body)
        elif kind == "drop-before":
            raise Dropped()
        elif kind == "silence":
            self.note(0, 0, body)
            self.server.stopped.wait()
            raise Dropped()
        else:
            if kind == "delay":
                time.sleep(float(fault.argument))
            self.run_backend(body)

    def run_backend(self, body):
        path, _, query = self.path.partition("?")
        environment = {"PATH": os.environ["PATH"], "HOME": self.server.options.root, "GIT_CONFIG_NOSYSTEM": "1",
                       "GIT_PROJECT_ROOT": self.server.options.root, "GIT_HTTP_EXPORT_ALL": "1",
                       "REQUEST_METHOD": self.command, "PATH_INFO": path, "QUERY_STRING": query,
                       "CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(len(body)),
                       "HTTP_GIT_PROTOCOL": self.headers.get("Git-Protocol", ""), "REMOTE_ADDR": "127.0.0.1",
                       "REMOTE_USER": self.server.options.user.partition(":")[0] or "anybody"}
        run = subprocess.run([self.server.backend], input=body, env=environment, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL)
        head, _, content = run.stdout.partition(b"\r\n\r\n")
        headers = [tuple(line.split(": ", 1)) for line in head.decode("latin-1").split("\r\n") if ": " in line]
        status = next((int(value.split()[0]) for name, value in headers if name == "Status"), 200 if head else 500)
        self.send(status, [pair for pair in headers if pair[0] not in ("Status", "Content-Length")], content, body)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, options):
        super().__init__(("127.0.0.1", 0), Handler)
        options.root = os.path.abspath(options.root)
        folder = subprocess.run(["git", "--exec-path"], stdout=subprocess.PIPE, check=True).stdout.decode().strip()
        self.backend = os.path.join(folder, "git-http-backend")
        self.options = options
        self.faults = [Fault(text) for text in options.fault]
        self.lock = threading.Lock()
        self.stopped = threading.Event()
        self.log = open(options.log, "a", encoding="utf-8")
        if options.certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(options.certificate, options.key)
            self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request, client_address):
        pass


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root")
    parser.add_argument("log")
    parser.add_argument("--port-file")
    for name in ("user", "need-header", "certificate", "key"):
        parser.add_argument("--" + name, default="")
    parser.add_argument("--private", action="store_true")
    parser.add_argument("--fault", action="append", default=[])
    options = parser.parse_args()
    server = Server(options)
    if options.port_file:
        with open(options.port_file + ".new", "w", encoding="utf-8") as file:
            file.write("%d\n" % server.server_address[1])
        os.rename(options.port_file + ".new", options.port_file)
    server.serve_forever()


if __name__ == "__main__":
    main()
