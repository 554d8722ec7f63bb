/** The contact step of a quiz: which fields are asked, and what may be agreed to, word for word. */
import type { ReactElement } from 'react';
import { CheckField, SelectField } from '../../design/fields.tsx';
import { useWords } from '../../words/language.ts';
import { changed, moved, type Consent } from './quiz-draft.ts';
import { AddButton, OrderButtons, QuizTexts } from './quiz-parts.tsx';
import type { KindProps } from './question-props.ts';
import { words } from './words-quiz.ts';

const FIELDS = ['name', 'email', 'phone'] as const;
const ASKED = ['required', 'optional', 'off'] as const;
const CHANNELS = ['email', 'sms', 'whatsapp'] as const;

export function ContactFields({ draft, question, onChange }: KindProps): ReactElement {
  const t = useWords(words);
  const fields = question.fields ?? { name: 'off', email: 'off', phone: 'off' };
  const consents = question.consents ?? [];
  const set = (next: readonly Consent[]): void => onChange(changed(question, { consents: next }));
  // One consent for each channel: the server takes no second one.
  const free = CHANNELS.find((channel) => !consents.some((each) => each.channel === channel));
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-3">
        {FIELDS.map((field) => (
          <SelectField
            key={field}
            label={t(`field-${field}`)}
            value={fields[field]}
            onChange={(asked) =>
              onChange(changed(question, { fields: { ...fields, [field]: asked } }))
            }
            options={ASKED.map((value) => ({ value, label: t(`is-${value}`) }))}
          />
        ))}
      </div>
      <h3 className="text-13 font-medium">{t('consents')}</h3>
      {consents.map((consent, place) => (
        <ConsentFields
          key={consent.channel}
          consent={consent}
          languages={draft.languages}
          place={place}
          count={consents.length}
          taken={consents.map(({ channel }) => channel)}
          onChange={(next) => set(consents.with(place, next))}
          onMove={(by) => set(moved(consents, { from: place, by }))}
          onRemove={() => set(consents.toSpliced(place, 1))}
        />
      ))}
      <AddButton
        label={t('add-consent')}
        disabled={free === undefined}
        onClick={() => {
          if (free !== undefined)
            set([...consents, { channel: free, wording: {}, required: false }]);
        }}
      />
    </div>
  );
}

function ConsentFields(props: {
  readonly consent: Consent;
  readonly languages: readonly string[];
  readonly place: number;
  readonly count: number;
  readonly taken: readonly Consent['channel'][];
  onChange(consent: Consent): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}): ReactElement {
  const t = useWords(words);
  const { consent, languages, place, count, taken, onChange } = props;
  return (
    <div className="flex min-w-0 flex-col gap-2 border-l-2 border-line pl-3">
      <div className="flex flex-wrap items-end gap-3">
        <SelectField
          label={t('channel')}
          className="flex-1 basis-32"
          value={consent.channel}
          onChange={(channel) => onChange({ ...consent, channel })}
          options={CHANNELS.map((value) => ({
            value,
            label: t(value),
            disabled: value !== consent.channel && taken.includes(value),
          }))}
        />
        <CheckField
          label={t('consent-required')}
          className="pb-2"
          value={consent.required}
          onChange={(required) => onChange({ ...consent, required })}
        />
        <OrderButtons
          name={t(consent.channel)}
          place={place}
          count={count}
          onMove={props.onMove}
          onRemove={props.onRemove}
        />
      </div>
      <QuizTexts
        languages={languages}
        label={t('wording')}
        isLong
        value={consent.wording}
        onChange={(wording) => onChange({ ...consent, wording })}
      />
    </div>
  );
}
