/**
 * Values of a statement as one message in one buffer of its size.
 *
 * The driver grows its buffer by half whenever a value does not fit: an append of 500 kB left two and a half times that
 * beside V8's heap, which makes a full collection for every 64 MB of it.
 */
import type { BindConfig, Connection } from 'pg';
import { releaseBytes } from '../memory/release-bytes.ts';

const CODE_BIND = 0x42;
/** The code of the message, and its length without the code. */
const HEAD_BYTES = 5;
const FORMAT_TEXT = 0;
const FORMAT_BINARY = 1;
const LENGTH_OF_NULL = -1;

/** Lets a connection send its values so. Everything else of the protocol stays the driver's. */
export function sendWholeBinds(connection: Connection): void {
  connection.bind = (config: BindConfig | null): void => {
    const message = bindMessage(config ?? {});
    if (connection.stream.writable)
      connection.stream.write(message, (error) => {
        if (!error) releaseBytes(message);
      });
  };
}

/** Source: PostgreSQL, 54.7 Message Formats, Bind. Errors: those of `valueMapper`; nothing is written then. */
export function bindMessage(config: BindConfig): Buffer {
  const portal = config.portal ?? '';
  const statement = config.statement ?? '';
  const { valueMapper } = config;
  const values = (config.values ?? []).map((value, index) =>
    encodable(valueMapper === undefined ? value : valueMapper(value, index)),
  );
  const sizes = values.map(sizeOf);
  const namesBytes = Buffer.byteLength(portal) + Buffer.byteLength(statement) + 2;
  // A format and a length for each value, and how many there are of either; one format for all results.
  const fixedBytes = HEAD_BYTES + 2 + 2 * values.length + 2 + 4 * values.length + 4;
  const total = sizes.reduce((sum, size) => sum + Math.max(0, size), fixedBytes + namesBytes);
  const message = Buffer.allocUnsafe(total);
  let at = message.writeUInt8(CODE_BIND, 0);
  at = message.writeInt32BE(total - 1, at);
  for (const name of [portal, statement]) {
    at += message.write(name, at);
    at = message.writeUInt8(0, at);
  }
  at = message.writeUInt16BE(values.length, at);
  for (const value of values)
    at = message.writeInt16BE(Buffer.isBuffer(value) ? FORMAT_BINARY : FORMAT_TEXT, at);
  at = message.writeUInt16BE(values.length, at);
  values.forEach((value, index) => {
    at = message.writeInt32BE(sizes[index] ?? LENGTH_OF_NULL, at);
    if (value !== null)
      at += typeof value === 'string' ? message.write(value, at) : value.copy(message, at);
  });
  at = message.writeInt16BE(1, at);
  message.writeInt16BE(config.binary ? FORMAT_BINARY : FORMAT_TEXT, at);
  return message;
}

type Encodable = string | Buffer | null;

function encodable(value: unknown): Encodable {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || Buffer.isBuffer(value)) return value;
  throw new TypeError(`a value of type ${typeof value} has no form in a statement`);
}

function sizeOf(value: Encodable): number {
  if (value === null) return LENGTH_OF_NULL;
  return typeof value === 'string' ? Buffer.byteLength(value) : value.length;
}
