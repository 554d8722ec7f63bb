/** The pages as a browser without JavaScript meets them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../test/support/until.ts';
import { publicFixture, type PublicFixture } from './public.fixture.ts';

let house: PublicFixture;
const base = '/public/default';

beforeAll(async () => {
  house = await publicFixture({ tables: 1 });
  await until('the place is on the list', async () => {
    const { status } = await house.page(`${base}/menu`);
    return status === 200;
  });
});
afterAll(() => house.close());

describe('a page', () => {
  test('has a strict policy, and the name of the house as text', async () => {
    const { status, text, headers } = await house.page(`${base}/menu`);
    expect(status).toBe(200);
    expect(text).toContain('Bar &lt;Pod&gt; &quot;Wawelem&quot; &amp; Co');
    expect(text).not.toContain('<Pod>');
    expect(text).not.toMatch(/<script|style="|<style|javascript:| on\w+=/i);
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'self';/,
    );
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  });

  test.each([
    ['', 'pl', 'Zarezerwuj'],
    ['?lang=en', 'pl', 'Book a table'],
    ['?lang=pt-BR', 'pl', 'Reservar'],
    ['', 'de', 'Zarezerwuj'],
  ])('with %s for whoever reads %s says %s', async (query, accepted, words) => {
    const { text } = await house.page(`${base}/menu${query}`, { 'accept-language': accepted });
    expect(text).toContain(words);
  });

  test('of an unknown house is a page that says so, in the language of the visitor', async () => {
    const { status, text, headers } = await house.page('/public/nobody/book', {
      'accept-language': 'en',
    });
    expect([status, headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(text).toContain('There is nothing here');
  });

  test('passes over what others added to its address', async () => {
    const { status } = await house.page(`${base}/book?fbclid=x&utm_source=&party=2&party=3`);
    expect(status).toBe(200);
  });
});
