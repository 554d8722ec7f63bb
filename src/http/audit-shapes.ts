/** What the routes of the audit trail take and answer. */
import { Type } from 'typebox';

const Class = Type.Union([Type.Literal('audit'), Type.Literal('security'), Type.Literal('access')]);
const Time = Type.String({ format: 'date-time' });

export const AuditEntryView = Type.Object(
  {
    class: Class,
    seq: Type.Integer({ minimum: 1, description: 'Place in the chain of its class.' }),
    recordedTime: Time,
    action: Type.String(),
    actor: Type.Union([Type.String(), Type.Null()]),
    address: Type.Union([Type.String(), Type.Null()]),
    approver: Type.Optional(Type.String()),
    subject: Type.Optional(Type.String()),
    route: Type.Optional(Type.String()),
    purpose: Type.Optional(Type.String()),
    count: Type.Optional(Type.Integer()),
    subjects: Type.Optional(Type.Array(Type.String())),
    before: Type.Optional(Type.Unknown()),
    after: Type.Optional(Type.Unknown()),
    code: Type.Optional(Type.String()),
    traceId: Type.Optional(Type.String()),
    omitted: Type.Optional(
      Type.String({ description: 'Why before and after are missing: too-large, several-persons.' }),
    ),
    damaged: Type.Optional(
      Type.Literal(true, { description: 'The stored bytes cannot be read; `verify` says more.' }),
    ),
  },
  { $id: 'AuditEntry' },
);

export const AuditPageView = Type.Object(
  {
    items: Type.Array(AuditEntryView),
    next: Type.String({ description: 'Pass it as `after` for older ones.' }),
    more: Type.Boolean(),
  },
  { $id: 'AuditPage' },
);

export const FailedSignInsView = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        address: Type.Union([Type.String(), Type.Null()]),
        count: Type.Integer({ minimum: 1 }),
        firstTime: Time,
        lastTime: Time,
      }),
    ),
  },
  { $id: 'FailedSignIns' },
);

/** A chain of a day has 1,440; of these only the newest matter, since each vouches for all before it. */
const CHECKPOINTS_MAX = 5_000;

export const AuditVerifyRequest = Type.Object(
  {
    checkpoints: Type.Optional(
      Type.Array(
        Type.Object(
          {
            tenant: Type.String({ maxLength: 128 }),
            class: Class,
            seq: Type.Integer({ minimum: 1 }),
            hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
            time: Time,
            signature: Type.String({ maxLength: 128 }),
          },
          { additionalProperties: false },
        ),
        {
          maxItems: CHECKPOINTS_MAX,
          description: 'Lines of a checkpoint file; those of other tenants are passed over.',
        },
      ),
    ),
  },
  { $id: 'AuditVerifyRequest', additionalProperties: false },
);

export const AuditVerified = Type.Object(
  {
    ok: Type.Boolean({ description: 'No chain is damaged and every checkpoint is genuine.' }),
    tenant: Type.String(),
    chains: Type.Array(
      Type.Object({
        class: Class,
        first: Type.Integer({ description: 'Where the chain begins: 1, or behind retention.' }),
        last: Type.Integer({ description: 'Of the last entry that fits.' }),
        checkpoints: Type.Integer({ description: 'Compared with.' }),
        foreign: Type.Integer({ description: 'Checkpoints that this installation did not sign.' }),
        damage: Type.Union([
          Type.Object({
            kind: Type.Union([
              Type.Literal('changed'),
              Type.Literal('missing'),
              Type.Literal('reordered'),
              Type.Literal('forged'),
              Type.Literal('truncated'),
            ]),
            seq: Type.Integer({ description: 'Of the first entry that is not as it was written.' }),
            detail: Type.String(),
          }),
          Type.Null(),
        ]),
      }),
    ),
    publicKey: Type.String({ description: 'PEM; checkpoints are signed with Ed25519.' }),
  },
  { $id: 'AuditVerified' },
);
