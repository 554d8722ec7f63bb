/** Parked events of read models and of policies, which tell the same under two addresses. */
import { ask } from './answers.ts';
import { CliError, EXIT, usageError } from './command.ts';
import type { HttpClient } from './http-client.ts';
import { listMember, member, textMember } from './json.ts';

/** As many as the server lists at once; a read model that parks more pauses itself. */
const PARKED_LIMIT = 1_000;

/** Who could not process an event. */
export interface ParkedOwner {
  readonly kind: 'model' | 'policy';
  readonly name: string;
}

export interface ParkedEvent {
  readonly tenant: string;
  /** Of a policy its lane; empty for an event without a stream. */
  readonly stream: string;
  readonly position: string;
  readonly type: string;
  readonly reason: string;
  readonly attempts: number;
  readonly parkedAt: string;
  readonly timer: string | undefined;
  /** As the server tells it. */
  readonly answer: object;
}

export const ownerPath = ({ kind, name }: ParkedOwner): string =>
  `/v1/${kind === 'model' ? 'projections' : 'policies'}/${encodeURIComponent(name)}`;

/** Everybody who has parked events, or may: those of a copy that is being filled are counted nowhere. */
export async function parkedOwners(client: HttpClient): Promise<readonly ParkedOwner[]> {
  const models = await ask(client, { method: 'GET', path: '/v1/projections' });
  const policies = await ask(client, { method: 'GET', path: '/v1/policies' });
  return [
    ...withParked('model', models, 'parkedEvents'),
    ...withParked('policy', policies, 'parked'),
  ];
}

function withParked(
  kind: ParkedOwner['kind'],
  page: unknown,
  countName: string,
): readonly ParkedOwner[] {
  return listMember(page, 'items')
    .filter((each) => Number(member(each, countName) ?? 0) > 0 || isFilling(each))
    .map((each) => ({ kind, name: textMember(each, 'name') ?? '' }));
}

function isFilling(item: unknown): boolean {
  return listMember(item, 'generations').some((each) => textMember(each, 'state') === 'filling');
}

/** By bucket and position. Errors: CliError, NOT_FOUND of the server for a name that nobody has. */
export async function parkedOf(
  client: HttpClient,
  owner: ParkedOwner,
): Promise<{ readonly items: readonly ParkedEvent[]; readonly more: boolean }> {
  const path = `${ownerPath(owner)}/parked?limit=${PARKED_LIMIT}`;
  const page = await ask(client, { method: 'GET', path });
  const items = listMember(page, 'items').flatMap(parkedEvent);
  // Policies do not say whether there are more.
  return { items, more: member(page, 'more') === true || items.length === PARKED_LIMIT };
}

function parkedEvent(answer: unknown): readonly ParkedEvent[] {
  if (typeof answer !== 'object' || answer === null) return [];
  const text = (name: string): string => textMember(answer, name) ?? '';
  return [
    {
      tenant: text('tenant'),
      stream: textMember(answer, 'stream') ?? text('lane'),
      position: text('position'),
      type: text('type'),
      reason: text('reason'),
      attempts: Number(member(answer, 'attempts') ?? 0),
      parkedAt: text('parkedAt'),
      timer: textMember(answer, 'timer'),
      answer,
    },
  ];
}

/**
 * What is parked of one stream, and of which tenant it is. Errors: CliError where nothing is; `usage` where streams of
 * several tenants fit.
 */
export async function placeOf(
  client: HttpClient,
  asked: {
    readonly owner: ParkedOwner;
    readonly stream: string;
    readonly tenant: string | undefined;
  },
): Promise<{ readonly tenant: string; readonly items: readonly ParkedEvent[] }> {
  const { owner, stream, tenant } = asked;
  const listed = await parkedOf(client, owner);
  const found = listed.items.filter((each) => each.stream === stream);
  const tenants = [...new Set(found.map((each) => each.tenant))];
  const of = tenant ?? tenants[0];
  const items = found.filter((each) => each.tenant === of);
  // What lies behind the end of the list is the server's to find.
  if (tenant !== undefined && listed.more) return { tenant, items };
  if (of === undefined || items.length === 0) {
    const whose = tenant === undefined ? '' : ` of tenant ${tenant}`;
    throw new CliError(
      EXIT.failed,
      `Nothing of "${stream}"${whose} is parked in ${owner.kind} ${owner.name}. "comptoir parked list" tells what is.`,
    );
  }
  if (tenant === undefined && tenants.length > 1)
    throw usageError(
      `Several tenants have it: give --tenant, one of ${tenants.toSorted().join(', ')}.`,
    );
  return { tenant: of, items };
}
