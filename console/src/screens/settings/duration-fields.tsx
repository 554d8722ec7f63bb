/** How long parties stay, by their size; the last line stands for everybody larger. */
import type { ReactElement, ReactNode } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { NumberField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import { PARTY_SIZE_MAX } from './calendar-types.ts';
import { withDuration, type Duration, type RuleFault } from './rules.ts';
import { words } from './rules-words.ts';

/** As the server takes them. */
const DURATIONS_MAX = 12;

export function DurationFields(props: {
  readonly value: readonly Duration[];
  readonly faults: ReadonlyMap<string, RuleFault>;
  readonly isOff: boolean;
  onChange(value: readonly Duration[]): void;
  /** What belongs beside them. */
  readonly children: ReactNode;
}): ReactElement {
  const t = useWords(words);
  const { value, faults, isOff, onChange, children } = props;
  return (
    <fieldset className="flex min-w-0 flex-col border-t border-line pt-3">
      <legend className="float-left w-full pb-2 text-14 font-semibold">{t('group-stay')}</legend>
      <div className="grid items-start gap-3 sm:grid-cols-2 xl:grid-cols-4">
        <ul className="flex min-w-0 flex-col gap-2 sm:col-span-2 xl:col-span-3">
          {value.map((duration, at) => (
            <DurationLine
              key={String(at)}
              duration={duration}
              isLast={at === value.length - 1}
              fault={faults.get(`durations.${String(at)}`) ?? null}
              onChange={(next) => onChange(value.with(at, next))}
              onRemove={
                isOff || value.length === 1 || at === value.length - 1
                  ? null
                  : () => onChange(value.toSpliced(at, 1))
              }
            />
          ))}
        </ul>
        {children}
      </div>
      {isOff || value.length >= DURATIONS_MAX ? null : (
        <div className="pt-2">
          <Button size="compact" icon="plus" onClick={() => onChange(withDuration(value))}>
            {t('duration-add')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function DurationLine(props: {
  readonly duration: Duration;
  /** It stands for all larger parties, so it has no size. */
  readonly isLast: boolean;
  readonly fault: RuleFault | null;
  onChange(duration: Duration): void;
  readonly onRemove: (() => void) | null;
}): ReactElement {
  const t = useWords(words);
  const { duration, isLast, fault, onChange, onRemove } = props;
  const { partySizeTo, minutes } = duration;
  return (
    <li className="flex min-w-0 flex-col gap-1">
      <div className="flex min-w-0 flex-wrap items-center gap-2">
        {isLast ? (
          <span className="min-w-0 basis-full text-14 sm:w-64 sm:basis-auto">{t('larger')}</span>
        ) : (
          <>
            <span className="min-w-0 basis-full text-14 sm:w-42 sm:basis-auto">
              {t('party-to')}
            </span>
            <NumberField
              className="w-20"
              label={t('party-to')}
              isLabelHidden
              min={1}
              max={PARTY_SIZE_MAX}
              value={partySizeTo}
              onChange={(next) => onChange({ ...duration, partySizeTo: next })}
            />
          </>
        )}
        <NumberField
          className="w-28"
          label={t('stay')}
          isLabelHidden
          unit={t('minutes')}
          step={15}
          min={15}
          max={480}
          value={minutes}
          onChange={(next) => onChange({ ...duration, minutes: next })}
        />
        {onRemove === null ? (
          <span className="w-9" />
        ) : (
          <IconButton
            icon="trash"
            label={`${t('duration-remove')}: ${String(partySizeTo ?? '')}`}
            onClick={onRemove}
          />
        )}
      </div>
      {fault === null ? null : (
        <p className="text-12 text-wine">
          {fault === 'order' ? t('fault-order') : t('fault-bounds', { min: 15, max: 480 })}
        </p>
      )}
    </li>
  );
}
