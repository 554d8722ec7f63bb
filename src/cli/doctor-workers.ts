/** Whether the children that open strangers' files are kept from the network and from foreign files. */
import { confinementOf, type Confinement } from '../platform/workers/confinement.ts';
import type { Check } from './check.ts';

export function workersCheck({ files, network }: Confinement = confinementOf()): Check {
  const name = 'document workers';
  if (files && network)
    return { name, result: 'ok', found: 'no network, no processes, no foreign files' };
  return {
    name,
    result: 'warn',
    found: files ? 'this Node cannot keep them from the network' : 'this Node cannot confine them',
    fix: 'Run "npm ci", which brings a current Node along, or deny the network of this user.',
  };
}
