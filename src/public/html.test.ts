import { expect, test } from 'vitest';
import { html, keptHtml, textOf } from './html.ts';

const HOSTILE = `"><script>alert(1)</script>' onload='x &amp; \0`;

test('whatever is put in is text, in elements and in attributes', () => {
  const shown = textOf(html`<p title="${HOSTILE}">${HOSTILE}</p>`);
  const safe =
    '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39; onload=&#39;x &amp;amp; \ufffd';
  expect(shown).toBe(`<p title="${safe}">${safe}</p>`);
});

test('markup in markup stays markup; lists are joined, nothing is left out', () => {
  const rows = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
  const shown = textOf(html`<p>${rows}${null}${undefined}${false}${0}</p>`);
  expect(shown.replaceAll(/\s/g, '')).toBe('<p><li>a</li><li>&lt;b&gt;</li>0</p>');
});

test('an object that looks like markup is none', () => {
  const forged = JSON.parse('{"Symbol(html)":"<script>","html":"<script>"}') as never;
  expect(() => textOf(html`${forged}`)).toThrow(TypeError);
});

test('what was kept is markup again', () => {
  expect(textOf(html`${keptHtml(textOf(html`<i>${'<'}</i>`))}`)).toBe('<i>&lt;</i>');
});
