import { describe, expect, test } from 'vitest';
import { printedLogo, shownLogo } from './logo.ts';
import type { KnownImage } from './state.ts';

const variant = (type: 'image/jpeg' | 'image/webp', width: number, bytes = 9_000) => ({
  type,
  width,
  height: width / 2,
  bytes,
  key: `${type} ${width}`,
  sha256: 'a'.repeat(64),
});
const LOGO: KnownImage = {
  status: 'published',
  personId: null,
  type: 'image/png',
  width: 1280,
  height: 640,
  variants: [320, 640, 1280].flatMap((width) => [
    variant('image/webp', width),
    variant('image/jpeg', width),
  ]),
  alt: null,
};

describe('the logo', () => {
  test('is shown to guests only when it is published, and is never the picture of a person', () => {
    expect(shownLogo(LOGO)).toMatchObject({ width: 1280, height: 640 });
    expect(JSON.stringify(shownLogo(LOGO))).not.toContain('sha256');
    expect(shownLogo({ ...LOGO, status: 'private' })).toBeNull();
    expect(shownLogo({ ...LOGO, status: 'removed' })).toBeNull();
    expect(shownLogo({ ...LOGO, personId: 'ana' })).toBeNull();
    expect(shownLogo({ status: 'unknown' })).toBeNull();
  });

  test('is printed from its widest JPEG that paper can show, also while it is private', () => {
    expect(printedLogo(LOGO)?.key).toBe('image/jpeg 640');
    expect(printedLogo({ ...LOGO, status: 'private' })?.key).toBe('image/jpeg 640');
    const heavy = {
      ...LOGO,
      variants: [variant('image/jpeg', 320), variant('image/jpeg', 640, 1e6)],
    };
    expect(printedLogo(heavy)?.key).toBe('image/jpeg 320');
  });

  test('is on no paper where it is gone, of a person, or kept in no form that paper takes', () => {
    expect(printedLogo({ ...LOGO, status: 'removed' })).toBeNull();
    expect(printedLogo({ ...LOGO, personId: 'ana' })).toBeNull();
    expect(printedLogo({ ...LOGO, variants: null })).toBeNull();
    expect(printedLogo({ ...LOGO, variants: [variant('image/webp', 320)] })).toBeNull();
    expect(printedLogo({ status: 'unknown' })).toBeNull();
  });
});
