/** One guest stands for another; both are chosen among those given, or the other one is looked for. */
import { useState, type ReactElement } from 'react';
import { client, useCommand } from '../../api/api.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { Icon } from '../../design/icons.tsx';
import { toast } from '../../design/toasts.tsx';
import { useWords } from '../../words/language.ts';
import { followUp } from '../lists/follow-up.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { shaped } from '../order/order-types.ts';
import { searchOf } from './search.ts';
import { words } from './words-guest.ts';

export interface MergePerson {
  readonly id: string;
  readonly name: string | null;
}

/** What MergeDialog works with. */
function useMergeDialog(props: { readonly people: readonly MergePerson[]; onClose(): void }) {
  const t = useWords(words);
  const { onClose } = props;
  const [people, setPeople] = useState(props.people);
  const [keepId, setKeep] = useState(props.people[0]?.id ?? '');
  const [otherId, setOther] = useState(props.people[1]?.id ?? '');
  const merge = useCommand('POST /v1/customers/{id}/merge', {
    again: [
      'GET /v1/customers',
      'GET /v1/customers/{id}',
      'GET /v1/customers/duplicates',
      'GET /v1/guests/{id}',
      'GET /v1/guests/{id}/timeline',
    ],
  });
  const options = people.map(({ id, name }) => ({ value: id, label: `${name ?? '–'} (${id})` }));
  const isReady = keepId !== '' && otherId !== '' && keepId !== otherId;
  return {
    t,
    onClose,
    people,
    setPeople,
    keepId,
    setKeep,
    otherId,
    setOther,
    merge,
    options,
    isReady,
  };
}

function MergeDialogFooter({
  t,
  onClose,
  keepId,
  otherId,
  merge,
  isReady,
}: Pick<
  ReturnType<typeof useMergeDialog>,
  't' | 'onClose' | 'keepId' | 'otherId' | 'merge' | 'isReady'
>): ReactElement {
  return (
    <Button
      kind="primary"
      icon="merge"
      disabled={!isReady}
      isBusy={merge.isPending}
      onClick={() =>
        followUp(merge.mutateAsync({ params: { id: keepId }, body: { otherId } }), () => {
          toast(t('merge-done'));
          onClose();
        })
      }
    >
      {t('merge-go')}
    </Button>
  );
}

function MergeDialogBody({
  t,
  people,
  setPeople,
  keepId,
  setKeep,
  otherId,
  setOther,
  merge,
  options,
}: Pick<
  ReturnType<typeof useMergeDialog>,
  't' | 'people' | 'setPeople' | 'keepId' | 'setKeep' | 'otherId' | 'setOther' | 'merge' | 'options'
>): ReactElement {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t('merge-text')}</p>
      {people.length < 2 ? (
        <FindOther
          onFound={(found) => {
            if (found.id === keepId) return;
            setPeople([...people, found]);
            setOther(found.id);
          }}
        />
      ) : (
        <>
          <SelectField
            label={t('merge-keep')}
            value={keepId}
            onChange={(id) => {
              setOther(id === otherId ? keepId : otherId);
              setKeep(id);
            }}
            options={options}
          />
          <p className="flex min-w-0 items-center gap-2 text-muted">
            <Icon name="merge" />{' '}
            <bdi className="truncate">
              {people.find(({ id }) => id === otherId)?.name ?? otherId}
            </bdi>
            <Icon name="arrow-right" />{' '}
            <bdi className="truncate">{people.find(({ id }) => id === keepId)?.name ?? keepId}</bdi>
          </p>
        </>
      )}
      <FailureNote error={merge.error} />
    </div>
  );
}

export function MergeDialog(props: {
  readonly people: readonly MergePerson[];
  onClose(): void;
}): ReactElement {
  const {
    t,
    onClose,
    people,
    setPeople,
    keepId,
    setKeep,
    otherId,
    setOther,
    merge,
    options,
    isReady,
  } = useMergeDialog(props);
  return (
    <Dialog
      title={t('merge-title')}
      isOpen
      onClose={onClose}
      footer={
        <MergeDialogFooter
          t={t}
          onClose={onClose}
          keepId={keepId}
          otherId={otherId}
          merge={merge}
          isReady={isReady}
        />
      }
    >
      <MergeDialogBody
        t={t}
        people={people}
        setPeople={setPeople}
        keepId={keepId}
        setKeep={setKeep}
        otherId={otherId}
        setOther={setOther}
        merge={merge}
        options={options}
      />
    </Dialog>
  );
}

function FindOther({ onFound }: { onFound(person: MergePerson): void }): ReactElement {
  const t = useWords(words);
  const [typed, setTyped] = useState('');
  const [isMissing, setMissing] = useState(false);
  const look = async (): Promise<void> => {
    const found = await personOf(typed).catch(() => null);
    setMissing(found === null);
    if (found !== null) onFound(found);
  };
  return (
    <div className="flex items-start gap-2">
      <TextField
        className="flex-1"
        label={t('merge-other')}
        error={isMissing ? t('merge-not-found') : null}
        value={typed}
        onChange={setTyped}
        onEnter={() => void look()}
      />
      <Button
        className="mt-6"
        icon="search"
        disabled={typed.trim() === ''}
        onClick={() => void look()}
      >
        {t('merge-find')}
      </Button>
    </div>
  );
}

async function personOf(typed: string): Promise<MergePerson | null> {
  const search = searchOf(typed);
  if (search.by === 'phone' || search.by === 'email') {
    const { body } = await client.call('GET /v1/customers', {
      query: search.by === 'phone' ? { phone: search.phone } : { email: search.email },
    });
    return shaped<readonly MergePerson[]>(body.items)[0] ?? null;
  }
  const { body } = await client.call('GET /v1/customers/{id}', { params: { id: typed.trim() } });
  return shaped<MergePerson>(body);
}
