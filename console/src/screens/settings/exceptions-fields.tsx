/** Days that are other than the week: closed, or with hours of their own. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { DateField } from '../../design/number-fields.tsx';
import { useWords } from '../../words/language.ts';
import type { Exception } from './calendar-types.ts';
import { words } from './hours-words.ts';
import { SpanFields } from './span-fields.tsx';
import { exceptionRunsOver, partedExceptions, spansFault, type Week } from './week.ts';

/** As many as the server takes. */
const EXCEPTIONS_MAX = 400;

export function ExceptionsFields(props: {
  readonly value: readonly Exception[];
  /** What other days have, to see where a night runs into the next day. */
  readonly week: Week;
  /** YYYY-MM-DD, at the location. */
  readonly today: string;
  readonly isOff: boolean;
  onChange(value: readonly Exception[]): void;
}): ReactElement {
  const t = useWords(words);
  const { value, week, today, isOff, onChange } = props;
  const { past } = partedExceptions(value, today);
  const isPast = (date: string): boolean => date !== '' && date < today;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1 text-14 font-semibold">{t('exceptions')}</legend>
      <p className="text-13 text-muted">{t('exceptions-text')}</p>
      <ul className="flex flex-col">
        {value.map((exception, at) =>
          isPast(exception.date) ? null : (
            <ExceptionLine
              // While it is typed the date may be that of another one.
              key={String(at)}
              exception={exception}
              today={today}
              isOver={exceptionRunsOver(exception, { week, exceptions: value })}
              isTwice={value.findIndex(({ date }) => date === exception.date) < at}
              isOff={isOff}
              onChange={(next) => onChange(value.with(at, next))}
              onRemove={() => onChange(value.toSpliced(at, 1))}
            />
          ),
        )}
      </ul>
      <div className="flex flex-wrap items-center gap-3">
        {isOff || value.length >= EXCEPTIONS_MAX ? null : (
          <Button
            size="compact"
            icon="plus"
            onClick={() => onChange([...value, { date: '', hours: [] }])}
          >
            {t('exception-add')}
          </Button>
        )}
        {past.length === 0 ? null : (
          <>
            <span className="text-13 text-muted">{t('past', { count: past.length })}</span>
            {isOff ? null : (
              <Button
                size="compact"
                onClick={() => onChange(value.filter(({ date }) => !isPast(date)))}
              >
                {t('past-remove')}
              </Button>
            )}
          </>
        )}
      </div>
    </fieldset>
  );
}

function ExceptionLine(props: {
  readonly exception: Exception;
  readonly today: string;
  /** Its hours and those of the day before or after overlap. */
  readonly isOver: boolean;
  /** Another line above is about the same date. */
  readonly isTwice: boolean;
  readonly isOff: boolean;
  onChange(exception: Exception): void;
  onRemove(): void;
}): ReactElement {
  const t = useWords(words);
  const { exception, today, isOver, isTwice, isOff, onChange, onRemove } = props;
  const { date, hours } = exception;
  const fault = spansFault(hours);
  const wrong = isTwice ? t('fault-twice') : date === '' ? t('fault-date') : null;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 border-t border-line py-2">
      <DateField
        className="w-44"
        label={t('date')}
        isLabelHidden
        min={today}
        value={date}
        error={wrong}
        onChange={(next) => onChange({ ...exception, date: next })}
      />
      <div className="min-w-0 flex-1 basis-64">
        <SpanFields
          of={date === '' ? t('date') : date}
          value={hours}
          isOff={isOff}
          onChange={(next) => onChange({ ...exception, hours: next })}
        />
        {fault === null ? null : <p className="text-12 text-wine">{t(`fault-${fault}`)}</p>}
        {isOver && fault === null ? (
          <p role="status" className="pt-1 text-12 text-brass-text">
            {t('runs-over-date')}
          </p>
        ) : null}
      </div>
      {isOff ? null : (
        <IconButton icon="trash" label={`${t('exception-remove')}: ${date}`} onClick={onRemove} />
      )}
    </li>
  );
}
