/**
 * PINs: four to six digits that say who stands at a device. Worth something only together with the key of an enrolled
 * device; after PIN_TRIES_MAX wrong ones the person signs in with their password once. A PIN is stored as an HMAC with a
 * key outside the database: a slow hash of ten thousand values would protect nothing.
 */
import { Failure } from '../../core/errors.ts';
import type { AccessContext, Origin } from '../context.ts';
import { sameBytes } from '../sealing.ts';
import { openSession, revokeSessionsOn } from '../sessions/sessions.ts';
import type { UserPlace } from '../users/user-rows.ts';
import type { KnownDevice } from './devices.ts';

const PIN_TRIES_MAX = 5;
/** People shown on a device. */
const PEOPLE_MAX = 500;

/** Sets the PIN of somebody who just confirmed their password. Errors: INPUT_INVALID. */
export async function setPin(
  context: AccessContext,
  whose: UserPlace,
  pin: string | null,
): Promise<void> {
  const { place, userId } = whose;
  if (pin !== null && isGuessable(pin))
    throw new Failure('INPUT_INVALID', 'The PIN is one of the first that anybody would try.', {
      errors: [{ at: '/pin', message: 'is easy to guess', code: 'PIN_EASY' }],
    });
  await context.database.query({
    text: `update access_users set pin_hash = $4, pin_failures = 0
           where bucket = $1 and tenant = $2 and id = $3`,
    values: [
      place.bucket,
      place.tenant,
      userId,
      pin === null ? null : pinHash(context, whose, pin),
    ],
  });
}

/** Checks the PIN of somebody at a device. Errors: UNAUTHENTICATED, with the tries that are left. */
export async function checkPin(
  context: AccessContext,
  asked: {
    readonly device: KnownDevice;
    readonly userId: string;
    readonly pin: string;
    readonly origin: Origin;
  },
): Promise<void> {
  const { device, userId, pin, origin } = asked;
  const { place } = device;
  const values = [place.bucket, place.tenant, userId];
  const { rows } = await context.database.query<{ pin_hash: Buffer; pin_failures: number }>({
    // Counted before it is looked at: a thousand tries at once are a thousand tries.
    text: `update access_users set pin_failures = pin_failures + 1
           where bucket = $1 and tenant = $2 and id = $3 and status = 'active'
             and pin_hash is not null and pin_failures < $4
           returning pin_hash, pin_failures`,
    values: [...values, PIN_TRIES_MAX],
  });
  const [row] = rows;
  if (row !== undefined && sameBytes(row.pin_hash, pinHash(context, { place, userId }, pin))) {
    await context.database.query({
      text: `update access_users set pin_failures = 0
             where bucket = $1 and tenant = $2 and id = $3`,
      values,
    });
    return;
  }
  context.audit.note({
    tenant: place.tenant,
    class: 'security',
    action: 'pin.refused',
    actor: null,
    address: origin.address,
    traceId: origin.traceId,
    subject: `device/${device.id}`,
    after: { userId },
    code: 'UNAUTHENTICATED',
  });
  const triesLeft = row === undefined ? 0 : PIN_TRIES_MAX - row.pin_failures;
  throw new Failure(
    'UNAUTHENTICATED',
    triesLeft > 0 ? 'The PIN is wrong.' : 'No PIN is taken any more: sign in with the password.',
    { extra: { triesLeft } },
  );
}

/** Switches to a person: whoever was signed in on the device is not any more. */
export async function switchByPin(
  context: AccessContext,
  asked: {
    readonly device: KnownDevice;
    readonly userId: string;
    readonly pin: string;
    readonly origin: Origin;
    readonly agent: string;
  },
): Promise<{ readonly token: string; readonly sessionId: string }> {
  const { device, userId, origin, agent } = asked;
  await checkPin(context, asked);
  const { place } = device;
  const opened = await context.database.transaction(async (tx) => {
    await tx.query({
      // Row lock of the device: of two who switch at once, the second signs the first out.
      text: 'select id from access_devices where bucket = $1 and tenant = $2 and id = $3 for update',
      values: [place.bucket, place.tenant, device.id],
    });
    await revokeSessionsOn(tx, { place, deviceId: device.id });
    const client = { address: origin.address, agent };
    return openSession(context, { place, userId, deviceId: device.id, client }, tx);
  });
  context.forget();
  context.audit.note({
    tenant: place.tenant,
    class: 'security',
    action: 'session.opened',
    actor: `user:${userId}`,
    address: origin.address,
    traceId: origin.traceId,
    subject: `session/${opened.id}`,
    after: { device: device.id },
  });
  return { token: opened.token, sessionId: opened.id };
}

/** Who may switch in on a device: active people with a PIN, by name. */
export async function peopleOfDevice(
  { database, secrets }: AccessContext,
  { place }: KnownDevice,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { rows } = await database.query<{ id: string; name_sealed: Buffer }>({
    text: `select id, name_sealed from access_users
           where bucket = $1 and tenant = $2 and status = 'active' and pin_hash is not null
           order by id limit $3`,
    values: [place.bucket, place.tenant, PEOPLE_MAX],
  });
  return rows
    .map(({ id, name_sealed }) => ({
      id,
      name: secrets.open(name_sealed, [place.tenant, id, 'name']),
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

function pinHash({ secrets }: AccessContext, { place, userId }: UserPlace, pin: string): Buffer {
  return secrets.hash(['pin', place.tenant, userId, pin]);
}

/** One digit again and again, a run up or down, or two digits in turn. */
function isGuessable(pin: string): boolean {
  const runs = ['01234567890', '09876543210'];
  return (
    /^(\d{1,2})\1+$/.test(pin) || new Set(pin).size === 1 || runs.some((run) => run.includes(pin))
  );
}
