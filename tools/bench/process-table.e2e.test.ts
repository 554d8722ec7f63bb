import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuOf, descendantsOf, readProcesses, residentMb } from './process-table.ts';

test('the CPU of a real child that computes is seen, also by its parent', async () => {
  const child = spawn(process.execPath, [
    '-e',
    'const end=process.cpuUsage().user+300000;while(process.cpuUsage().user<end);console.log("done");setInterval(()=>{},1000)',
  ]);
  try {
    await once(child.stdout, 'data');
    const { serverSeconds } = cpuOf(readProcesses(), { server: child.pid });
    expect(serverSeconds).toBeGreaterThanOrEqual(0.29);
    expect(descendantsOf(readProcesses(), process.pid).map(({ pid }) => pid)).toContain(child.pid);
    expect(residentMb(child.pid!)).toBeGreaterThan(10);
  } finally {
    child.kill('SIGKILL');
  }
});
