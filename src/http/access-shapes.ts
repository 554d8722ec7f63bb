/** Shapes of people, roles, sessions, devices and approvals over HTTP. Nothing beyond what is named is taken. */
import { Type, type Static } from 'typebox';

const CLOSED = { additionalProperties: false };
const Time = Type.String({ format: 'date-time' });
const Nullable = (schema: ReturnType<typeof Type.String>) => Type.Union([schema, Type.Null()]);

/** Words that people read, without control characters. */
const Name = Type.String({ minLength: 1, maxLength: 100, pattern: '^[^\\u0000-\\u001f\\u007f]+$' });
const Email = Type.String({
  maxLength: 254,
  pattern: '^[^\\s@\\u0000-\\u001f]+@[^\\s@\\u0000-\\u001f]+$',
});
const Language = Type.String({
  pattern: '^[a-z]{2,3}(-[A-Z]{2})?$',
  description: 'BCP 47, such as pl or pt-BR.',
});
const Password = Type.String({ minLength: 1, maxLength: 1024 });
const NewPassword = Type.String({
  minLength: 8,
  maxLength: 1024,
  description: 'At least 8 characters, none of those that are guessed first; a sentence is good.',
});
const Code = Type.String({
  minLength: 6,
  maxLength: 40,
  description: 'Of the authenticator app, or a recovery code.',
});
const Pin = Type.String({ pattern: '^[0-9]{4,6}$' });
const Id = Type.String({ minLength: 1, maxLength: 128, pattern: '^[\\w.~-]+$' });
const TenantId = Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,62}$', default: 'default' });
const RoleId = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}$' });
const Permission = Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}(:[a-z][a-z0-9-]{0,39})?$' });
const Amounts = Type.Record(
  Type.String({ pattern: '^[a-z][a-z0-9-]{0,39}:[a-z][a-z0-9-]{0,39}(?:/day)?$' }),
  Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
  {
    ...CLOSED,
    maxProperties: 50,
    description:
      'Most minor units by permission, of one order, or with `/day` of all that the person gives on a business day at a ' +
      'location: {"orders:refund": 5000, "orders:refund/day": 20000}.',
  },
);

export const RoleAssignment = Type.Object(
  {
    role: RoleId,
    locations: Type.Optional(
      Type.Union([Type.Array(Id, { maxItems: 200, uniqueItems: true }), Type.Null()], {
        description: 'Where the person works; null for everywhere.',
      }),
    ),
    ownShiftOnly: Type.Optional(Type.Boolean({ description: 'Only till sessions of their own.' })),
    amounts: Type.Optional(Amounts),
  },
  CLOSED,
);
export type RoleAssignment = Static<typeof RoleAssignment>;
const RoleAssignments = Type.Array(RoleAssignment, { maxItems: 20 });

export const SignInBody = Type.Object(
  { tenant: Type.Optional(TenantId), email: Email, password: Password, code: Type.Optional(Code) },
  CLOSED,
);
export type SignInBody = Static<typeof SignInBody>;

export const PinBody = Type.Object({ userId: Id, pin: Pin }, CLOSED);
export type PinBody = Static<typeof PinBody>;

export const LinkUseBody = Type.Object(
  {
    token: Type.String({ pattern: '^cl_[\\w-]{22}$' }),
    password: Type.String({
      minLength: 1,
      maxLength: 1024,
      description: 'The new one; for a lost second factor the present one.',
    }),
  },
  CLOSED,
);
export type LinkUseBody = Static<typeof LinkUseBody>;

export const LinkUsed = Type.Object({ tenant: Type.String(), kind: Type.String() });

export const InviteBody = Type.Object(
  { email: Email, name: Name, language: Type.Optional(Language), roles: RoleAssignments },
  CLOSED,
);
export type InviteBody = Static<typeof InviteBody>;

export const UserChangeBody = Type.Object(
  {
    name: Type.Optional(Name),
    language: Type.Optional(Language),
    status: Type.Optional(Type.Enum(['active', 'disabled'])),
    roles: Type.Optional(RoleAssignments),
  },
  { ...CLOSED, minProperties: 1 },
);
export type UserChangeBody = Static<typeof UserChangeBody>;

export const LinkBody = Type.Object(
  { kind: Type.Enum(['invitation', 'password', 'totp']) },
  CLOSED,
);
export type LinkBody = Static<typeof LinkBody>;

export const Link = Type.Object({
  kind: Type.String(),
  token: Type.String({ description: 'Shown once. Used with POST /v1/session/links.' }),
  expiresAt: Time,
});

export const User = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Type.String(),
  language: Type.String(),
  status: Type.String(),
  roles: Type.Array(
    Type.Object({
      role: Type.String(),
      locations: Type.Union([Type.Array(Type.String()), Type.Null()]),
      ownShiftOnly: Type.Boolean(),
      amounts: Type.Record(Type.String(), Type.Integer()),
    }),
  ),
  hasTotp: Type.Boolean(),
  hasPin: Type.Boolean(),
  createdAt: Time,
  signedInOn: Nullable(Type.String()),
});
export const Invited = Type.Object({ user: User, link: Link });
export const UserPage = Type.Object({
  items: Type.Array(User),
  next: Nullable(Type.String()),
  more: Type.Boolean(),
});
export const Colleagues = Type.Object({
  items: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
});

export const RoleBody = Type.Object(
  { name: Name, permissions: Type.Array(Permission, { maxItems: 200, uniqueItems: true }) },
  CLOSED,
);
export type RoleBody = Static<typeof RoleBody>;
export const Role = Type.Object({
  id: Type.String(),
  name: Type.String(),
  permissions: Type.Array(Type.String()),
  builtIn: Type.Boolean(),
});
export const RoleList = Type.Object({
  items: Type.Array(Role),
  permissions: Type.Array(Type.String()),
});

export const Rules = Type.Object({
  locations: Type.Union([Type.Array(Type.String()), Type.Null()]),
  ownShiftOnly: Type.Boolean(),
  amounts: Type.Record(Type.String(), Type.Integer()),
});
export const SessionView = Type.Object({
  tenant: Type.String(),
  user: Type.Object({
    id: Type.String(),
    name: Type.String(),
    email: Type.String(),
    language: Type.String(),
    hasTotp: Type.Boolean(),
    hasPin: Type.Boolean(),
  }),
  sessionId: Type.String(),
  deviceId: Nullable(Type.String()),
  roles: Type.Array(Type.String()),
  permissions: Type.Array(Type.String()),
  rules: Rules,
  csrf: Type.String({ description: 'Sent as X-CSRF-Token with everything but GET and HEAD.' }),
  idleSeconds: Type.Integer({
    description: 'After so long without a request it ends: lock the page before.',
  }),
});
export const SessionList = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      userId: Type.String(),
      method: Type.String(),
      deviceId: Nullable(Type.String()),
      address: Type.String(),
      agent: Type.String(),
      createdAt: Time,
      lastUsedAt: Time,
      expiresAt: Time,
      isThis: Type.Boolean(),
    }),
  ),
});

export const ProfileBody = Type.Object(
  { name: Type.Optional(Name), language: Type.Optional(Language) },
  { ...CLOSED, minProperties: 1 },
);
export type ProfileBody = Static<typeof ProfileBody>;
export const PasswordBody = Type.Object({ current: Password, password: NewPassword }, CLOSED);
export type PasswordBody = Static<typeof PasswordBody>;
export const ConfirmBody = Type.Object({ password: Password }, CLOSED);
export type ConfirmBody = Static<typeof ConfirmBody>;
export const CodeBody = Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }, CLOSED);
export type CodeBody = Static<typeof CodeBody>;
export const PinSetBody = Type.Object(
  { password: Password, pin: Type.Union([Pin, Type.Null()]) },
  CLOSED,
);
export type PinSetBody = Static<typeof PinSetBody>;
export const TotpBegun = Type.Object({ secret: Type.String(), uri: Type.String() });
export const RecoveryCodes = Type.Object({
  recoveryCodes: Type.Array(Type.String(), { description: 'Shown once; each counts once.' }),
  csrf: Type.String({ description: 'The session has a new token, and so has its page.' }),
});
export const Rotated = Type.Object({ csrf: Type.String() });

export const DeviceBody = Type.Object(
  { name: Name, locationId: Type.Optional(Type.Union([Id, Type.Null()])) },
  CLOSED,
);
export type DeviceBody = Static<typeof DeviceBody>;
export const Device = Type.Object({
  id: Type.String(),
  name: Type.String(),
  locationId: Nullable(Type.String()),
  createdAt: Time,
  revokedAt: Nullable(Time),
  lastUsedOn: Nullable(Type.String()),
});
export const DeviceEnrolled = Type.Object({
  key: Type.String({ description: 'Shown once; the device sends it as X-Device-Key.' }),
  device: Device,
});
export const DeviceList = Type.Object({ items: Type.Array(Device) });
export const DevicePeople = Type.Object({
  tenant: Type.String(),
  id: Type.String(),
  name: Type.String(),
  locationId: Nullable(Type.String()),
  people: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
});

export const ApprovalBody = Type.Object(
  {
    permission: Permission,
    digest: Type.String({
      pattern: '^[0-9a-f]{64}$',
      description: 'Of the answer APPROVAL_REQUIRED.',
    }),
    category: Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z][a-z0-9-]*)?$', maxLength: 80 }),
    command: Type.String({ pattern: '^[A-Z][A-Za-z0-9]{0,79}$' }),
    id: Type.Union([Type.String({ minLength: 1, maxLength: 128 }), Type.Null()]),
    input: Type.Unknown({ description: 'The body of the refused command, unchanged.' }),
  },
  CLOSED,
);
export type ApprovalBody = Static<typeof ApprovalBody>;
export const PinApprovalBody = Type.Object(
  { userId: Type.Optional(Id), pin: Type.Optional(Pin) },
  CLOSED,
);
export type PinApprovalBody = Static<typeof PinApprovalBody>;
export const ApprovalItem = Type.Object({
  id: Type.String(),
  status: Type.String(),
  permission: Type.String(),
  command: Type.Object({
    category: Type.String(),
    command: Type.String(),
    id: Nullable(Type.String()),
    input: Type.Unknown(),
  }),
  requestedBy: Type.String(),
  requestedByName: Type.String(),
  deviceId: Nullable(Type.String()),
  approverId: Nullable(Type.String()),
  createdAt: Time,
  expiresAt: Time,
});
export const ApprovalList = Type.Object({ items: Type.Array(ApprovalItem) });

export const BreakGlassBody = Type.Object({ email: Email }, CLOSED);
export type BreakGlassBody = Static<typeof BreakGlassBody>;
export const BreakGlassAnswer = Type.Object({ userId: Type.String(), link: Link });
