/** What other modules ask of the profile. */
import type { StreamReference } from '../../../core/aggregate.ts';
import { PROFILE_ID, PROFILES } from './decide.ts';

/** The one stream of a tenant's profile; its state is a `ProfileState`. */
export const PROFILE_STREAM: StreamReference = { category: PROFILES, id: PROFILE_ID };
