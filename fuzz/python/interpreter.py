"""Runs the programs that come as JSON on standard input in CPython, and writes the log of each."""

import asyncio
import contextlib
import inspect
import json
import os
import sys
from types import SimpleNamespace


class E(Exception):
    pass


def show(value):
    if value is None:
        return "undefined"
    if isinstance(value, BaseException):
        text = "undefined" if value.args == (None,) else str(value)
        return f"{type(value).__name__}({text})"
    return str(value)


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
        scope = dict(
            log=self.log, gate=self.gate, drop=self.drop, coin=self.coin, E=E, G=SimpleNamespace(),
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

    def drop(self, future):
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

    async def take(self, step):
        try:
            self.log(f"step {step}", await self.steps[step])
        except BaseException as error:
            self.log(f"step {step} failed", error)

    def make(self, step, generator, method, value, error, **_):
        generator = self.generators[generator]
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
        self.steps[step] = made
        if method in ("anext", "asend"):
            self.resuming.add(step)

    def start(self, step, **_):
        before = self.tasks.get(step)
        if before is None:
            self.tasks[step] = self.loop.create_task(self.take(step))
        elif before.done() and step in self.resuming:
            self.others.append(self.loop.create_task(self.take(step)))

    def cancel(self, step, **_):
        task = self.tasks.get(step)
        if task and not task.done():
            self.log("cancel", str(task.cancel(f"cancelled {step}")).lower())

    def open(self, at, value, fails, **_):
        if self.gates:
            future = self.gates.pop(at % len(self.gates))
            if fails:
                future.set_exception(E(value))
            else:
                future.set_result(value)

    async def main(self):
        for operation in self.program["operations"]:
            self.log(operation["kind"])
            getattr(self, operation["kind"])(**operation)
            await self.settle()
            self.states()
        for _ in range(30):
            self.open(0, 0, False)
            await self.settle()
        self.states()
        return list(self.lines)


loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda *_: None)
runs = [Run(program, loop) for program in json.load(sys.stdin)]
json.dump([loop.run_until_complete(run.main()) for run in runs], sys.stdout)
sys.stdout.flush()
# Generators that refuse to close would say so.
os._exit(0)
