"""A mail server for the tests: keeps what it takes in a Maildir. Prints its port.

Arguments: the Maildir; then, for STARTTLS and a password, certificate, key, user and password.
"""
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult

arguments = {}
if len(sys.argv) > 2:
    certificate, key, user, password = sys.argv[2:6]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def authenticator(server, session, envelope, mechanism, data):
        if data.login == b"later":
            return AuthResult(
                success=False, handled=False, message="454 4.7.0 Temporary authentication failure"
            )
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good)

    arguments = dict(
        tls_context=context, require_starttls=True, auth_required=True, authenticator=authenticator
    )


class Fussy(Mailbox):
    """Takes nobody whose name begins with nobody."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"


class Anywhere(Controller):
    """On whichever port is free."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


controller = Anywhere(Fussy(sys.argv[1]), hostname="127.0.0.1", port=0, **arguments)
controller.start()
print(controller.port, flush=True)
sys.stdin.read()  # until the test closes it
controller.stop()
