/** `npm run simulate -- --seed N` is `comptoir simulate --seed N`. */
import { runCliProcess } from '../../src/cli/run-process.ts';

await runCliProcess(['simulate', ...process.argv.slice(2)]);
