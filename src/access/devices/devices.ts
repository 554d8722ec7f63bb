/** Devices of the house: tills and tablets that people switch on with a PIN. Enrolled with a key shown once. */
import { Failure } from '../../core/errors.ts';
import type { Queryable } from '../../platform/postgres/database.ts';
import { noteChange, placeOf, type AccessContext, type Asker, type Place } from '../context.ts';
import type { Principal } from '../principal.ts';
import { hashToken, newDeviceKey } from '../sessions/session-token.ts';
import { revokeSessionsOn } from '../sessions/sessions.ts';

/** Devices of a tenant that are not revoked. */
const DEVICES_MAX = 500;

export interface DeviceView {
  readonly id: string;
  readonly name: string;
  readonly locationId: string | null;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly revokedAt: string | null;
  /** `YYYY-MM-DD`, UTC. */
  readonly lastUsedOn: string | null;
}

export interface KnownDevice {
  readonly place: Place;
  readonly id: string;
  readonly name: string;
  readonly locationId: string | null;
}

interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly location_id: string | null;
  readonly created_at: string;
  readonly revoked_at: string | null;
  readonly last_used_on: string | null;
}

const RFC_3339 = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;
const COLUMNS = `id, name, location_id,
  to_char(created_at at time zone 'utc', ${RFC_3339}) as created_at,
  to_char(revoked_at at time zone 'utc', ${RFC_3339}) as revoked_at,
  last_used_on::text as last_used_on`;

/** Errors: FORBIDDEN outside the locations of the asker's roles; INPUT_INVALID above DEVICES_MAX. */
export async function enrolDevice(
  context: AccessContext,
  asker: Asker,
  device: {
    readonly name: string;
    readonly locationId: string | null;
    /** What it is to be part of. */
    readonly tx?: Queryable | undefined;
  },
): Promise<{ readonly key: string; readonly device: DeviceView }> {
  const { principal } = asker;
  const { name, locationId, tx = context.database } = device;
  const locations = principal.rules?.locations ?? null;
  if (locations !== null && (locationId === null || !locations.includes(locationId)))
    throw new Failure('FORBIDDEN', 'Your roles are for other locations.');
  const place = placeOf(context, principal.tenant);
  const key = newDeviceKey();
  const { rows } = await tx.query<DeviceRow>({
    // The count is advisory (two at once may pass it by one), so it takes no lock.
    text: `insert into access_devices (bucket, tenant, id, name, location_id, key_hash, created_by)
           select $1::integer, $2::text, $3::text, $4::text, $5::text, $6::bytea, $7::text
           where (select count(*) from access_devices
                  where bucket = $1 and tenant = $2 and revoked_at is null) < $8
           returning ${COLUMNS}`,
    values: [
      place.bucket,
      place.tenant,
      context.newId(),
      name,
      locationId,
      hashToken(key),
      principal.keyId,
      DEVICES_MAX,
    ],
  });
  const [row] = rows;
  if (row === undefined)
    throw new Failure('INPUT_INVALID', `A tenant has at most ${DEVICES_MAX} devices.`);
  noteChange(context, asker, {
    action: 'device.enrolled',
    subject: `device/${row.id}`,
    after: { name, locationId },
  });
  return { key, device: viewOf(row) };
}

/**
 * Devices in the order they were enrolled, revoked ones included; at most twice DEVICES_MAX of the newest. Whose roles are
 * for some locations sees those of these locations.
 */
export async function listDevices(
  context: AccessContext,
  { tenant, rules }: Principal,
): Promise<readonly DeviceView[]> {
  const place = placeOf(context, tenant);
  const { rows } = await context.database.query<DeviceRow>({
    text: `select ${COLUMNS} from access_devices where bucket = $1 and tenant = $2
             and ($4::text[] is null or location_id = any($4))
           order by id desc limit $3`,
    values: [place.bucket, place.tenant, 2 * DEVICES_MAX, rules?.locations ?? null],
  });
  return rows.map(viewOf).reverse();
}

/**
 * Revokes a device and what is open on it; within 2 s everywhere. Errors: NOT_FOUND, also for a device outside the
 * locations of the asker's roles.
 */
export async function revokeDevice(
  context: AccessContext,
  asker: Asker,
  id: string,
): Promise<void> {
  const place = placeOf(context, asker.principal.tenant);
  await context.database.transaction(async (tx) => {
    const { rowCount } = await tx.query({
      text: `update access_devices set revoked_at = coalesce(revoked_at, now())
             where bucket = $1 and tenant = $2 and id = $3
               and ($4::text[] is null or location_id = any($4))`,
      values: [place.bucket, place.tenant, id, asker.principal.rules?.locations ?? null],
    });
    if (rowCount === 0) throw new Failure('NOT_FOUND', 'There is no device with this id.');
    await revokeSessionsOn(tx, { place, deviceId: id });
  });
  context.forget();
  noteChange(context, asker, { action: 'device.revoked', subject: `device/${id}` });
}

/** The device behind a key. Errors: UNAUTHENTICATED. */
export async function deviceOfKey(
  { database }: AccessContext,
  key: string | string[] | undefined,
): Promise<KnownDevice> {
  if (typeof key !== 'string') throw unknownDevice();
  const { rows } = await database.query<{
    bucket: number;
    tenant: string;
    id: string;
    name: string;
    location_id: string | null;
  }>({
    // Crosses buckets: the key is all there is. Index access_devices_by_key. Writes once a day and device.
    text: `with found as (
             select bucket, tenant, id, name, location_id, last_used_on from access_devices
             where key_hash = $1 and revoked_at is null
           ), used as (
             update access_devices d set last_used_on = (now() at time zone 'utc')::date
             from found f where d.bucket = f.bucket and d.tenant = f.tenant and d.id = f.id
               and d.last_used_on is distinct from (now() at time zone 'utc')::date
           )
           select bucket, tenant, id, name, location_id from found`,
    values: [hashToken(key)],
  });
  const [row] = rows;
  if (row === undefined) throw unknownDevice();
  const { bucket, tenant, id, name, location_id: locationId } = row;
  return { place: { bucket, tenant }, id, name, locationId };
}

function unknownDevice(): Failure {
  return new Failure('UNAUTHENTICATED', 'This device is not enrolled, or was revoked.');
}

function viewOf(row: DeviceRow): DeviceView {
  return {
    id: row.id,
    name: row.name,
    locationId: row.location_id,
    createdAt: row.created_at,
    revokedAt: row.revoked_at,
    lastUsedOn: row.last_used_on,
  };
}
