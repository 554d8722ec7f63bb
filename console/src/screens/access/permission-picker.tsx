/** Permissions as boxes under their modules, with a search. */
import { useState, type ReactElement } from 'react';
import { CheckField, SearchField } from '../../design/fields.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { permissionWords } from '../../words/permissions.ts';
import { usePartNames } from './permission-list.tsx';
import { words } from './words.ts';

export interface PermissionPickerProps {
  readonly known: readonly string[];
  readonly value: readonly string[];
  onChange(value: readonly string[]): void;
  readonly label: string;
}

export function PermissionPicker({
  known,
  value,
  onChange,
  label,
}: PermissionPickerProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const partName = usePartNames();
  const [typed, setTyped] = useState('');
  const shown = known.filter((permission) =>
    `${permission} ${permissionWords(permission, language)}`
      .toLocaleLowerCase()
      .includes(typed.trim().toLocaleLowerCase()),
  );
  const groups = Map.groupBy(shown, (permission) => partName(permission.split(':')[0] ?? ''));
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="pb-1 text-13 font-medium">{label}</legend>
      <SearchField label={t('permission')} value={typed} onChange={setTyped} />
      <div className="grid max-h-72 grid-cols-1 gap-4 overflow-y-auto rounded-control border border-line p-3 sm:grid-cols-2">
        {[...groups].map(([module, permissions]) => (
          <div key={module} className="flex min-w-0 flex-col gap-1.5">
            <p className="text-12 font-medium text-muted">{module}</p>
            {permissions.map((permission) => (
              <CheckField
                key={permission}
                label={permissionWords(permission, language)}
                hint={permission}
                value={value.includes(permission)}
                onChange={(isOn) =>
                  onChange(
                    isOn ? [...value, permission] : value.filter((each) => each !== permission),
                  )
                }
              />
            ))}
          </div>
        ))}
      </div>
    </fieldset>
  );
}
