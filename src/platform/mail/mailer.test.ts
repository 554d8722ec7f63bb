import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { createMailer, type Mailer } from './mailer.ts';

/** Where the server leaves the conversation. */
type Leaves = 'never' | 'greeting' | 'sender' | 'before-content' | 'after-content' | 'closing';

let server: Server | undefined;
let mailer: Mailer | undefined;
afterEach(() => {
  mailer?.close();
  server?.close();
});

/** What the server took. */
async function sendThrough(leaves: Leaves) {
  const taken: string[] = [];
  server = createServer((socket) => serve(socket, { leaves, taken }));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  mailer = createMailer({ url: `smtp://127.0.0.1:${port}`, domain: 'bar.example' });
  const content = { kind: 'text', text: 'See you', subject: 'Table' } as const;
  const message = { messageId: 'm1', to: 'guest@example.com', content, unsubscribeUrl: null };
  const result = await mailer.send({ from: 'bar@example.com', replyTo: null }, message);
  return { result, taken: taken.length };
}

function serve(socket: Socket, of: { readonly leaves: Leaves; readonly taken: string[] }): void {
  socket.on('error', () => {});
  if (of.leaves === 'greeting') {
    socket.destroy();
    return;
  }
  let buffer = '';
  let isContent = false;
  const hear = (line: string): string | null => {
    if (isContent) {
      of.taken.push(line);
      isContent = false;
      return of.leaves === 'after-content' ? null : of.leaves === 'closing' ? '421 no' : '250 ok';
    }
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'MAIL' && of.leaves === 'sender') return null;
    if (word !== 'DATA') return '250 ok';
    if (of.leaves === 'before-content') return null;
    isContent = true;
    return '354 go on';
  };
  socket.write('220 test\r\n');
  socket.on('data', (chunk) => {
    buffer += chunk.toString('utf8');
    for (;;) {
      const end = isContent ? '\r\n.\r\n' : '\r\n';
      const at = buffer.indexOf(end);
      if (at < 0) return;
      const answer = hear(buffer.slice(0, at));
      buffer = buffer.slice(at + end.length);
      if (answer === null) socket.destroy();
      else socket.write(`${answer}\r\n`);
    }
  });
}

test('what the server took is accepted', async () => {
  const accepted = { kind: 'accepted', providerId: '<m1@bar.example>' };
  expect(await sendThrough('never')).toEqual({ result: accepted, taken: 1 });
});

test('a server that takes the content and hangs up leaves open whether it took the e-mail, which is offered once', async () => {
  expect(await sendThrough('after-content')).toEqual({ result: { kind: 'unknown' }, taken: 1 });
});

for (const leaves of ['greeting', 'sender', 'before-content'] as const)
  test(`a server that leaves at ${leaves} has nothing of the e-mail`, async () => {
    expect(await sendThrough(leaves)).toEqual({ result: { kind: 'not-sent' }, taken: 0 });
  });

test('a server that answers the content with "closing" did not take it', async () => {
  const { result } = await sendThrough('closing');
  expect(result).toMatchObject({ kind: 'refused', error: { class: 'retry', code: 'smtp-421' } });
});

test('there is room until every connection has an e-mail', async () => {
  const sockets: Socket[] = [];
  // It never greets, so nobody is done.
  server = createServer((socket) => sockets.push(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const own = createMailer({ url: `smtp://127.0.0.1:${port}`, domain: 'bar.example' });
  const content = { kind: 'text', text: 'See you', subject: 'Table' } as const;
  const sent: Promise<unknown>[] = [];
  while (own.hasRoom() && sent.length < 100) {
    const message = { messageId: `m${sent.length}`, to: 'guest@example.com', content };
    sent.push(
      own.send({ from: 'bar@example.com', replyTo: null }, { ...message, unsubscribeUrl: null }),
    );
  }
  await until('each to have a connection', () => sockets.length === sent.length);
  for (const socket of sockets) socket.end('421 busy\r\n');
  await Promise.all(sent);
  expect([sent.length > 1 && sent.length < 100, own.hasRoom()]).toEqual([true, true]);
  own.close();
});
