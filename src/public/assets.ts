/** GET /public/assets/{file}: the style, fonts and scripts of the pages, from a list that is fixed here. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../core/errors.ts';
import { OPEN, type Route } from '../http/route.ts';

const OWN = path.join(import.meta.dirname, 'static');
const INTER = path.join(import.meta.dirname, '../../node_modules/@fontsource-variable/inter/files');

const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const FONT = 'font/woff2';

/** By name in the address. */
const FILES: Readonly<Record<string, { readonly file: string; readonly type: string }>> = {
  'page.css': { file: path.join(OWN, 'page.css'), type: CSS },
  'logo.svg': { file: path.join(OWN, 'logo.svg'), type: 'image/svg+xml' },
  'order.js': { file: path.join(OWN, 'order.js'), type: SCRIPT },
  'quiz.js': { file: path.join(OWN, 'quiz.js'), type: SCRIPT },
  'quiz-proof.js': { file: path.join(OWN, 'quiz-proof.js'), type: SCRIPT },
  'inter-latin.woff2': { file: path.join(INTER, 'inter-latin-wght-normal.woff2'), type: FONT },
  'inter-latin-ext.woff2': {
    file: path.join(INTER, 'inter-latin-ext-wght-normal.woff2'),
    type: FONT,
  },
};

/** An address with the digest of its content never changes what it means. */
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';
const DIGEST_CHARACTERS = 12;

interface Asset {
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly type: string;
}

const read = new Map<string, Asset | null>();

/** Null for a name that is none, and for a font that is not installed. */
function assetOf(name: string): Asset | null {
  const found = read.get(name);
  if (found !== undefined) return found;
  const known = Object.hasOwn(FILES, name) ? FILES[name] : undefined;
  if (known === undefined || !existsSync(known.file)) return null;
  const bytes = known.type === CSS ? styleOf(known.file) : readFileSync(known.file);
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, DIGEST_CHARACTERS);
  const asset = { bytes, digest, type: known.type };
  read.set(name, asset);
  return asset;
}

/** Fonts are named by file in the style, and by address with digest in what is served. */
function styleOf(file: string): Uint8Array {
  const text = readFileSync(file, 'utf8');
  return Buffer.from(
    text.replaceAll(/url\(([\w.-]+)\)/g, (_, name: string) => `url(${assetAddress(name)})`),
  );
}

export function assetAddress(name: string): string {
  const asset = assetOf(name);
  return `/public/assets/${name}${asset === null ? '' : `?v=${asset.digest}`}`;
}

export const assetRoute: Route = {
  method: 'GET',
  path: '/public/assets/{file}',
  operationId: 'readPublicAsset',
  tag: 'Public pages',
  summary: 'Style, fonts and scripts of the public pages',
  access: OPEN,
  parameters: [
    {
      name: 'file',
      in: 'path',
      description: 'One of the files of the pages.',
      schema: { type: 'string', maxLength: 60 },
      example: 'page.css',
    },
    {
      name: 'v',
      in: 'query',
      description: 'Digest of the content: with it the copy may be kept for ever.',
      schema: { type: 'string', maxLength: 20 },
    },
  ],
  answers: {
    200: {
      description: 'The file',
      contentType: 'text/css',
      headers: ['cache-control'],
      schema: { type: 'string' },
    },
  },
  errors: ['NOT_FOUND'],
  handle({ params, query }) {
    const asset = assetOf(params['file'] ?? '');
    if (asset === null) throw new Failure('NOT_FOUND', 'There is no such file.');
    const isThis = query.get('v') === asset.digest;
    return {
      status: 200,
      contentType: asset.type,
      headers: { 'cache-control': isThis ? FOREVER : ASK_AGAIN },
      body: asset.bytes,
    };
  },
};
