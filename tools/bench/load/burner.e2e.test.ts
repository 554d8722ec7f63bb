import { expect, test } from 'vitest';
import { until } from '../../../test/support/until.ts';
import { cpuOf, readProcesses } from '../process-table.ts';
import { startBurner } from './burner.ts';

function secondsOf(pid: number): number {
  return cpuOf(readProcesses(), { server: pid, postmasters: [] }).serverSeconds;
}

test('a burner takes time of a core until it is closed, and one of no share takes next to none', async () => {
  const idle = await startBurner(0);
  const busy = await startBurner(1);
  try {
    const [idleBefore, busyBefore] = [secondsOf(idle.pid), secondsOf(busy.pid)];
    await until('the burner to take a second', () => secondsOf(busy.pid) - busyBefore > 1);
    expect(secondsOf(idle.pid) - idleBefore).toBeLessThan(0.5);
  } finally {
    await Promise.all([idle.close(), busy.close()]);
  }
  const left = readProcesses().map(({ pid }) => pid);
  expect(left).not.toContain(idle.pid);
  expect(left).not.toContain(busy.pid);
});

test('a share that is none is refused', async () => {
  await expect(startBurner(1.5)).rejects.toThrow(RangeError);
  await expect(startBurner(Number.NaN)).rejects.toThrow(RangeError);
});
