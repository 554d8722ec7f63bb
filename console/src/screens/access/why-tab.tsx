/** Pick a person and a permission, and read which role and rule gives or denies it. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { SelectField } from '../../design/fields.tsx';
import { Badge, ErrorNote, Skeleton } from '../../design/marks.tsx';
import { useHouseCurrency } from '../../design/house-currency.ts';
import { Card } from '../../design/page.tsx';
import { useUrlState } from '../../design/url-state.ts';
import { LOCALES } from '../../words/define-words.ts';
import { formatMoney } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { permissionWords } from '../../words/permissions.ts';
import { usePeople } from './people-tab.tsx';
import { usePlaceNames } from './place-names.ts';
import { useRoleNames } from './role-names.ts';
import { explain, type Explanation, type Gives } from './why.ts';
import { words } from './words.ts';

export function WhyTab(): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const people = usePeople();
  const roles = useRead('GET /v1/access/roles', {});
  const modules = useRead('GET /v1/modules', {});
  const [userId, setUserId] = useUrlState('person');
  const [permission, setPermission] = useUrlState('permission');
  const error = people.error ?? roles.error;
  if (error !== null) return <ErrorNote error={error} />;
  if (people.data === undefined || roles.data === undefined) return <Skeleton lines={4} />;
  const users = people.data.pages.flatMap(({ items }) => items);
  const user = users.find(({ id }) => id === userId);
  const { compare } = new Intl.Collator(LOCALES[language]);
  const commands = (modules.data?.items ?? []).flatMap(({ aggregates }) =>
    aggregates.flatMap((each) => each.commands),
  );
  const isApprovable = commands.some(
    (command) => command.permission === permission && command.approvable,
  );
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <p className="text-muted">{t('why-hint')}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label={t('person')}
          value={userId}
          onChange={setUserId}
          options={users.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          label={t('permission')}
          value={permission}
          onChange={setPermission}
          options={roles.data.permissions
            .map((value) => ({ value, label: permissionWords(value, language) }))
            .toSorted((a, b) => compare(a.label, b.label))}
        />
      </div>
      {user === undefined || permission === '' ? null : (
        <Answer
          permission={permission}
          isApprovable={isApprovable}
          explanation={explain(user, permission, { roles: roles.data.items })}
        />
      )}
    </div>
  );
}

function Answer({
  permission,
  explanation,
  isApprovable,
}: {
  readonly permission: string;
  readonly explanation: Explanation;
  readonly isApprovable: boolean;
}): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const roleName = useRoleNames();
  const { may, reason, gives, others } = explanation;
  return (
    <div role="status">
      <Card>
        <div className="flex flex-col gap-3">
          <div>
            <Badge tone={may ? 'good' : 'bad'}>{t(may ? 'why-may' : 'why-may-not')}</Badge>
          </div>
          {reason === 'disabled' ? <p>{t('why-disabled')}</p> : null}
          {reason === 'no-role' ? <p>{t('why-no-role')}</p> : null}
          {gives.map((each) => (
            <GivenLine key={each.role} gives={each} permission={permission} />
          ))}
          {gives.length > 0 ? null : (
            <>
              <p>
                {t(others.length === 0 ? 'why-nobody' : 'why-none', {
                  permission: permissionWords(permission, language),
                })}
              </p>
              <ul className="flex flex-wrap gap-2">
                {others.map((role) => (
                  <li key={role}>
                    <Badge>{roleName(role)}</Badge>
                  </li>
                ))}
              </ul>
            </>
          )}
          {!may && isApprovable && reason !== 'disabled' ? (
            <p className="text-muted">{t('why-approval')}</p>
          ) : null}
        </div>
      </Card>
    </div>
  );
}

function GivenLine({
  gives,
  permission,
}: {
  readonly gives: Gives;
  readonly permission: string;
}): ReactElement {
  const t = useWords(words);
  const { by, locations, amount, ownShiftOnly } = gives;
  const language = useLanguage();
  const placeName = usePlaceNames();
  const currency = useHouseCurrency();
  const role = useRoleNames()(gives.role);
  const may = permissionWords(permission, language);
  return (
    <div className="flex flex-col gap-1">
      <p>
        {by === permission
          ? t('why-gives', { role, permission: may })
          : t('why-gives-write', { role, permission: may, write: permissionWords(by, language) })}
      </p>
      {locations === null ? null : (
        <p className="text-muted">
          {t('why-locations', { locations: locations.map(placeName).join(', ') })}
        </p>
      )}
      {amount === null ? null : (
        <p className="text-muted">
          {t('why-amount', { amount: formatMoney({ amount, currency }, language) })}
        </p>
      )}
      {ownShiftOnly ? <p className="text-muted">{t('why-shift')}</p> : null}
    </div>
  );
}
