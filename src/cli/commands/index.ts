import type { Command } from '../command.ts';
import { access } from './access.ts';
import { audit } from './audit.ts';
import { backup } from './backup.ts';
import { doctor } from './doctor.ts';
import { erase } from './erase.ts';
import { events } from './events.ts';
import { history } from './history.ts';
import { importFile } from './import.ts';
import { ingest } from './ingest.ts';
import { keys } from './keys.ts';
import { parked } from './parked.ts';
import { policies } from './policies.ts';
import { rebuild } from './rebuild.ts';
import { restore } from './restore.ts';
import { simulate } from './simulate.ts';
import { start } from './start.ts';
import { state } from './state.ts';
import { tail } from './tail.ts';

/** In the order of the help. */
export const COMMANDS: readonly Command[] = [
  start,
  doctor,
  ingest,
  events,
  tail,
  state,
  history,
  keys,
  access,
  importFile,
  simulate,
  rebuild,
  parked,
  policies,
  erase,
  audit,
  backup,
  restore,
];
