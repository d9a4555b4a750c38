"""The order in which a desk starts, is kept alive, and ends."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TextIO

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from helpdesk.accounts import first_run
from helpdesk.accounts.models import Company, User
from helpdesk.demo import filling, shop
from helpdesk.embedded import Trouble
from helpdesk.embedded.processes import wait_for
from helpdesk.embedded.server import Server
from helpdesk.supervisor import lock, ports, prepare, servers, stopping
from helpdesk.supervisor.child import Child
from helpdesk.supervisor.crew import Crew, until_told_to_stop
from tickets.models import Ticket


class Desk:
    """Everything that `manage.py run` starts. `say` prints one line for the person at the console."""

    def __init__(self, say: Callable[[str], object]) -> None:
        self.say = say
        self.servers: list[Server] = []
        self.crew = Crew(say, settings.LOG_DIR)
        self.demo: Child | None = None
        self.port = 0

    def run(self) -> None:
        """Starts the desk and keeps it alive until Ctrl-C; then ends all of it in order."""
        stopping.listen()
        with ExitStack() as stack:
            file = stack.enter_context(lock.held(settings.DATA_DIR))
            stack.callback(self.close)
            try:
                self.open(file)
                until_told_to_stop(self.tend)
            except KeyboardInterrupt:
                self.say("Stopping …")

    def open(self, held: TextIO) -> None:
        settings.DATA_DIR.chmod(0o700)
        static = self.job("static", prepare.collect_static)
        self.start_servers()
        migrate = self.job("migrate", prepare.migrate)
        prepare.import_modules()
        self.finish(migrate)
        self.finish(static)
        prepare.preload()
        self.start_crew()
        lock.note(held, settings.BASE_URL)
        self.greet()

    def start_servers(self) -> None:
        """PostgreSQL and Valkey, unless DATABASE_URL and REDIS_URL name others."""
        if settings.EMBEDDED_POSTGRES:
            postgres = servers.postgres()
            self.servers.append(postgres)
            postgres.start()
            postgres.create_database(settings.DATABASES["default"]["NAME"])
        if settings.EMBEDDED_VALKEY:
            self.servers.append(servers.valkey())
            self.servers[-1].start()

    def start_crew(self) -> None:
        listener = ports.listen(settings.BIND, settings.PORT)
        self.port = ports.port_of(listener)
        settings.SMTP_LISTENER_PORT = ports.free(settings.SMTP_LISTENER_HOST, settings.SMTP_LISTENER_PORT)
        if settings.BASE_URL_IS_OURS:
            settings.BASE_URL = f"http://{ports.in_url(ports.local(settings.BIND))}:{self.port}"
            settings.CSRF_TRUSTED_ORIGINS = [settings.BASE_URL]
        self.crew.web(listener)
        self.crew.worker()
        self.crew.beat()
        self.crew.mail()

    def job(self, name: str, target: Callable[[], object]) -> Child:
        child = Child(name, target, settings.LOG_DIR / f"{name}.log")
        child.start()
        return child

    def finish(self, job: Child) -> None:
        if job.wait() and job.log is not None:
            last = job.log.read_text(errors="replace")[-1500:]
            raise Trouble(f"The desk could not start: {job.name} failed. From {job.log}:\n{last}")

    def greet(self) -> None:
        """Tells where the desk is, once it answers there, and fills or offers an empty one."""
        new = not User.objects.exists()
        empty = new and not Ticket.objects.exists()
        is_demo = Company.load().is_demo
        has_actors = User.objects.filter(email__endswith=f"@{shop.facts()['domain']}").exists()
        connections.close_all()  # a fork must not inherit one
        wait_for(lambda: ports.answers(ports.local(settings.BIND), self.port, "/sign-in/"), seconds=20)
        self.say(f"The desk is at {settings.BASE_URL}/ (Ctrl-C stops it).")
        self.say(f"It takes mail by SMTP at {settings.SMTP_LISTENER_HOST}:{settings.SMTP_LISTENER_PORT}.")
        self.say(f"Data, files, keys and logs: {settings.DATA_DIR}")
        fill = empty and settings.DEMO_ALLOWED and ports.is_loopback(settings.BIND)
        if is_demo or fill:
            self.crew.demo_post()
        if fill:
            self.demo = Child("demo", partial(call_command, "demo"))
            self.demo.start()
        elif has_actors:
            filling.introduce(self.say)
        elif new:
            self.say(f"Set it up here: {settings.BASE_URL}/welcome/?token={first_run.token()}")

    def tend(self) -> None:
        """Starts again what has died."""
        for server in self.servers:
            if not server.alive:
                self.revive(server)
        self.crew.tend()
        if self.demo and not self.demo.poll():
            if self.demo.ended:
                self.say("The demo could not be filled to the end; the desk itself is not affected.")
            self.demo = None

    def revive(self, server: Server) -> None:
        self.say(f"{server.name} ended; started again. Its log: {server.log}")
        try:
            server.start()
        except Trouble as trouble:
            self.say(str(trouble))

    def close(self) -> None:
        """Ends workers, web, mail, Valkey and PostgreSQL, in this order."""
        stopping.insist()
        if self.demo:
            self.demo.stop(patience=0)
        self.crew.close()
        for server in reversed(self.servers):
            server.stop()
