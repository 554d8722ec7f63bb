/** What the audit trail keeps of the derived routes of a module: reads of what tells about persons, and commands. */
import type { CommandType } from '../../core/command-type.ts';
import type { BusinessModule } from '../../core/module.ts';
import type { ReadModel, Row } from '../../core/read-model.ts';
import type { CommandAnswer } from '../../pipeline/pipeline.ts';
import { PURPOSE } from '../audit-hook.ts';
import type { Audited, Parameter, RouteAudit } from '../route.ts';
import { mountedOf, type Mounted } from './addresses.ts';

/** Members of a route that shows personal data; none for one that does not. */
export interface AuditedRead {
  readonly audit?: RouteAudit;
  readonly more: readonly Parameter[];
}

const NOT_PERSONAL: AuditedRead = { more: [] };

/** Of a list: personal when its model says so. */
export function auditedList(
  { list, aggregate }: Mounted,
  word: 'listed' | 'followed',
): AuditedRead {
  return list.personal === 'none' ? NOT_PERSONAL : readOf(`${aggregate.category}.${word}`);
}

/** Of one stream, from its events: personal when any of them may be. */
export function auditedDetail(mounted: Mounted, word: 'read' | 'history-read'): AuditedRead {
  const { aggregate } = mounted;
  return hasPersonalEvents(mounted) ? readOf(`${aggregate.category}.${word}`) : NOT_PERSONAL;
}

function readOf(action: string): AuditedRead {
  return { audit: { class: 'access', action }, more: [PURPOSE] };
}

/** Whom the rows of a page are about. */
export function personsOfRows(
  { personal }: ReadModel,
  items: readonly { readonly key: string; readonly row: Row }[],
): Audited | undefined {
  if (personal === 'none') return undefined;
  const { person } = personal;
  const ids = items.map(({ key, row }) => (person === 'key' ? key : row[person]));
  const subjects = [...new Set(ids.filter((id) => typeof id === 'string'))];
  return { count: items.length, subjects };
}

/** Whom a stream is about: its id where the list has a row for each person. */
export function personOfStream(mounted: Mounted, id: string): Audited {
  return isPerson(mounted) ? { count: 1, subjects: [id] } : { count: 1 };
}

/** What a command that may be sensitive leaves; its input only where it can be erased or is about nobody. */
export function auditedCommand(
  mounted: Mounted,
  type: CommandType,
  done: {
    readonly answer: Extract<CommandAnswer, { status: 'done' }>;
    readonly input: unknown;
  },
): Audited | undefined {
  const { id, version, replayed, approver } = done.answer;
  if (replayed) return undefined;
  const isKept = isPerson(mounted) || !hasPersonalEvents(mounted);
  const command = {
    type,
    stream: `${mounted.aggregate.category}/${id}`,
    version: Number(version),
    ...(isPerson(mounted) ? { person: id } : {}),
    ...(isKept ? { input: done.input } : {}),
    ...(approver === undefined ? {} : { approver }),
  };
  return { command };
}

/** A command that a route of a module's own gave. */
interface OwnCommand {
  readonly category: string;
  readonly type: CommandType;
  /** Left out where it says nothing that a reader of the trail could use. */
  readonly input?: unknown;
  readonly answer: CommandAnswer;
}

/** The same for routes that a module makes itself; none for a command that was refused. */
export function auditedOwn(
  modules: readonly BusinessModule[],
  { category, type, input, answer }: OwnCommand,
): Audited | undefined {
  if (answer.status === 'refused') return undefined;
  const mounted = modules.flatMap(mountedOf).find((each) => each.aggregate.category === category);
  return mounted === undefined ? undefined : auditedCommand(mounted, type, { answer, input });
}

/** Of a request that gave several commands. */
export function auditedTogether(each: readonly (Audited | undefined)[]): Audited {
  return { commands: each.flatMap((told) => told?.command ?? []) };
}

function hasPersonalEvents({ aggregate }: Mounted): boolean {
  return aggregate.events.some(({ personal }) => personal !== null);
}

function isPerson({ list }: Mounted): boolean {
  return list.personal !== 'none' && list.personal.person === 'key';
}
