/** One occasion: whether something is written, and the ways it goes, the first that reaches the person. */
import type { ReactElement } from 'react';
import { Button, IconButton } from '../../design/buttons.tsx';
import { SelectField } from '../../design/fields.tsx';
import { Badge } from '../../design/marks.tsx';
import { useWords } from '../../words/language.ts';
import { WAYS_MAX, type Use, type Way } from './notices.ts';
import { words } from './notices-words.ts';
import type { WayChoices } from './use-way-choices.ts';

export function NoticeLine(props: {
  readonly use: Use;
  readonly value: readonly Way[];
  readonly choices: WayChoices;
  readonly isOff: boolean;
  onChange(value: readonly Way[]): void;
}): ReactElement {
  const t = useWords(words);
  const { use, value, choices, isOff, onChange } = props;
  const add = (): void => {
    const [sender] = choices.senders.filter(({ id }) =>
      value.every(({ senderId }) => senderId !== id),
    );
    onChange([...value, { senderId: sender?.id ?? '', templateId: '' }]);
  };
  return (
    <li className="grid gap-x-6 gap-y-2 border-t border-line py-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {t(use)}
          {value.length === 0 ? <Badge>{t('off')}</Badge> : <Badge tone="good">{t('on')}</Badge>}
        </p>
        <p className="text-13 text-muted">{t(`${use}-text`)}</p>
      </div>
      <div className="flex min-w-0 flex-col gap-2">
        {value.map((way, at) => (
          <WayFields
            key={String(at)}
            way={way}
            place={at + 1}
            choices={choices}
            onChange={(next) => onChange(value.with(at, next))}
            onRemove={isOff ? null : () => onChange(value.toSpliced(at, 1))}
          />
        ))}
        {isOff || value.length >= WAYS_MAX ? null : (
          <div>
            <Button size="compact" icon="plus" onClick={add}>
              {value.length === 0 ? t('turn-on') : t('fall-back')}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}

function WayFields(props: {
  readonly way: Way;
  readonly place: number;
  readonly choices: WayChoices;
  onChange(way: Way): void;
  readonly onRemove: (() => void) | null;
}): ReactElement {
  const t = useWords(words);
  const { way, place, choices, onChange, onRemove } = props;
  const sender = choices.senders.find(({ id }) => id === way.senderId);
  const templates = choices.templates.filter(
    ({ channel, category }) => channel === sender?.channel && category !== 'marketing',
  );
  return (
    <div className="flex min-w-0 items-end gap-2">
      <span className="flex h-9 w-4 items-center text-13 text-muted">{place}</span>
      <SelectField
        className="flex-1"
        label={t('sender')}
        isLabelHidden={place > 1}
        value={way.senderId}
        onChange={(senderId) => onChange({ senderId, templateId: '' })}
        options={choices.senders.map(({ id, name, channel }) => ({
          value: id,
          label: `${name} (${channel})`,
        }))}
      />
      <SelectField
        className="flex-1"
        label={t('template')}
        isLabelHidden={place > 1}
        disabled={sender === undefined}
        value={way.templateId}
        onChange={(templateId) => onChange({ ...way, templateId })}
        options={templates.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {onRemove === null ? null : (
        <IconButton icon="trash" label={`${t('way-remove')} ${String(place)}`} onClick={onRemove} />
      )}
    </div>
  );
}
