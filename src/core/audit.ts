/** The port of the audit trail: entries of a durable table of their own, one chain for each tenant and class. */

/** What changed or was exported; sign-ins, refusals, roles and keys; reads of personal data. */
export type AuditClass = 'audit' | 'security' | 'access';

export interface AuditEntry {
  readonly tenant: string;
  readonly class: AuditClass;
  /** Dotted, past: `session.opened`, `session.refused`, `role.changed`, `customers.read`, `command.done`. */
  readonly action: string;
  /** Id of a key, `user:ID`, `policy:NAME`; null when nobody was identified. */
  readonly actor: string | null;
  /** The second name where an approval was needed. */
  readonly approver?: string | undefined;
  /** Address of the client; null for what the server does itself. */
  readonly address: string | null;
  /** What it is about: `orders/01J9...`, `role/manager`. */
  readonly subject?: string | undefined;
  /** `POST /v1/orders/{id}/refund`. */
  readonly route?: string | undefined;
  /** Why personal data were read, where the caller said so. */
  readonly purpose?: string | undefined;
  /** Items read. */
  readonly count?: number | undefined;
  /** Ids of persons that were read about, at most SUBJECTS_PER_ENTRY_MAX. */
  readonly subjects?: readonly string[] | undefined;
  /** Plain JSON; encrypted at rest. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** Code of an error or refusal. */
  readonly code?: string | undefined;
  readonly traceId?: string | undefined;
}

export const SUBJECTS_PER_ENTRY_MAX = 100;

export interface AuditTrail {
  /** Queued and written soon, grouped with others; never delays the caller and never throws. */
  note(entry: AuditEntry): void;
  /** Resolves once the entry is durable: for what must not happen without it. Errors: UNAVAILABLE. */
  record(entry: AuditEntry): Promise<void>;
}

/** For tests and tools that have no trail. */
export const NO_AUDIT: AuditTrail = { note() {}, record: () => Promise.resolve() };
