/**
 * The shedder's process (see load-shedder.ts): accepts connections beside the server while that is overloaded, passes on
 * as much as the server takes and refuses the rest. It ends with its parent, and by itself once it was told to and nobody
 * is left.
 */
import { constants, setPriority } from 'node:os';
import { Server, type Socket } from 'node:net';
import { createCountedTraceIds } from '../counted-trace-ids.ts';
import { AdmissionWindow } from './admission-window.ts';
import { ClientConnection, type Door } from './client-connection.ts';
import type { OpenMessage, ShedderReport, ToShedder } from './shedder-messages.ts';

/** Often enough that the parent notices the end of an overload, too rare to cost. */
const REPORT_MS = 100;
const LOOK_AFTER_MS = 2_000;

const connections = new Set<ClientConnection>();
let listening: Server | undefined;
let door: Door | undefined;
let isEnding = false;
let refused = 0;
let refusalSeconds = 0;

function openDoor({ serverPath, window, refusal: [before, behind] }: OpenMessage): Door {
  const newTraceId = createCountedTraceIds();
  return {
    serverPath,
    window: new AdmissionWindow(window),
    nowMs: () => performance.now(),
    refusal({ traceId }) {
      return `${before}${traceId ?? newTraceId()}${behind}`;
    },
    refused(ms) {
      refused += 1;
      refusalSeconds += ms / 1000;
    },
  };
}

function accept(socket: Socket): void {
  if (door === undefined) return void socket.destroy();
  const connection = new ClientConnection(socket, door);
  connections.add(connection);
  socket.on('close', () => {
    connections.delete(connection);
    endIfDone();
  });
}

function endIfDone(): void {
  if (isEnding && connections.size === 0) process.disconnect?.();
}

function hear(message: ToShedder, server: unknown): void {
  switch (message.kind) {
    case 'open':
      door ??= openDoor(message);
      if (!(server instanceof Server)) return;
      listening = server;
      listening.maxConnections = message.connectionsMax;
      // As the HTTP server: who says no more may still want the answer.
      Object.assign(listening, { allowHalfOpen: true });
      listening.on('connection', accept);
      report();
      return;
    case 'shut':
      shut();
      return;
    case 'end':
      isEnding = true;
      shut();
      for (const connection of connections) connection.end();
      endIfDone();
  }
}

function shut(): void {
  listening?.close();
  listening = undefined;
}

function report(): void {
  const said: ShedderReport = {
    refused,
    refusalSeconds,
    connections: connections.size,
    isAccepting: listening !== undefined,
  };
  refused = 0;
  refusalSeconds = 0;
  process.send?.(said);
}

setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
setInterval(report, REPORT_MS);
setInterval(() => {
  for (const connection of connections) connection.lookAfter();
}, LOOK_AFTER_MS);
// A terminal's Ctrl-C reaches all processes; this one goes when the server has drained.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
process.on('message', hear);
process.on('disconnect', () => process.exit(0));
