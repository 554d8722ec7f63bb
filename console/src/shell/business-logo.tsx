/** The logo of the business beside its name, for whoever may see its pictures. */
import { useState, type ReactElement } from 'react';
import { useRead } from '../api/api.ts';
import { allows, useSession } from '../api/session.ts';

interface Source {
  readonly file: string;
  readonly type: string;
  readonly width: number;
}

/** Pictures that are not narrower have it. */
const USUAL_FILE = '320.webp';

/** Of a picture; null once it is gone. */
interface Pictured {
  readonly status?: string;
  readonly sources?: readonly Source[] | null;
}

/** Nothing where there is none, and where it cannot be shown: the name says whose this is. */
export function BusinessLogo({
  logoId,
  name,
}: {
  readonly logoId: string;
  readonly name: string;
}): ReactElement | null {
  const { permissions } = useSession();
  const mayLook = allows(permissions, 'catalog:read');
  const [missing, setMissing] = useState<ReadonlySet<string>>(new Set());
  // Reading what a picture is stands in the audit trail; nearly every one has this width, so it is hardly ever asked.
  const usual = addressOf(logoId, USUAL_FILE);
  const image = useRead(
    'GET /v1/catalog/images/{id}',
    { params: { id: logoId } },
    { enabled: mayLook && missing.has(usual) },
  );
  // safe because the view of a picture has these members
  const { status, sources } = (image.data ?? {}) as Pictured;
  const own = status === 'removed' ? undefined : smallest(sources ?? [])?.file;
  const address = [usual, own === undefined ? usual : addressOf(logoId, own)].find(
    (each) => !missing.has(each),
  );
  if (!mayLook || address === undefined) return null;
  return (
    <img
      src={address}
      alt={name}
      onError={() => setMissing((before) => new Set([...before, address]))}
      // A dark logo on a clear ground stays legible after dark.
      className="h-7 max-w-20 shrink-0 rounded-control bg-[#fff] object-contain p-0.5"
    />
  );
}

function addressOf(id: string, file: string): string {
  return `/v1/catalog/images/${encodeURIComponent(id)}/${encodeURIComponent(file)}`;
}

function smallest(sources: readonly Source[]): Source | undefined {
  const [first] = sources
    .filter(({ type }) => type === 'image/webp')
    .toSorted((one, other) => one.width - other.width);
  return first;
}
