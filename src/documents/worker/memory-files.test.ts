import { expect, test } from 'vitest';
import { lengthOf, MemoryFiles } from './memory-files.ts';

test('a file with a gap reads as it is before and behind it, and as lines within', () => {
  const files = new MemoryFiles(1_000);
  const bytes = Buffer.from('beforebehind');
  files.put('/in', bytes, { at: 6, bytes: 2_000_000_000 });
  expect(lengthOf(files.find('/in'))).toBe(2_000_000_012);
  expect(files.get('/in')).toEqual(bytes);
  const descriptor = files.open('/in', 0);
  const read = (position: number, length: number, from = 0): string => {
    files.seek(descriptor, position, from);
    const into = Buffer.alloc(length, 'x');
    return into.subarray(0, files.read(descriptor, into)).toString();
  };
  expect(read(0, 6)).toBe('before');
  expect(read(4, 8)).toBe('re');
  expect(read(6, 8)).toBe('}\n}\n}\n}\n');
  expect(read(1_001, 4)).toBe('\n}\n}');
  expect(read(-8, 8, 2)).toBe('}\n');
  expect(read(-6, 8, 2)).toBe('behind');
  expect(read(0, 8, 2)).toBe('');
});
