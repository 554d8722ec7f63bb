/**
 * The life of a server process. States: starting, serving, draining, ended. A signal while starting is kept and obeyed
 * once the app is up, so that nothing half-started is left; the second signal ends the process at once. Whatever is
 * not caught ends it with exit code 1 after a line in the log.
 */
import type { Config, RawEnvironment } from '../config.ts';
import { ConfigError, loadConfig } from '../config.ts';
import { collectDeadBuffersSooner } from '../platform/memory/dead-buffers.ts';
import { createLogger } from '../platform/telemetry/logger.ts';
import type { Logger } from '../core/logger.ts';
import { EXIT, messageOf } from './command.ts';
import { writeCliFile } from './connection.ts';
import { onStopSignals } from './signals.ts';

/** What `createApp` of app.ts gives. */
export interface RunningApp {
  readonly url: string;
  /** Sentences for whoever started the server, such as where data went and why. */
  readonly notices: readonly string[];
  /** Only when a key was made or taken at this start. */
  readonly adminKey?: string | undefined;
  /** The key for cli.json, when it became known at this start. */
  readonly cliKey?: string | undefined;
  /** Of the embedded PostgreSQL, for `comptoir backup`; absent when the database is somebody else's. */
  readonly databaseUrl?: string | undefined;
  close(): Promise<void>;
}

export interface ServerStart {
  readonly environment: RawEnvironment;
  open(config: Config): Promise<RunningApp>;
  /** Ends the process; a parameter so that a test can watch it. */
  exit(code: number): void;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** An app that does not drain in this time is stuck: open tails are cut at once and a commit takes milliseconds. */
const DRAIN_MAX_MS = 30_000;

/** Starts a server and resolves when it serves. Everything after is up to signals. */
export async function startServer(start: ServerStart): Promise<void> {
  const config = configOf(start);
  if (config === undefined) return start.exit(EXIT.usage);
  const logger = createLogger({ level: config.logLevel });
  endOnUncaught(logger, start);
  const stopCollecting = collectDeadBuffersSooner();
  const asked = Promise.withResolvers<NodeJS.Signals>();
  onStopSignals({
    first: (signal) => asked.resolve(signal),
    second: () => start.exit(EXIT.interrupted),
  });
  let app: RunningApp;
  try {
    app = await start.open(config);
  } catch (error) {
    logger.error('start failed', { error });
    start.stderr.write(`Comptoir could not start: ${startFailure(error, config)}\n`);
    return start.exit(EXIT.failed);
  }
  const { url, cliKey: apiKey, databaseUrl } = app;
  writeCliFile(config.data.dir, { url, apiKey, databaseUrl });
  start.stdout.write(greeting(app));
  logger.info('serving', { url: app.url, pid: process.pid });
  const { exit } = start;
  void asked.promise.then((signal) => {
    stopCollecting();
    return drain(app, { signal, logger, exit });
  });
}

function configOf(start: ServerStart): Config | undefined {
  try {
    return loadConfig(start.environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    start.stderr.write(`${error.message}\n`);
    return undefined;
  }
}

function startFailure(error: unknown, config: Config): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const { host, port } = config.http;
  if (code === 'EADDRINUSE')
    return `port ${port} on ${host} is taken. Stop the program that uses it, or set COMPTOIR_HTTP_PORT.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `${host} is no address of this machine. Correct COMPTOIR_HTTP_HOST.`;
  if (code === 'EACCES' && port > 0 && port < 1024)
    return `port ${port} is reserved for the system's administrator. Set COMPTOIR_HTTP_PORT to 1024 or more.`;
  return messageOf(error);
}

/** What a person sees at start. The key stands here once and nowhere else but in cli.json. */
function greeting(app: RunningApp): string {
  const lines = [`Comptoir is open at ${app.url}`, ...app.notices];
  if (app.adminKey !== undefined)
    lines.push('', 'Your API key, shown this once:', `  ${app.adminKey}`, '');
  lines.push('Ctrl-C closes it.');
  return `${lines.join('\n')}\n`;
}

interface Draining {
  readonly signal: NodeJS.Signals;
  readonly logger: Logger;
  exit(code: number): void;
}

async function drain(app: RunningApp, { signal, logger, exit }: Draining): Promise<void> {
  logger.info('draining', { name: signal });
  const stuck = setTimeout(() => {
    logger.error('draining took too long');
    exit(EXIT.failed);
  }, DRAIN_MAX_MS);
  try {
    await app.close();
    logger.info('ended', { name: signal });
    exit(EXIT.ok);
  } catch (error) {
    logger.error('closing failed', { error });
    exit(EXIT.failed);
  } finally {
    clearTimeout(stuck);
  }
}

function endOnUncaught(logger: Logger, start: ServerStart): void {
  const end = (error: unknown): void => {
    // Whoever reads our output has left; that is no reason to stop serving.
    if (
      error instanceof Error &&
      'code' in error &&
      error.code === 'EPIPE' &&
      'syscall' in error &&
      error.syscall === 'write'
    )
      return;
    logger.error('uncaught error', { error });
    start.exit(EXIT.failed);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}
