/** Which roles a person has, and the rules of each: where, own shift only, most amounts. */
import type { ReactElement } from 'react';
import { useRead } from '../../api/api.ts';
import { allows, useSession } from '../../api/session.ts';
import { CheckField } from '../../design/fields.tsx';
import { useHouseCurrency } from '../../design/house-currency.ts';
import { MoneyField } from '../../design/number-fields.tsx';
import { Skeleton } from '../../design/marks.tsx';
import type { Money } from '../../words/format.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { permissionWords } from '../../words/permissions.ts';
import { useRoleNames } from './role-names.ts';
import { words } from './words.ts';

export interface RoleChoice {
  readonly role: string;
  readonly locations: readonly string[] | null;
  readonly ownShiftOnly: boolean;
  readonly amounts: Readonly<Record<string, number>>;
}

export interface RolesFormProps {
  readonly value: readonly RoleChoice[];
  onChange(value: readonly RoleChoice[]): void;
}

/** Permissions whose amount is commonly limited. */
const LIMITED = ['orders:refund', 'orders:discount'];

export function RolesForm({ value, onChange }: RolesFormProps): ReactElement {
  const t = useWords(words);
  const roles = useRead('GET /v1/access/roles', {});
  const roleName = useRoleNames();
  if (roles.data === undefined) return <Skeleton lines={4} />;
  const toggle = (role: string, isOn: boolean): void =>
    onChange(
      isOn
        ? [...value, { role, locations: null, ownShiftOnly: false, amounts: {} }]
        : value.filter((each) => each.role !== role),
    );
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="pb-1 text-13 font-medium">{t('roles')}</legend>
      {roles.data.items.map(({ id, permissions }) => {
        const chosen = value.find(({ role }) => role === id);
        return (
          <div key={id} className="flex flex-col gap-2">
            <CheckField
              label={roleName(id)}
              hint={t('permission-count', { count: permissions.length })}
              value={chosen !== undefined}
              onChange={(isOn) => toggle(id, isOn)}
            />
            {chosen === undefined ? null : (
              <Rules
                choice={chosen}
                permissions={permissions}
                onChange={(next) => onChange(value.map((each) => (each.role === id ? next : each)))}
              />
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

interface RulesProps {
  readonly choice: RoleChoice;
  readonly permissions: readonly string[];
  onChange(choice: RoleChoice): void;
}

function Rules({ choice, permissions, onChange }: RulesProps): ReactElement {
  const t = useWords(words);
  const own = useSession();
  const places = useRead(
    'GET /v1/business/locations',
    {},
    { enabled: allows(own.permissions, 'business:read') },
  );
  const chosen = choice.locations ?? [];
  return (
    <div className="ml-7 flex flex-col gap-3 rounded-control border border-line p-3">
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 text-13">{t('locations')}</legend>
        <p className="text-12 text-muted">{t('locations-hint')}</p>
        {(places.data?.items ?? []).map(({ id, name }) => (
          <CheckField
            key={id}
            label={name ?? id}
            value={chosen.includes(id)}
            onChange={(isOn) => {
              const next = isOn ? [...chosen, id] : chosen.filter((each) => each !== id);
              onChange({ ...choice, locations: next.length === 0 ? null : next });
            }}
          />
        ))}
      </fieldset>
      <CheckField
        label={t('own-shift')}
        value={choice.ownShiftOnly}
        onChange={(ownShiftOnly) => onChange({ ...choice, ownShiftOnly })}
      />
      <Amounts choice={choice} permissions={permissions} onChange={onChange} />
    </div>
  );
}

/** Most of one order, and of all that the person gives on a business day; empty for no limit. */
function Amounts({ choice, permissions, onChange }: RulesProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const currency = useHouseCurrency();
  const limited = LIMITED.filter((permission) => allows(permissions, permission));
  const setAmount = (permission: string, amount: number | null): void => {
    const { [permission]: _, ...others } = choice.amounts;
    onChange({
      ...choice,
      amounts: amount === null ? others : { ...others, [permission]: amount },
    });
  };
  const field = (name: string, label: string): ReactElement => (
    <MoneyField
      key={name}
      label={label}
      value={moneyOf(choice.amounts[name], currency)}
      onChange={(money) => setAmount(name, money?.amount ?? null)}
    />
  );
  return (
    <>
      {limited.flatMap((code) => {
        const permission = permissionWords(code, language);
        return [
          field(code, t('amount', { permission })),
          field(`${code}/day`, t('day-amount', { permission })),
        ];
      })}
    </>
  );
}

/** Rules hold minor units without a currency: that of the house. */
function moneyOf(amount: number | undefined, currency: string): Money | null {
  return amount === undefined ? null : { amount, currency };
}
