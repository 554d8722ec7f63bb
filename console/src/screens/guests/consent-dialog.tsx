/** Writes down that a guest agreed to be sent something: in which words, and where it was said. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextAreaField, TextField } from '../../design/fields.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { CHANNELS, type Channel } from './guest-types.ts';
import { words } from './words.ts';
import { words as guestWords } from './words-guest.ts';

/** What is read again after a consent came or went. */
export const CONSENTS_AGAIN = [
  'GET /v1/customers/{id}',
  'GET /v1/customers',
  'GET /v1/guests/{id}/timeline',
] as const;

interface Value {
  readonly channel: Channel;
  readonly wording: string;
  readonly source: string;
}

const WORDING_MAX = 2000;
const SOURCE_MAX = 100;

export function ConsentDialog(props: { readonly id: string; onClose(): void }): ReactElement {
  const tg = useWords(guestWords);
  const { id, onClose } = props;
  const [value, setValue] = useState<Value>({ channel: 'email', wording: '', source: '' });
  const give = useCommand('POST /v1/customers/{id}/give-consent', { again: CONSENTS_AGAIN });
  const [wording, source] = [value.wording.trim(), value.source.trim()];
  const send = (): void =>
    followUp(
      give.mutateAsync({
        params: { id },
        body: { channel: value.channel, wording, ...(source === '' ? {} : { source }) },
      }),
      () => {
        toast(tg('give-done'));
        onClose();
      },
    );
  return (
    <Dialog
      title={tg('give')}
      isOpen
      onClose={onClose}
      footer={
        <Button kind="primary" disabled={wording === ''} isBusy={give.isPending} onClick={send}>
          {tg('give')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        <ConsentFields value={value} onChange={setValue} />
        <FailureNote error={give.error} />
      </div>
    </Dialog>
  );
}

function ConsentFields(props: {
  readonly value: Value;
  onChange(value: Value): void;
}): ReactElement {
  const t = useWords(words);
  const tg = useWords(guestWords);
  const { value, onChange } = props;
  return (
    <>
      <SelectField
        label={tg('channel')}
        value={value.channel}
        onChange={(channel) => onChange({ ...value, channel })}
        options={CHANNELS.map((each) => ({ value: each, label: t(`channel-${each}`) }))}
      />
      <TextAreaField
        label={tg('wording')}
        required
        maxLength={WORDING_MAX}
        value={value.wording}
        onChange={(wording) => onChange({ ...value, wording })}
      />
      <TextField
        label={tg('source')}
        hint={tg('source-hint')}
        maxLength={SOURCE_MAX}
        value={value.source}
        onChange={(source) => onChange({ ...value, source })}
      />
    </>
  );
}
