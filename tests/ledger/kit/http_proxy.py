#!/usr/bin/env python3
"""An HTTP proxy on the loopback: http_proxy.py LOG PORT_FILE [NAME:PASSWORD]

Tunnels CONNECT and passes on requests in absolute form. Every request becomes one line in LOG: method, target, and
"allowed" or "refused". With NAME:PASSWORD a request without them is refused with 407. Only the loopback is reached,
whatever name was asked for, so that a test can use names that do not exist.
"""
import base64, http.server, os, select, socket, sys, urllib.parse


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *unused):
        pass

    def allowed(self):
        wanted = self.server.user
        given = self.headers.get("Proxy-Authorization", "")
        good = not wanted or given == "Basic " + base64.b64encode(wanted.encode()).decode()
        with open(self.server.log, "a", encoding="utf-8") as log:
            log.write("%s %s %s\n" % (self.command, self.path, "allowed" if good else "refused"))
        if not good:
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="proxy"')
            self.send_header("Content-Length", "0")
            self.end_headers()
        return good

    def pump(self, other):
        sockets = [self.connection, other]
        while True:
            ready, _, _ = select.select(sockets, [], [], 60)
            if not ready:
                return
            for source in ready:
                content = source.recv(65536)
                if not content:
                    return
                (other if source is self.connection else self.connection).sendall(content)

    def do_CONNECT(self):
        if not self.allowed():
            return
        port = int(self.path.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as other:
            self.connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            self.pump(other)
        self.close_connection = True

    def do_GET(self):
        if not self.allowed():
            return
        target = urllib.parse.urlsplit(self.path)
        path = target.path + ("?" + target.query if target.query else "")
        head = ["%s %s HTTP/1.1" % (self.command, path)]
        head += ["%s: %s" % pair for pair in self.headers.items() if not pair[0].lower().startswith("proxy-")]
        with socket.create_connection(("127.0.0.1", target.port)) as other:
            other.sendall(("\r\n".join(head) + "\r\nConnection: close\r\n\r\n").encode("latin-1"))
            other.sendall(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.pump(other)
        self.close_connection = True

    do_POST = do_GET


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.log = sys.argv[1]
    server.user = sys.argv[3] if len(sys.argv) > 3 else ""
    with open(sys.argv[2] + ".new", "w", encoding="utf-8") as file:
        file.write("%d\n" % server.server_address[1])
    os.rename(sys.argv[2] + ".new", sys.argv[2])
    server.serve_forever()


if __name__ == "__main__":
    main()
