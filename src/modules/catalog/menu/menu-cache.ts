/**
 * Menus kept in memory for as long as nothing changed. Each question reads the count of changes first (one row by its
 * key); only when that moved are the rows read again, once for all who wait.
 *
 * Invariant: what is answered has seen at least every change that was committed to the read model when the question
 * came in.
 */
import { menuSourceOf, type KeyedMenuRow, type MenuSource } from './menu-source.ts';

/** A menu of a thousand products takes about two megabytes here. */
const SOURCES_MAX = 50;
/** Places, channels, languages and minutes of the tenants that are asked for most. */
const RENDERED_MAX = 500;
/** After so many changes under the reading hand the last reading is good for one answer, but is not kept. */
const READINGS_MAX = 3;
/** The first wait may be for a reading that began too early; the second cannot. */
const WAITS_MAX = 3;

export interface MenuReading {
  /** Count of changes of the tenant's menu; 0 before the first one. */
  version(tenant: string): Promise<number>;
  rows(tenant: string): Promise<readonly KeyedMenuRow[]>;
}

export interface MenuCache {
  /** The text made from the tenant's menu under a name that says everything else it depends on. */
  rendered(
    of: { readonly tenant: string; readonly name: string },
    render: (source: MenuSource) => string,
  ): Promise<string>;
}

/** One reading of the rows. Texts hold on to its stamp only, so that a source that is over can be freed. */
interface Reading {
  readonly source: MenuSource;
  readonly stamp: symbol;
}

export function createMenuCache(reading: MenuReading): MenuCache {
  const kept = new Map<string, Reading>();
  const underWay = new Map<string, Promise<Reading>>();
  const texts = new Map<string, { readonly stamp: symbol; readonly text: string }>();

  const readOnce = (tenant: string): Promise<Reading> => {
    const begun = underWay.get(tenant);
    if (begun !== undefined) return begun;
    const fresh = readSource(reading, tenant)
      .then(({ source, whole }) => {
        const read = { source, stamp: Symbol(tenant) };
        if (whole) keep(kept, { key: tenant, value: read, max: SOURCES_MAX });
        return read;
      })
      .finally(() => underWay.delete(tenant));
    underWay.set(tenant, fresh);
    return fresh;
  };
  const current = async (tenant: string): Promise<Reading> => {
    const version = await reading.version(tenant);
    const held = kept.get(tenant);
    if (held?.source.version === version) return held;
    let read = await readOnce(tenant);
    for (let waits = 1; read.source.version < version && waits < WAITS_MAX; waits += 1)
      read = await readOnce(tenant);
    return read;
  };
  return {
    async rendered({ tenant, name }, render) {
      const { source, stamp } = await current(tenant);
      const key = `${tenant}\0${name}`;
      const held = texts.get(key);
      if (held?.stamp === stamp) return held.text;
      const text = render(source);
      // A reading that is not kept is never met again.
      if (kept.get(tenant)?.stamp === stamp)
        keep(texts, { key, value: { stamp, text }, max: RENDERED_MAX });
      return text;
    },
  };
}

async function readSource(
  reading: MenuReading,
  tenant: string,
): Promise<{ readonly source: MenuSource; readonly whole: boolean }> {
  let before = await reading.version(tenant);
  for (let readings = 1; ; readings += 1) {
    const rows = await reading.rows(tenant);
    const after = await reading.version(tenant);
    const whole = before === after;
    if (whole || readings === READINGS_MAX) return { source: menuSourceOf(rows, before), whole };
    before = after;
  }
}

/** The newest goes in, the one that was put in longest ago goes out. */
function keep<Value>(
  held: Map<string, Value>,
  entry: { readonly key: string; readonly value: Value; readonly max: number },
): void {
  held.delete(entry.key);
  held.set(entry.key, entry.value);
  if (held.size <= entry.max) return;
  const oldest = held.keys().next();
  if (oldest.done !== true) held.delete(oldest.value);
}
