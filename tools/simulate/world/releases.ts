/** Releases of the bank's code. What they compile to is kept from run to run; the defects are set anew by each. */
import { createCatalogue, type Catalogue } from '../../../src/pipeline/catalogue.ts';
import type { BusinessModule } from '../../../src/core/module.ts';
import { bankOf, type Defects } from '../bank/index.ts';

export interface Release {
  readonly version: number;
  readonly module: BusinessModule;
  readonly catalogue: Catalogue;
}

/** One object for all runs of this Node process, because compiled modules refer to it; runs follow one another. */
export const defects: Defects = { policy: false, readModels: false };

const releases = new Map<number, Release>();

export function releaseOf(version: number): Release {
  const known = releases.get(version);
  if (known !== undefined) return known;
  const module = bankOf(version, defects);
  const release = { version, module, catalogue: createCatalogue([module]) };
  releases.set(version, release);
  return release;
}
