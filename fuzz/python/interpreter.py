"""Runs the programs that come as JSON on standard input in CPython, and writes the log of each."""

import asyncio
import contextlib
import gc
import inspect
import json
import os
import sys
import weakref
from types import SimpleNamespace

if sys.version_info < (3, 13):
    sys.exit(f"CPython 3.13 or later is needed, and this is {sys.version.split()[0]}")


class E(Exception):
    pass


def show(value):
    if value is None:
        return "undefined"
    if isinstance(value, BaseException):
        text = "undefined" if value.args == (None,) else str(value)
        return f"{type(value).__name__}({text})"
    return str(value)


class Known:
    """What a shutdown closes, in the order of first use; asyncio's own set has none."""

    def __init__(self):
        self.references = []

    def add(self, generator):
        self.references.append(weakref.ref(generator))

    def discard(self, generator):
        self.references = [each for each in self.references if each() not in (generator, None)]

    def clear(self):
        """Here those that run are left to the next shutdown."""
        self.references = [each for each in self.references if each() is not None and each().ag_running]

    def __iter__(self):
        return iter([each() for each in self.references if each() is not None])

    def __len__(self):
        return len(list(iter(self)))


class Run:
    def __init__(self, program, loop):
        self.program = program
        self.loop = loop
        self.lines = []
        self.gates = []
        self.asked = 0
        self.steps = {}
        self.tasks = {}
        self.others = []
        self.resuming = set()
        self.kept = []
        self.background = []
        self.reports = []
        self.running = {}
        self.scope = scope = dict(
            log=self.log, gate=self.gate, drop=self.leave, coin=self.coin, E=E, G=SimpleNamespace(),
            CancelledError=asyncio.CancelledError, aclosing=contextlib.aclosing,
        )
        exec(program["python"], scope)
        self.generators = {name: scope[name]() for name in program["names"]}
        vars(scope["G"]).update(self.generators)

    def log(self, name, *values):
        self.lines.append(" ".join([name, *map(show, values)]))

    def gate(self, _):
        future = self.loop.create_future()
        self.gates.append(future)
        return future

    def leave(self, future):
        if future in self.gates:
            self.gates.remove(future)

    def coin(self, id):
        coins = self.program["coins"]
        self.asked += 1
        return coins[(id + self.asked) % len(coins)]

    async def settle(self):
        for _ in range(40):
            await asyncio.sleep(0)

    def states(self):
        self.log("states", *map(inspect.getasyncgenstate, self.generators.values()))

    def tell(self):
        gc.collect()
        for line in sorted(self.reports):
            self.log("report", line)
        for line in sorted(self.background):
            self.log("background", line)

    async def take(self, step):
        try:
            self.log(f"step {step}", await self.steps[step])
        except BaseException as error:
            self.log(f"step {step} failed", error)

    def make(self, step, generator, method, value, error, **_):
        name = generator
        generator = self.generators[name]
        self.running[step] = generator
        try:
            made = self.made(generator, method, value, error)
        except E as failure:
            self.log("make failed", failure)
            return
        self.steps[step] = made
        if method in ("anext", "asend"):
            self.resuming.add(step)

    def made(self, generator, method, value, error):
        if method == "asend":
            made = generator.asend(value)
        elif method == "athrow":
            errors = dict(
                E=E(value),
                CancelledError=asyncio.CancelledError(value),
                StopAsyncIteration=StopAsyncIteration(),
                GeneratorExit=GeneratorExit(),
            )
            made = generator.athrow(errors[error])
        else:
            made = generator.aclose() if method == "aclose" else generator.__anext__()
        return made

    def start(self, step, **_):
        if step not in self.steps:
            return
        before = self.tasks.get(step)
        if before is None:
            self.tasks[step] = self.loop.create_task(self.take(step))
        elif before.done() and step in self.resuming:
            self.others.append(self.loop.create_task(self.take(step)))

    def cancel(self, step, **_):
        task = self.tasks.get(step)
        if task and not task.done():
            self.log("cancel", str(task.cancel(f"cancelled {step}")).lower())

    def hooks(self, hooks, **_):
        if hooks == "default":
            sys.set_asyncgen_hooks(*self.defaults)
        elif hooks == "quiet":
            sys.set_asyncgen_hooks(None, self.defaults.finalizer)
        else:
            sys.set_asyncgen_hooks(self.fail if hooks == "fails" else self.first, self.finalized)

    def first(self, generator):
        self.log("first", generator.__name__)

    def fail(self, generator):
        raise E("hook")

    def finalized(self, generator):
        self.log("finalized", generator.__name__)

    def renew(self, generator, **_):
        self.kept.append(self.generators[generator])
        self.replace(generator)

    def replace(self, generator):
        self.generators[generator] = self.scope[generator]()
        setattr(self.scope["G"], generator, self.generators[generator])

    def drop(self, generator, **_):
        old = self.generators[generator]
        steps = [step for step, each in self.running.items() if each is old]
        if any(step in self.tasks and not self.tasks[step].done() for step in steps):
            return self.log("runs")
        for step in steps:
            del self.running[step]
            self.steps.pop(step, None)
            self.tasks.pop(step, None)
        self.replace(generator)
        del old
        gc.collect()

    def shutdown(self, **_):
        async def wait():
            await self.loop.shutdown_asyncgens()
            self.log("shut down")
        self.others.append(self.loop.create_task(wait()))

    def failed(self, loop, context):
        generator = context.get("asyncgen")
        if generator is None:
            self.background.append(show(context.get("exception")))
        else:
            self.reports.append(f"{generator.__name__} {show(context['exception'])}")

    def warned(self, message, *_, **__):
        self.log("warned", message.split("object ")[1].split()[0])

    def open(self, at, value, fails, **_):
        if self.gates:
            future = self.gates.pop(at % len(self.gates))
            if fails:
                future.set_exception(E(value))
            else:
                future.set_result(value)

    async def main(self):
        self.loop.set_exception_handler(self.failed)
        asyncio.base_events.warnings = SimpleNamespace(warn=self.warned)
        self.loop._asyncgens = Known()
        self.loop._asyncgens_shutdown_called = False
        self.defaults = sys.get_asyncgen_hooks()
        for operation in self.program["operations"]:
            self.log(operation["kind"])
            getattr(self, operation["kind"])(**operation)
            await self.settle()
            self.states()
            if operation["kind"] == "drop":
                gc.collect()
                await self.settle()
        for _ in range(30):
            self.open(0, 0, False)
            await self.settle()
        self.states()
        self.tell()
        sys.set_asyncgen_hooks(*self.defaults)
        return list(self.lines)


loop = asyncio.new_event_loop()
runs = [Run(program, loop) for program in json.load(sys.stdin)]
json.dump([loop.run_until_complete(run.main()) for run in runs], sys.stdout)
sys.stdout.flush()
# Generators that refuse to close would say so.
os._exit(0)
