import { accepted, rejected, type Decision } from '../../../core/decision.ts';
import type { ProfileCommand } from './commands.ts';
import type { ProfileEvent, ProfileFacts } from './events.ts';
import type { ProfileState } from './state.ts';
import { isTaxId, plainTaxId } from './tax-id.ts';

/** Category of the one stream of a tenant's profile, and its id. */
export const PROFILES = 'business.profiles';
export const PROFILE_ID = 'main';

const EMPTY = {
  tradeName: null,
  taxId: null,
  address: null,
  logoId: null,
  receipt: { header: [], footer: [] },
};

export function decide(state: ProfileState, command: ProfileCommand): Decision<ProfileEvent> {
  const { id: profileId } = command;
  if (profileId !== PROFILE_ID) return rejected('PROFILE_ELSEWHERE');
  if (command.type === 'SetUpProfile') {
    if (state.status !== 'unknown') return rejected('PROFILE_EXISTS');
    const profile = withPlainTaxId({ ...EMPTY, ...command.input });
    if (!hasValidTaxId(profile)) return rejected('TAX_ID_INVALID', { country: profile.country });
    return accepted([{ type: 'ProfileSetUp', data: { profileId, profile } }]);
  }
  if (state.status === 'unknown') return rejected('PROFILE_ELSEWHERE');
  const { status: _status, ...before } = state;
  const profile = withPlainTaxId({ ...before, ...command.input });
  if (!hasValidTaxId(profile)) return rejected('TAX_ID_INVALID', { country: profile.country });
  // Both come from the same schema and the same spread, so equal facts are written alike, addresses at worst not.
  if (JSON.stringify(profile) === JSON.stringify(before)) return accepted([]);
  return accepted([{ type: 'ProfileChanged', data: { profileId, profile } }]);
}

function withPlainTaxId(profile: ProfileFacts): ProfileFacts {
  const { taxId } = profile;
  return taxId === null ? profile : { ...profile, taxId: plainTaxId(taxId) };
}

function hasValidTaxId({ country, taxId }: ProfileFacts): boolean {
  return taxId === null || isTaxId(country, taxId);
}
