import { Duplex } from 'node:stream';
import fc from 'fast-check';
import pg, { type BindConfig } from 'pg';
import { expect, test } from 'vitest';
import { bindMessage, sendWholeBinds } from './bind-message.ts';

function captured(): { readonly connection: pg.Connection; readonly written: Buffer[] } {
  const written: Buffer[] = [];
  const stream = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk);
      done();
    },
  });
  return { connection: new pg.Connection({ stream: () => stream }), written };
}

/** What the driver itself sends. */
function sentByDriver(config: BindConfig): Buffer {
  const { connection, written } = captured();
  connection.bind(config, false);
  return Buffer.concat(written);
}

const text = fc.string({ unit: 'binary' }).map((drawn) => drawn.toWellFormed());
const value = fc.oneof(
  fc.constant(null),
  fc.constant(undefined),
  text,
  fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
);

test('a message is, byte for byte, the one that the driver sends', () => {
  fc.assert(
    fc.property(
      fc.record({
        portal: fc.constantFrom('', 'p'),
        statement: fc.constantFrom('', 'c12'),
        values: fc.array(value, { maxLength: 40 }),
        binary: fc.constantFrom(undefined, 'true'),
      }),
      (config) => {
        expect(bindMessage(config).equals(sentByDriver(config))).toBe(true);
      },
    ),
  );
});

test('values go through the mapping of the driver, and one without a form is refused before anything is written', () => {
  const { connection, written } = captured();
  sendWholeBinds(connection);
  connection.bind({ values: ['a', 'b'], valueMapper: (given) => `${given}!` }, false);
  expect(Buffer.concat(written).equals(sentByDriver({ values: ['a!', 'b!'] }))).toBe(true);
  const withoutForm = { values: ['a'], valueMapper: () => ({}) };
  expect(() => connection.bind(withoutForm, false)).toThrow('a value of type object has no form');
  expect(written).toHaveLength(1);
});
