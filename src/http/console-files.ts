/** The console's built files, its page under every address of its own, or a page that says how to get it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { page } from './docs-html.ts';
import { PAGE_POLICY } from './security-headers.ts';

const NOT_BUILT = page({
  title: 'Comptoir',
  body: `<h1>Comptoir is running</h1>
<p>The console has not been built. <code>npm start</code> builds it when it is stale; the interface works without it.</p>
<ul><li><a href="/docs">The API</a></li><li><a href="/health/ready">Health</a></li></ul>`,
});

/** Built files carry a hash of their content in their name, so they never change. */
const ASSET_SECONDS = 365 * 24 * 3600;

/** Addresses that are never the console's: a wrong one there is answered as a problem. */
const NOT_CONSOLE = /^\/(?:v1|public|health|docs|assets|metrics|openapi\.json)(?:\/|\?|$)/;

/** Whether the folder holds a built console. */
export function isBuilt(folder: string | null): folder is string {
  return folder !== null && existsSync(join(folder, 'index.html'));
}

export async function mountConsole(app: FastifyInstance, folder: string | null): Promise<void> {
  if (!isBuilt(folder)) {
    app.get('/', (_request, reply) => sendPage(reply, NOT_BUILT));
    return;
  }
  await app.register(fastifyStatic, {
    root: folder,
    prefix: '/',
    // Dot files are never part of a build.
    dotfiles: 'ignore',
    preCompressed: true,
    cacheControl: false,
    setHeaders(response, path) {
      void response.header('content-security-policy', PAGE_POLICY);
      const isAsset = path.startsWith(join(folder, 'assets'));
      void response.header(
        'cache-control',
        isAsset ? `public, max-age=${ASSET_SECONDS}, immutable` : 'no-cache',
      );
    },
  });
}

/**
 * The page for an address that only the console's router knows, such as a bookmarked `/events`; null when the request
 * is not a browser's navigation or there is no console.
 */
export function consolePage(folder: string | null): (request: FastifyRequest) => string | null {
  const html = isBuilt(folder) ? readFileSync(join(folder, 'index.html'), 'utf8') : null;
  return ({ method, url, headers }) => {
    const isNavigation = method === 'GET' && (headers.accept ?? '').includes('text/html');
    return isNavigation && !NOT_CONSOLE.test(url) ? html : null;
  };
}

export function sendPage(reply: FastifyReply, html: string): FastifyReply {
  return reply
    .headers({ 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-cache' })
    .type('text/html; charset=utf-8')
    .send(html);
}
