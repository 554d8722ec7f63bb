/** Takes a share of one core, given as its only argument, until the channel to its parent closes: see burner.ts. */
import { setTimeout as pause } from 'node:timers/promises';

const PERIOD_MS = 10;
const share = Number(process.argv[2]);

process.on('disconnect', () => process.exit(0));
process.send?.('burning');
const beganMs = performance.now();
const spentMs = (): number => process.cpuUsage().user / 1000;
const spentBefore = spentMs();
for (;;) {
  const owedMs = (performance.now() - beganMs) * share;
  while (spentMs() - spentBefore < owedMs);
  await pause(PERIOD_MS);
}
