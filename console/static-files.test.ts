import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseMessage, readMessages } from './static/api.js';

const folder = new URL('static/', import.meta.url);
const files = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));

test('the page asks no other host for anything', () => {
  for (const { text } of files)
    expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/\bhttps?:\/\/|url\(/);
});

test('the page has no inline script or style, which its policy would refuse', () => {
  const html = files.find((file) => file.name === 'index.html')?.text ?? '';
  expect(html).toMatch(/<script type="module" src="\.\/console\.js"><\/script>/);
  expect(html).not.toMatch(/<style|\sstyle=|\son\w+=|<script>/);
});

test('text of events never becomes markup', () => {
  for (const { name, text } of files)
    if (name.endsWith('.js'))
      expect(text).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|eval\(/);
});

test('every file that the page names is there', () => {
  const names = new Set(files.map((file) => file.name));
  for (const { text } of files)
    for (const [, name] of text.matchAll(/(?:from '|src="|href=")\.\/([\w.-]+)/g))
      expect(names).toContain(name);
});

test('a message of the tail is read with its cursor, and a comment carries none', () => {
  expect(parseMessage('id: c1\ndata: {"id":"1"}')).toEqual({
    id: 'c1',
    event: 'message',
    data: '{"id":"1"}',
  });
  expect(parseMessage('event: dropped\ndata: {}').event).toBe('dropped');
  expect(parseMessage(': keep-alive').data).toBe('');
});

test('messages are whole however the bytes are cut', async () => {
  const bytes = new TextEncoder().encode(
    ': alive\n\nid: a\ndata: "żółw"\n\nid: b\ndata: 2\n\nid: c',
  );
  for (const size of [1, 2, 7, bytes.length]) {
    const chunks = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size)
          controller.enqueue(bytes.subarray(at, at + size));
        controller.close();
      },
    });
    const seen: string[] = [];
    await readMessages(new Response(chunks), ({ id, data }) => seen.push(`${id} ${data}`));
    expect(seen).toEqual(['a "żółw"', 'b 2']);
  }
});
