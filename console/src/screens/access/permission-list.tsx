/** What a role opens, under what each part of the house is called, in words; the code stands in the title. */
import type { ReactElement } from 'react';
import { useLanguage, useWords } from '../../words/language.ts';
import { useEveryName } from '../../words/names/use-names.ts';
import { permissionWords } from '../../words/permissions.ts';
import { words } from './words.ts';

/** By the part of the house: `orders:refund` belongs to orders, `all` and `admin` to the installation. */
export function usePartNames(): (part: string) => string {
  const t = useWords(words);
  const namesOf = useEveryName();
  return (part) => {
    const named = namesOf(part).module();
    if (named !== undefined) return named;
    const key = `part-${part}`;
    // safe because the words have the key
    return Object.hasOwn(words.en, key) ? t(key as 'part-access') : t('part-engine');
  };
}

export function PermissionList({
  permissions,
}: {
  readonly permissions: readonly string[];
}): ReactElement {
  const language = useLanguage();
  const partName = usePartNames();
  const parts = Map.groupBy(permissions, (permission) => partName(permission.split(':')[0] ?? ''));
  return (
    <dl className="columns-1 gap-6 sm:columns-2">
      {[...parts].map(([part, each]) => (
        <div key={part} className="break-inside-avoid pb-3">
          <dt className="pb-1 text-13 text-muted">{part}</dt>
          {each.map((permission) => (
            <dd key={permission} title={permission} className="py-0.5">
              {permissionWords(permission, language)}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}
