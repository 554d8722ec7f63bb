/** Requests forged into the own network: nothing of them may reach a server that listens there. */
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isPublicAddress, listedInside } from './address.ts';
import { createSender, type Sender, type SenderOptions } from './sender.ts';
import { checkUrl, egressAllowing, PUBLIC_EGRESS, type Egress } from './url.ts';

/** Listens where a metadata service or an admin page would. */
let canary: Server;
let port = 0;
let connections = 0;
let bytes = 0;
const senders: Sender[] = [];

beforeAll(async () => {
  canary = createServer((socket) => {
    connections += 1;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      bytes += chunk.length;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => canary.listen(0, '::', resolve));
  // safe because a server that listens on a port has such an address
  port = (canary.address() as AddressInfo).port;
});
beforeEach(() => {
  connections = 0;
  bytes = 0;
});
afterEach(() => {
  for (const sender of senders.splice(0)) sender.close();
});
afterAll(() => {
  canary.close();
});

const noName = (): Promise<never> => Promise.reject(new Error('no such name'));

/** A sender that may use http and the canary's port, so that only the host can be what is refused. */
function guarded(options: Partial<SenderOptions> = {}): Sender {
  const egress: Egress = { allowHttp: true, allowPrivate: false, ports: [port] };
  const sender = createSender({ egress, resolve: noName, ...options });
  senders.push(sender);
  return sender;
}

const message = { headers: {}, body: Buffer.from('{}') };
const codeOf = async (sender: Sender, url: string): Promise<string> => {
  const sent = await sender.send({ ...message, url });
  return sent.kind === 'failed' ? sent.code : `status ${sent.status}`;
};

const LITERALS = [
  '127.0.0.1',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0177.0.0.1',
  '017700000001',
  '127.0.0.1.',
  '①②⑦.0.0.1',
  '%31%32%37.0.0.1',
  '0',
  '0.0.0.0',
  '0.0.0.1',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.168.1.254',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '169.254.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '100.127.255.255',
  '192.0.0.1',
  '192.0.0.192',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '168.63.129.16',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::ffff:10.0.0.1]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::a9fe:a9fe]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2002:a9fe:a9fe::1]',
  '[2001::7f00:1]',
  '[fd00::1]',
  '[fd00:ec2::254]',
  '[fc00::1]',
  '[fe80::1]',
  '[fec0::1]',
  '[ff02::1]',
  '[2001:db8::1]',
  '[100::1]',
  '[4000::1]',
];
const NAMES = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'x.localhost',
  '%6c%6fcalhost',
  'printer.local',
  'metadata.google.internal',
  'metadata',
  'router.home.arpa',
  'db.lan',
  'db.corp',
  'a.localdomain',
];

describe('hosts inside', () => {
  it.each([...LITERALS, ...NAMES])('%s is refused without a connection', async (host) => {
    expect(await codeOf(guarded(), `http://${host}:${port}/`)).toBe('URL_REFUSED');
    expect(connections).toBe(0);
  });

  it('the canary would have been reached: without the guard it is', async () => {
    const egress = { allowHttp: true, allowPrivate: true };
    for (const host of ['127.0.0.1', '2130706433', '[::1]', '[::ffff:127.0.0.1]', 'localhost'])
      expect(
        await codeOf(
          guarded({ egress, resolve: async () => ['127.0.0.1'] }),
          `http://${host}:${port}/`,
        ),
      ).toBe('status 200');
    expect(connections).toBe(5);
  });
});

describe('URLs', () => {
  it.each([
    'http://hooks.example.com/',
    'ftp://hooks.example.com/',
    'file:///etc/passwd',
    'gopher://hooks.example.com/',
    'javascript:alert(1)',
    'data:text/plain,x',
    'hooks.example.com',
    '//hooks.example.com/',
    '',
    'https://',
    'https://user@hooks.example.com/',
    'https://user:word@hooks.example.com/',
    'https://hooks.example.com/#',
    'https://hooks.example.com/#a',
    'https://hooks.example.com:80/',
    'https://hooks.example.com:22/',
    'https://hooks.example.com:5432/',
    'https://hooks.example.com:0/',
    'https://hooks.example.com:99999/',
    ' https://hooks.example.com/',
    'https://hooks.example.com/\n',
    'https://hooks.exa\tmple.com/',
    'https:\\\\hooks.example.com\\',
    'https://hooks.example.com\\@127.0.0.1/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://hooks.example.com/\u0000',
    `https://hooks.example.com/${'a'.repeat(2048)}`,
  ])('%j is refused', (text) => {
    expect(checkUrl(text, PUBLIC_EGRESS)).toMatchObject({ ok: false });
  });

  it.each([
    'https://hooks.example.com/a?token=1',
    'https://hooks.example.com:8443/',
    'https://1.1.1.1/',
    'https://[2606:4700::1111]/',
    'https://bücher.example/',
    'https://hooks.example.com:443/',
  ])('%j is taken', (text) => {
    expect(checkUrl(text, PUBLIC_EGRESS)).toMatchObject({ ok: true });
  });

  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])('%s is public', (text) => {
    expect(isPublicAddress(text)).toBe(true);
  });

  it.each(['', 'x', 'localhost', '8.8.8.8 ', '8.8.8.8/32', 'fe80::1%eth0'])(
    '%j is not public',
    (text) => {
      expect(isPublicAddress(text)).toBe(false);
    },
  );
});

describe('names that resolve inside', () => {
  const url = (): string => `http://rebind.example.com:${port}/`;

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['169.254.169.254']],
    [['::ffff:127.0.0.1']],
    [['64:ff9b::7f00:1']],
    [['8.8.8.8', '127.0.0.1']],
    [['10.0.0.1', '8.8.8.8']],
    [['not an address']],
  ])('%j is refused without a connection', async (addresses) => {
    expect(await codeOf(guarded({ resolve: async () => addresses }), url())).toBe(
      'ADDRESS_REFUSED',
    );
    expect(connections).toBe(0);
  });

  it('a name is asked once for each connection, and what was checked is what is connected to', async () => {
    const asked: string[] = [];
    const reached: string[] = [];
    const answers = [['8.8.8.8'], ['127.0.0.1']];
    const sender = guarded({
      resolve: async (host) => {
        asked.push(host);
        return answers[asked.length - 1] ?? ['127.0.0.1'];
      },
      connect: (address) => {
        reached.push(address);
        return connect({ host: '127.0.0.1', port: 1 });
      },
    });
    expect(await codeOf(sender, url())).toBe('CONNECT_FAILED');
    expect(await codeOf(sender, url())).toBe('ADDRESS_REFUSED');
    expect([asked.length, reached]).toEqual([2, ['8.8.8.8']]);
    expect(connections).toBe(0);
  });

  it('a connection that leads inside all the same ends before a byte is written', async () => {
    const led = (secure: boolean) =>
      guarded({
        egress: { allowHttp: !secure, allowPrivate: false, ports: [port] },
        resolve: async () => ['8.8.8.8'],
        connect: () => connect({ host: '127.0.0.1', port }),
      });
    expect(await codeOf(led(false), url())).toBe('ADDRESS_REFUSED');
    expect(await codeOf(led(true), url().replace('http:', 'https:'))).toBe('ADDRESS_REFUSED');
    expect(bytes).toBe(0);
  });

  it.each([
    ['throws', noName],
    ['gives nothing', async () => []],
  ])('a resolver that %s fails the attempt', async (_what, resolve) => {
    expect(await codeOf(guarded({ resolve }), url())).toBe('DNS_FAILED');
  });

  it('a resolver that never answers ends with the time to connect', async () => {
    const resolve = (): Promise<never> => new Promise(() => undefined);
    expect(await codeOf(guarded({ resolve, timeouts: { connectMs: 50 } }), url())).toBe(
      'CONNECT_TIMEOUT',
    );
  });
});

describe('addresses of the own network that are listed', () => {
  const allowing = (ranges: readonly string[], options: Partial<SenderOptions> = {}): Sender =>
    guarded({ egress: egressAllowing(ranges), ...options });
  const elsewhere = '10.1.0.0/16';

  it('are reached by address and by name, by http and on any port, and nothing else is', async () => {
    const resolve = async (): Promise<string[]> => ['127.0.0.1'];
    const sender = allowing(['127.0.0.1/32'], { resolve });
    expect(await codeOf(sender, `http://127.0.0.1:${port}/`)).toBe('status 200');
    expect(await codeOf(sender, `http://till.local:${port}/`)).toBe('status 200');
    expect(connections).toBe(2);
    for (const host of ['127.0.0.2', '[::1]', '10.0.0.1', '169.254.169.254'])
      expect(await codeOf(sender, `http://${host}:${port}/`)).toBe('URL_REFUSED');
    expect(connections).toBe(2);
  });

  it.each(['127.0.0.1', '169.254.169.254', '10.2.0.1', '::1', '8.8.8.8'])(
    'a name that resolves to %s, which is not listed, is refused without a connection',
    async (address) => {
      const sender = allowing([elsewhere], { resolve: async () => [address] });
      expect(await codeOf(sender, `http://till.local:${port}/`)).toBe('ADDRESS_REFUSED');
      const mixed = allowing(['127.0.0.1'], { resolve: async () => ['127.0.0.1', '10.9.9.9'] });
      expect(await codeOf(mixed, `http://till.local:${port}/`)).toBe('ADDRESS_REFUSED');
      expect(connections).toBe(0);
    },
  );

  it('public addresses keep their rules', async () => {
    const egress = egressAllowing([elsewhere]);
    expect(checkUrl('http://8.8.8.8/', egress)).toMatchObject({ ok: false });
    expect(checkUrl('https://8.8.8.8:22/', egress)).toMatchObject({ ok: false });
    expect(checkUrl('https://8.8.8.8/', egress)).toMatchObject({ ok: true });
    const reached: string[] = [];
    const sender = allowing([elsewhere], {
      resolve: async () => ['8.8.8.8'],
      connect: (address) => {
        reached.push(address);
        return connect({ host: '127.0.0.1', port: 1 });
      },
    });
    expect(await codeOf(sender, 'https://hooks.example.com:22/')).toBe('ADDRESS_REFUSED');
    expect(await codeOf(sender, 'http://hooks.example.com:443/')).toBe('ADDRESS_REFUSED');
    expect(reached).toEqual([]);
    expect(await codeOf(sender, 'https://hooks.example.com/')).toBe('CONNECT_FAILED');
    expect(reached).toEqual(['8.8.8.8']);
  });

  it('a connection that leads elsewhere inside ends before a byte is written', async () => {
    const led = allowing([elsewhere], {
      resolve: async () => ['10.1.2.3'],
      connect: () => connect({ host: '127.0.0.1', port }),
    });
    expect(await codeOf(led, `http://till.local:${port}/`)).toBe('ADDRESS_REFUSED');
    expect(bytes).toBe(0);
  });

  it('the widest ranges open no metadata service, link-local, multicast or public address', () => {
    const inside = listedInside(['0.0.0.0/0', '::/0']);
    for (const address of ['10.0.0.1', '192.168.1.1', '100.64.0.1', '127.0.0.1', '::1', 'fd00::1'])
      expect([address, inside(address)]).toEqual([address, true]);
    expect(inside('::ffff:10.0.0.1')).toBe(true);
    const never = ['169.254.169.254', 'fe80::1', 'fd00:ec2::254', '168.63.129.16', '0.0.0.0'];
    for (const address of [...never, '224.0.0.1', '255.255.255.255', '8.8.8.8', 'x', ''])
      expect([address, inside(address)]).toEqual([address, false]);
  });
});
