/** What a customer may be found by, as state. Pure. */

export interface Identifier {
  /** `phone` and `email` for those of the contact. */
  readonly id: string;
  readonly kind: 'phone' | 'email' | 'messenger';
  /** Of a messenger id. */
  readonly channel: string | null;
  /** As it was given; null once the person is erased. */
  readonly value: string | null;
}

/** Ids of the identifiers by which the customer is reached. */
export interface Preferred {
  readonly phone: string | null;
  readonly email: string | null;
}

export interface Reachable {
  readonly identifiers: readonly Identifier[];
  readonly preferred: Preferred;
  /** Values of the preferred ones. */
  readonly phone: string | null;
  readonly email: string | null;
}

/** E-mails are compared without case, as all providers of note do; phones and messenger ids as they are. */
export function lookUpValue(kind: Identifier['kind'], value: string): string {
  const trimmed = value.trim();
  return kind === 'email' ? trimmed.toLowerCase() : trimmed;
}

/** The identifier of that kind with an equal value. */
export function identifierWith(
  { identifiers }: Pick<Reachable, 'identifiers'>,
  wanted: Pick<Identifier, 'kind' | 'channel'> & { readonly value: string },
): Identifier | undefined {
  const value = lookUpValue(wanted.kind, wanted.value);
  return identifiers.find(
    (held) =>
      held.kind === wanted.kind &&
      held.channel === wanted.channel &&
      held.value !== null &&
      lookUpValue(held.kind, held.value) === value,
  );
}

/** With one identifier more, or another value in the place of the one with its id. */
export function withIdentifier<State extends Reachable>(state: State, added: Identifier): State {
  const others = state.identifiers.filter(({ id }) => id !== added.id);
  return withPreferred({ ...state, identifiers: [...others, added] }, state.preferred);
}

export function withoutIdentifier<State extends Reachable>(state: State, removed: string): State {
  const { phone, email } = state.preferred;
  const preferred = {
    phone: phone === removed ? null : phone,
    email: email === removed ? null : email,
  };
  const identifiers = state.identifiers.filter(({ id }) => id !== removed);
  return withPreferred({ ...state, identifiers }, preferred);
}

export function withPreferred<State extends Reachable>(state: State, preferred: Preferred): State {
  const valueOf = (wanted: string | null): string | null =>
    state.identifiers.find(({ id }) => id === wanted)?.value ?? null;
  const { phone, email } = preferred;
  return { ...state, preferred, phone: valueOf(phone), email: valueOf(email) };
}

/** The contact's phone or e-mail, from now on the one by which the customer is reached. */
export function withContact<State extends Reachable>(
  state: State,
  kind: 'phone' | 'email',
  value: string | null,
): State {
  const held = withIdentifier(state, { id: kind, kind, channel: null, value });
  return withPreferred(held, { ...held.preferred, [kind]: kind });
}
