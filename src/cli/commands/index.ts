import type { Command } from '../command.ts';
import { events } from './events.ts';
import { ingest } from './ingest.ts';
import { keys } from './keys.ts';
import { start } from './start.ts';
import { tail } from './tail.ts';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [start, ingest, events, tail, keys];
