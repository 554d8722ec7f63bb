/** What a customer agreed to, as state: the consents of the moment and how they came and went. Pure. */

export interface Consent {
  readonly channel: string;
  /** RFC 3339. */
  readonly since: string;
  readonly wording: string;
  /** Where it was given: a form, a call, the counter. */
  readonly source: string | null;
  /** Which version of the text it was. */
  readonly wordingVersion: string | null;
}

export interface ConsentStep {
  readonly channel: string;
  readonly given: boolean;
  readonly at: string;
  readonly wording: string | null;
  readonly source: string | null;
  readonly wordingVersion: string | null;
}

export interface Consenting {
  readonly consents: readonly Consent[];
  /** The newest CONSENT_STEPS_MAX, oldest first; all of them are in the history of the stream. */
  readonly consentHistory: readonly ConsentStep[];
}

/** More than anybody changes their mind; it bounds the state, not the proof, which is in the log. */
export const CONSENT_STEPS_MAX = 50;

export function withConsent<State extends Consenting>(state: State, consent: Consent): State {
  const { since: at, ...rest } = consent;
  return {
    ...state,
    consents: [...without(state, consent.channel), consent],
    consentHistory: withStep(state, { ...rest, given: true, at }),
  };
}

export function withoutConsent<State extends Consenting>(
  state: State,
  withdrawn: { readonly channel: string; readonly source: string | null; readonly at: string },
): State {
  const step = { ...withdrawn, given: false, wording: null, wordingVersion: null };
  return {
    ...state,
    consents: without(state, withdrawn.channel),
    consentHistory: withStep(state, step),
  };
}

function without({ consents }: Consenting, channel: string): readonly Consent[] {
  return consents.filter((consent) => consent.channel !== channel);
}

function withStep({ consentHistory }: Consenting, step: ConsentStep): readonly ConsentStep[] {
  return [...consentHistory, step].slice(-CONSENT_STEPS_MAX);
}
