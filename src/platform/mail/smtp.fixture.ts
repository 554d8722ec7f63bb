/** A mail server of a test: takes every e-mail but those to addresses with `gone`, and remembers them. */
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface MailServer {
  readonly url: string;
  readonly mails: readonly { readonly to: string; readonly text: string }[];
  close(): Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: { to: string; text: string }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, (mail) => mails.push(mail));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // safe because a server that listens on a port has an address of that kind
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
    },
  };
}

function serve(socket: Socket, take: (mail: { to: string; text: string }) => void): void {
  let buffer = '';
  let to = '';
  let isData = false;
  socket.write('220 test\r\n');
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    buffer += chunk.toString('utf8');
    for (;;) {
      const end = isData ? '\r\n.\r\n' : '\r\n';
      const at = buffer.indexOf(end);
      if (at < 0) return;
      const line = buffer.slice(0, at);
      buffer = buffer.slice(at + end.length);
      if (isData) {
        isData = false;
        take({ to, text: line });
        socket.write('250 taken\r\n');
        continue;
      }
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'RCPT') to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      if (word === 'DATA') isData = true;
      socket.write(answerTo(word, to));
      if (word === 'QUIT') socket.end();
    }
  });
}

function answerTo(word: string, to: string): string {
  switch (word) {
    case 'EHLO':
      return '250-test\r\n250 8BITMIME\r\n';
    case 'RCPT':
      return to.includes('gone') ? '550 5.1.1 no such user\r\n' : '250 ok\r\n';
    case 'DATA':
      return '354 go on\r\n';
    case 'QUIT':
      return '221 bye\r\n';
    default:
      return '250 ok\r\n';
  }
}
