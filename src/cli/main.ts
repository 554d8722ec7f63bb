/** Entry of the command line; `bin/comptoir` starts it with a Node that is new enough. */
import { runCliProcess } from './run-process.ts';

await runCliProcess(process.argv.slice(2));
