import { describe, expect, it } from 'vitest';
import { parseStartCommand, readStartCommand } from './start-command.ts';

describe('the command of npm start', () => {
  it('is read as settings and flags', () => {
    expect(parseStartCommand('A_B=1 C=x=y node --one=2 --two src/main.ts')).toEqual({
      environment: { A_B: '1', C: 'x=y' },
      flags: ['--one=2', '--two'],
    });
  });

  it('is refused in a form that tests and benches would run differently', () => {
    for (const script of ['node src/other.ts', 'nice node src/main.ts', 'node src/main.ts --x'])
      expect(() => parseStartCommand(script)).toThrow('unknown form');
  });

  it('bounds the young generation and the allocator and caches what is compiled, as bin/comptoir does', async () => {
    const { readFile } = await import('node:fs/promises');
    const { bin } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    expect(bin).toEqual({ comptoir: 'bin/comptoir' });
    const launcher = await readFile(new URL('../../bin/comptoir', import.meta.url), 'utf8');
    const { environment, flags } = readStartCommand();
    const { NODE_COMPILE_CACHE: cache, ...allocator } = environment;
    expect(Object.keys(allocator)).toEqual(['MALLOC_ARENA_MAX', 'MALLOC_MMAP_THRESHOLD_']);
    for (const [name, value] of Object.entries(allocator))
      expect(launcher).toContain(`export ${name}=${value}\n`);
    // Where `npm start` says it of the project's folder, the launcher is called from any.
    expect(launcher).toContain(`export NODE_COMPILE_CACHE="$project/${cache}"\n`);
    expect(flags).toHaveLength(2);
    expect(launcher).toContain(`exec "$node" ${flags.join(' ')} `);
  });
});
