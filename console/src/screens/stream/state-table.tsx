/** The state at a version, value by value; what the event changed stands out, with what it was before. */
import { useState, type ReactElement } from 'react';
import { Badge, classes, SwitchField, type Tone } from '../../design/index.ts';
import { useWords } from '../../words/language.ts';
import { ROWS_MAX, stateRows, type StateChange, type StateRow } from './state-rows.ts';
import { words } from './words.ts';

export interface StateTableProps {
  readonly state: unknown;
  readonly changes: readonly StateChange[];
}

export function StateTable({ state, changes }: StateTableProps): ReactElement {
  const t = useWords(words);
  const [isOnlyChanges, setOnlyChanges] = useState(false);
  // What changed comes first: a state can be longer than the screen.
  const all = stateRows(state, changes).toSorted(
    (a, b) => Number(b.change !== null) - Number(a.change !== null),
  );
  const rows = isOnlyChanges ? all.filter(({ change }) => change !== null) : all;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-13 text-muted">
          {changes.length === 0 ? t('no-changes') : t('changes-here', { count: changes.length })}
        </p>
        <SwitchField label={t('only-changes')} value={isOnlyChanges} onChange={setOnlyChanges} />
      </div>
      <div className="min-w-0 overflow-x-auto">
        <table className="w-full border-collapse text-13 [overflow-wrap:anywhere]">
          <thead className="sr-only">
            <tr>
              <th>{t('field')}</th>
              <th>{t('value')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={`${row.path.join('\u0000')} ${row.change ?? ''}`} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {all.length < ROWS_MAX ? null : (
        <p className="text-12 text-muted">{t('cut', { count: ROWS_MAX })}</p>
      )}
    </div>
  );
}

const TONES: Readonly<Record<NonNullable<StateRow['change']>, Tone>> = {
  added: 'good',
  changed: 'waiting',
  removed: 'bad',
};
const ICONS = { added: 'plus', changed: 'edit', removed: 'minus' } as const;

function Row({ row: { path, value, change, before } }: { readonly row: StateRow }): ReactElement {
  const t = useWords(words);
  return (
    <tr
      className={classes(
        'border-b border-line align-top last:border-0',
        change === 'changed' && 'bg-brass-soft',
        change === 'added' && 'bg-brand-soft',
        change === 'removed' && 'bg-wine-soft',
      )}
    >
      <th scope="row" className="w-2/5 px-2 py-1.5 text-left font-normal text-muted-on-soft">
        {path.map((part, at) => (
          <span key={`${String(at)} ${part}`}>
            {at === 0 ? null : <span aria-hidden="true"> › </span>}
            {/^\d+$/.test(part) ? String(Number(part) + 1) : part}
          </span>
        ))}
      </th>
      <td className="px-2 py-1.5">
        <span className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          {change === 'removed' ? (
            <del dir="auto">{valueText(before)}</del>
          ) : (
            <span dir="auto" className="min-w-0 whitespace-pre-wrap">
              {valueText(value)}
            </span>
          )}
          {change === 'changed' ? (
            <span className="text-12 text-muted-on-soft">
              {t('was')} <del dir="auto">{valueText(before)}</del>
            </span>
          ) : null}
          {change === null ? null : (
            <Badge tone={TONES[change]} icon={ICONS[change]}>
              {t(change)}
            </Badge>
          )}
        </span>
      </td>
    </tr>
  );
}

/** Texts without quotes; everything else as JSON has it. */
function valueText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '–');
}
