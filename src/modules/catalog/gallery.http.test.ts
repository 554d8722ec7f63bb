import { once } from 'node:events';
import { connect } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { IMAGE_BYTES_MAX } from '../../core/images.ts';
import { ADMIN_KEY } from '../../http/fixture.ts';
import { bomb, picture } from '../../platform/images/pictures.fixture.ts';
import { openGallery, type Gallery } from './gallery.fixture.ts';
import { holderOf } from './images/holder.ts';
import { sweepGallery } from './index.ts';

let gallery: Gallery;
let otherKey: string;
beforeAll(async () => {
  gallery = await openGallery();
  otherKey = await gallery.tenant('other');
});
afterAll(() => gallery.close());

let shades = 0;
/** A picture that no other test has, far enough from the others to stay apart when it is compressed. */
function fresh(width = 400, height = 300): Promise<Buffer> {
  shades += 1;
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: { r: (shades * 97) % 256, g: (shades * 151) % 256, b: 9 },
    },
  })
    .jpeg()
    .toBuffer();
}

async function uploadAnswer(bytes?: Buffer, query = '') {
  const answer = await gallery.upload(bytes ?? (await fresh()), { query });
  expect(answer.status).toBe(201);
  return answer;
}

async function uploaded(bytes?: Buffer, query = ''): Promise<string> {
  return (await uploadAnswer(bytes, query)).body.id;
}

/** How many pictures the list has once it has this one. */
async function listedAfter({ body: { cursor } }: Awaited<ReturnType<typeof uploadAnswer>>) {
  return (await gallery.json(`/v1/catalog/images?wait=${cursor}`)).body.items.length;
}

async function published(bytes?: Buffer, query = ''): Promise<string> {
  const id = await uploaded(bytes, query);
  await gallery.command(`images/${id}/describe`, { alt: { en: 'A wall' } });
  expect((await gallery.command(`images/${id}/publish`)).status).toBe(200);
  return id;
}

const publicly = (id: string, file = '320.webp', slug = 'default'): string =>
  `/public/${slug}/images/${id}/${file}`;

interface Refused {
  readonly what: string;
  readonly make: () => Uint8Array;
  readonly type: string;
  readonly status: number;
  readonly code: string;
}
const NO_TYPE = { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' };
const UNREADABLE = { status: 422, code: 'IMAGE_UNREADABLE' };

describe('an upload', () => {
  test('becomes variants that whoever may read the catalog can have', async () => {
    const id = await uploaded(await fresh(700, 350));
    const { body } = await gallery.json(`/v1/catalog/images/${id}`);
    expect(body).toMatchObject({ status: 'private', width: 700, height: 350, alt: null });
    const files = body.sources.map(({ file }: { file: string }) => file);
    expect(files).toEqual(['320.webp', '320.jpg', '640.webp', '640.jpg', '700.webp', '700.jpg']);
    const answer = await gallery.call(`/v1/catalog/images/${id}/640.jpg`);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    });
    const content = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(content.length));
    expect(await sharp(content).metadata()).toMatchObject({ format: 'jpeg', width: 640 });
    expect(JSON.stringify(body)).not.toMatch(/"(key|sha256)"/);
  });

  test('is judged by its content, not by the type that was declared', async () => {
    const png = await picture(20, 20).png().toBuffer();
    const answer = await gallery.upload(png, { type: 'image/jpeg' });
    expect(answer.status).toBe(201);
    const { body } = await gallery.json(`/v1/catalog/images/${answer.body.id}`);
    expect(body.type).toBe('image/png');
  });

  test('loses where it was taken, in what is served and in what is kept', async () => {
    const gps = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 13/1 47/1' } };
    const exif = { IFD0: { Copyright: 'canary-exif' }, ...gps };
    const bytes = await picture(333, 222).withExif(exif).jpeg().toBuffer();
    expect(bytes.includes('canary-exif')).toBe(true);
    const id = await uploaded(bytes);
    for (const file of ['320.webp', '320.jpg', '333.webp', '333.jpg']) {
      const served = await gallery.bytes(`/v1/catalog/images/${id}/${file}`);
      expect(served?.includes('canary-exif')).toBe(false);
      expect((await sharp(served!).metadata()).exif).toBeUndefined();
    }
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script/></svg>';
  test.each<Refused>([
    {
      what: 'an SVG that says so',
      make: () => Buffer.from(svg),
      type: 'image/svg+xml',
      ...NO_TYPE,
    },
    {
      what: 'an SVG that says PNG',
      make: () => Buffer.from(svg),
      type: 'image/png',
      ...UNREADABLE,
    },
    { what: 'a renamed text', make: () => Buffer.from('hello'), type: 'image/jpeg', ...UNREADABLE },
    { what: 'nothing', make: () => new Uint8Array(0), type: 'image/jpeg', ...UNREADABLE },
    {
      what: 'a bomb',
      make: () => bomb(30_000),
      type: 'image/png',
      status: 422,
      code: 'IMAGE_TOO_LARGE',
    },
    {
      what: 'more bytes than may be',
      make: () => new Uint8Array(IMAGE_BYTES_MAX + 1),
      type: 'image/png',
      status: 413,
      code: 'TOO_LARGE',
    },
  ])('that is $what is refused and leaves nothing', async ({ make, type, status, code }) => {
    const before = await gallery.held();
    const answer = await gallery.upload(make(), { type });
    expect(answer).toMatchObject({ status, body: { code } });
    expect(await gallery.held()).toBe(before);
  });

  test('without a length is cut at the most, and answered', async () => {
    const chunk = new Uint8Array(1024 * 1024);
    let left = 40;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        left -= 1;
        if (left === 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const headers = { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'image/png' };
    const init = { method: 'POST', headers, body, duplex: 'half' } as const;
    // The server closes while more is sent: the answer may be lost to the sender, as with any server.
    const status = await fetch(`${gallery.url}/v1/catalog/images`, init).then(
      (answer) => answer.status,
      () => 413,
    );
    expect(status).toBe(413);
  });

  test('that is cut in the middle leaves nothing', async () => {
    const before = await gallery.held();
    const listed = await listedAfter(await uploadAnswer());
    const { hostname, port } = new URL(gallery.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(
      `POST /v1/catalog/images HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ADMIN_KEY}\r\n` +
        'Content-Type: image/jpeg\r\nContent-Length: 100000\r\n\r\n',
    );
    socket.write((await fresh()).subarray(0, 500));
    socket.resetAndDestroy();
    // Whatever comes next finds the worker free and nothing of the other.
    expect(await listedAfter(await uploadAnswer())).toBe(listed + 1);
    expect(await gallery.held()).toBe(before + 8);
  });

  test('with the same Idempotency-Key is one picture', async () => {
    const bytes = await fresh();
    const headers = { 'idempotency-key': '"once"' };
    const first = await gallery.upload(bytes, { headers });
    const file = `/v1/catalog/images/${first.body.id}/320.webp`;
    const before = await gallery.held();
    const again = await gallery.upload(bytes, { headers });
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await gallery.upload(await fresh(), { headers });
    expect(other.body.code).toBe('IDEMPOTENCY_MISMATCH');
    // The same pixels in another type: its variants are those of the first, which must not lose them.
    const twin = await sharp(bytes).png().toBuffer();
    const alike = await gallery.upload(twin, { headers, type: 'image/png' });
    expect(alike.body.code).toBe('IDEMPOTENCY_MISMATCH');
    expect(await gallery.held()).toBe(before);
    expect(await gallery.bytes(file)).not.toBeNull();
  });

  test('leaves one entry in the audit trail, however often it is repeated; a removal another', async () => {
    const bytes = await fresh();
    const headers = { 'idempotency-key': 'audited' };
    const { body } = await gallery.upload(bytes, { headers });
    await gallery.upload(bytes, { headers });
    await gallery.command(`images/${body.id}/remove`);
    const about = gallery.noted.filter(({ subject }) => subject === `catalog.images/${body.id}`);
    expect(about).toMatchObject([
      { class: 'audit', route: 'POST /v1/catalog/images', after: { command: 'UploadImage' } },
      { route: 'POST /v1/catalog/images/{id}/remove', after: { command: 'RemoveImage' } },
    ]);
    expect(about[0]?.actor).not.toBeNull();
    expect(JSON.stringify(about)).not.toMatch(/sha256/);
  });

  test('needs the permission, and takes no picture as JSON', async () => {
    const { key } = await gallery.key(ADMIN_KEY, ['catalog:read']);
    expect((await gallery.upload(await fresh(), { key })).status).toBe(403);
    expect((await gallery.command('images', { type: 'image/png' })).status).toBe(415);
  });
});

describe('a published picture', () => {
  test('is for everybody and for long; one that is not, is as unknown', async () => {
    const id = await published();
    const answer = await gallery.call(publicly(id), { key: null });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('set-cookie')).toBeNull();
    const etag = answer.headers.get('etag') ?? '';
    const again = await gallery.call(publicly(id), {
      key: null,
      headers: { 'if-none-match': `"x", W/${etag}` },
    });
    expect([again.status, await again.text()]).toEqual([304, '']);

    const hidden = await uploaded();
    await gallery.command(`images/${id}/unpublish`);
    const problem = async (address: string, key: string | null = null) => {
      const { status, body } = await gallery.json(address, { key });
      return { status, ...body, traceId: '' };
    };
    const unknown = await problem(publicly('nothing'));
    expect(unknown.status).toBe(404);
    for (const address of [
      publicly(id),
      publicly(hidden),
      publicly(id, '9.webp'),
      publicly(id, '320.webp', 'nobody'),
    ])
      expect(await problem(address)).toEqual(unknown);
    const own = `/v1/catalog/images/${id}/320.webp`;
    expect((await problem(own, ADMIN_KEY)).status).toBe(200);
    expect(await problem(own, otherKey)).toEqual(unknown);
  });

  test('must have been described', async () => {
    const id = await uploaded();
    const refused = await gallery.command(`images/${id}/publish`);
    expect([refused.status, refused.body.code]).toEqual([409, 'ALT_TEXT_MISSING']);
  });
});

test('K13: what two pictures have in common goes with the last of them', async () => {
  const bytes = await fresh();
  const [one, two] = [await uploaded(bytes), await uploaded(bytes)];
  const kept = gallery.store.kept.size;
  expect((await gallery.command(`images/${one}/remove`)).status).toBe(200);
  expect(gallery.store.kept.size).toBe(kept);
  expect(await gallery.bytes(`/v1/catalog/images/${one}/320.webp`)).toBeNull();
  expect(await gallery.bytes(`/v1/catalog/images/${two}/320.webp`)).not.toBeNull();
  expect((await gallery.command(`images/${two}/remove`)).status).toBe(200);
  expect(gallery.store.kept.size).toBe(kept - 4);
  expect((await gallery.command(`images/${two}/remove`)).status).toBe(200);
  const foreign = await gallery.command(`images/${one}/remove`, {}, otherKey);
  expect(foreign.status).toBe(404);
});

test('a picture of a person is gone with the person, and so is what is kept of it', async () => {
  const id = await published(undefined, '?personId=guest-1');
  const answer = await gallery.call(publicly(id), { key: null });
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([
    200,
    'public, max-age=300',
  ]);
  const { personal, projections } = gallery.modules;
  const reference = personal.referenceOf('default', 'guest-1');
  const person = { tenant: 'default', personId: 'guest-1', reference };
  const before = gallery.store.kept.size;
  personal.forget(reference);
  await gallery.blobs.forget(person);
  await projections.forget(person);
  expect(gallery.store.kept.size).toBe(before - 4);
  expect(await gallery.bytes(publicly(id), null)).toBeNull();
  expect(await gallery.bytes(`/v1/catalog/images/${id}/320.webp`)).toBeNull();
  const { body } = await gallery.json(`/v1/catalog/images/${id}`);
  expect(body).toMatchObject({ sources: null, alt: null });
  const refused = await gallery.upload(await fresh(), { query: '?personId=guest-1' });
  expect(refused.body.code).toBe('PERSON_ERASED');
});

describe('K14: blobs of pictures that never came to be', () => {
  const LATER = Date.now() + 2 * 3600 * 1000;
  const put = (imageId: string, text: string) =>
    gallery.blobs.put({
      tenant: 'default',
      owner: { kind: 'tenant' },
      holder: holderOf(imageId),
      content: [Buffer.from(text)],
      bytesMax: 100,
    });
  const sweep = (nowMs: number): Promise<number> =>
    sweepGallery({ ...gallery.modules, blobs: gallery.blobs, clock: { nowMs: () => nowMs } });

  test('are let go an hour later; those of pictures that are there stay', async () => {
    await sweep(LATER);
    const there = await uploaded();
    const before = await gallery.held();
    const { key } = await put('never-came-to-be', 'lost');
    expect(await sweep(Date.now())).toBe(0);
    expect(await sweep(LATER)).toBe(1);
    expect(await gallery.blobs.open('default', key)).toBeNull();
    expect(await gallery.held()).toBe(before);
    expect(await gallery.bytes(`/v1/catalog/images/${there}/320.webp`)).not.toBeNull();
  });

  test('are let go too when the process ended after a removal', async () => {
    const id = await uploaded();
    const answer = await gallery.command(`images/${id}/remove`);
    await put(id, 'still held');
    await gallery.json(`/v1/catalog/images?wait=${answer.body.cursor}`);
    expect(await sweep(LATER)).toBe(1);
  });

  test('a picture that no list has yet is asked of the log, and stays', async () => {
    const id = await uploaded();
    const reader = () => ({ getMany: () => Promise.resolve(new Map()) });
    // safe because a sweep reads nothing else of the projections
    const projections = { reader } as never;
    const deps = { ...gallery.modules, projections, blobs: gallery.blobs };
    await sweepGallery({ ...deps, clock: { nowMs: () => LATER } });
    expect(await gallery.bytes(`/v1/catalog/images/${id}/320.webp`)).not.toBeNull();
  });
});

describe('albums, products and pages', () => {
  test('show pictures in order; everybody sees those that are published', async () => {
    const [a, b, hidden] = [await published(), await published(), await uploaded()];
    const { body: album } = await gallery.command('albums', { name: { en: 'Terrace' } });
    for (const imageId of [a, hidden]) await gallery.command(`albums/${album.id}/add`, { imageId });
    await gallery.command(`albums/${album.id}/add`, { imageId: b, at: 0 });
    const answer = await gallery.command(`albums/${album.id}/publish`);
    const shown = await gallery.json(
      `/v1/catalog/images/shown?albumId=${album.id}&wait=${answer.body.cursor}`,
    );
    expect(shown.body.items.map(({ id }: { id: string }) => id)).toEqual([b, a, hidden]);
    const everybody = await until('the gallery shows the album', async () => {
      const { body } = await gallery.json('/public/default/gallery', { key: null });
      return body.albums.length > 0 ? body.albums : undefined;
    });
    expect(everybody).toMatchObject([{ name: { en: 'Terrace' }, images: [{ id: b }, { id: a }] }]);

    const page = { page: 'about', imageIds: [a, hidden] };
    expect((await gallery.command('pictures', page)).body.id).toBe('page~about');
    const about = await gallery.json('/public/default/pictures/about', { key: null });
    expect(about.body.images.map(({ id }: { id: string }) => id)).toEqual([a]);
    expect(
      (await gallery.json('/public/nobody/pictures/about', { key: null })).body.images,
    ).toEqual([]);
  });

  test('take no picture of another tenant', async () => {
    const id = await uploaded();
    const answer = await gallery.command('pictures', { page: 'about', imageIds: [id] }, otherKey);
    expect([answer.status, answer.body.code]).toEqual([409, 'IMAGE_UNKNOWN']);
  });

  test('a menu has the published pictures of its products, in order', async () => {
    const place = await gallery.json('/v1/business/locations', {
      method: 'POST',
      body: {
        name: 'Bar',
        timeZone: 'Europe/Warsaw',
        currency: 'PLN',
        taxes: {
          mode: 'inclusive',
          rates: [{ taxClass: 'standard', channel: null, label: 'A', rate: 23_000 }],
        },
        languages: ['en'],
      },
    });
    const espresso = await gallery.command('products', {
      name: { en: 'Espresso' },
      price: 900,
      taxClass: 'standard',
    });
    const productId = espresso.body.id;
    const [a, b, hidden] = [await published(), await published(), await uploaded()];
    const guest = await published(undefined, '?personId=guest-2');
    const set = await gallery.command('pictures', { productId, imageIds: [b, hidden, guest, a] });
    expect([set.status, set.body.id]).toEqual([201, `product~${productId}`]);
    const menu = async (cursor: string) => {
      const query = `locationId=${place.body.id}&wait=${cursor}`;
      const { body } = await gallery.json(`/v1/catalog/menu?${query}`);
      return body.sections[0].products[0].pictures;
    };
    const pictures = await menu(set.body.cursor);
    expect(pictures).toMatchObject([
      { imageId: b, alt: 'A wall', sources: [{ file: '320.webp' }, {}, {}, {}] },
      { imageId: a },
    ]);
    const taken = await gallery.command(`images/${b}/unpublish`);
    expect(await menu(taken.body.cursor)).toMatchObject([{ imageId: a }]);
  });
});
