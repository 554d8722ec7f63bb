/** The form of one command, from its schema. */
import { useCallback, useMemo, useState, type ReactElement } from 'react';
import type { CallFailed } from '../../../../src/client/client.ts';
import { allows, useSession } from '../../api/session.ts';
import { Button } from '../../design/buttons.tsx';
import { Dialog } from '../../design/dialogs.tsx';
import { Tabs } from '../../design/tabs.tsx';
import { toast } from '../../design/toasts.tsx';
import { useLanguage, useWords } from '../../words/language.ts';
import { permissionWords } from '../../words/permissions.ts';
import { NamingContext, useNamesOf, useNaming } from '../../words/names/use-names.ts';
import type { ValueWords } from '../../words/problems/field-messages.ts';
import { useFieldMessages } from '../../words/problems/use-problem.ts';
import { ChangesView } from './changes-view.tsx';
import { callGeneric, type AggregateItem, type CommandItem } from './generic-calls.ts';
import { JsonField } from './json-field.tsx';
import { RefusalNote } from './refusal-note.tsx';
import { SchemaField } from './schema-field.tsx';
import { holdersOf } from './schema-props.ts';
import { changesOf, factsOf } from './story-facts.ts';
import { initialOf, isObject, withoutGaps, type Schema } from './schema.ts';
import { useAmounts } from './use-amounts.ts';
import { useGenericCommand } from './use-generic-command.ts';
import { words } from './words.ts';

export interface CommandDialogProps {
  readonly aggregate: AggregateItem;
  readonly command: CommandItem;
  /** null for the command that makes a thing. */
  readonly id: string | null;
  /** What the person saw when they opened it. */
  readonly seen?: { readonly version: number; readonly state: unknown } | undefined;
  /** Values to begin with. */
  readonly initial?: Readonly<Record<string, unknown>> | undefined;
  onClose(): void;
  onDone?(answer: unknown): void;
}

export function CommandDialog(props: CommandDialogProps): ReactElement {
  const { command, aggregate } = props;
  const names = useNamesOf(aggregate.category);
  const naming = useMemo(
    () => ({ names, within: [command.name, aggregate.category] }),
    [names, command.name, aggregate.category],
  );
  return (
    <Dialog title={names.command(command.name)} isOpen onClose={props.onClose}>
      <NamingContext value={naming}>
        <CommandForm {...props} />
      </NamingContext>
    </Dialog>
  );
}

const PRECONDITION_FAILED = 412;

function useCommandForm(props: CommandDialogProps) {
  const { aggregate, command, id, seen } = props;
  const t = useWords(words);
  const { names } = useNaming();
  // safe because the description gives JSON Schema 2020-12, and fields that are not understood are written as JSON
  const schema = command.input as Schema;
  const [value, setValue] = useState<unknown>(() => ({
    ...asRecord(initialOf(schema)),
    ...props.initial,
  }));
  const [newest, setNewest] = useState<{
    readonly version: number;
    readonly state: unknown;
  } | null>(null);
  const give = useGenericCommand(aggregate);
  const submit = (version: number | undefined): void => {
    const body = withoutGaps(value ?? {});
    give.mutate(
      { command, id, body, ifMatch: id === null ? undefined : version },
      {
        onSuccess: (answer) => {
          toast(t('done', { what: names.command(command.name) }));
          props.onDone?.(answer);
          props.onClose();
        },
        onError: ({ status }) => {
          if (status === PRECONDITION_FAILED && id !== null)
            void readNewest(aggregate, id).then(setNewest);
        },
      },
    );
  };
  return { schema, value, setValue, newest, give, submit, seen };
}

function CommandForm(props: CommandDialogProps): ReactElement {
  const t = useWords(words);
  const language = useLanguage();
  const { command, aggregate, seen } = props;
  const { permissions } = useSession();
  const { names } = useNaming();
  const form = useCommandForm(props);
  const { newest, give } = form;
  const isChanged = newest !== null && give.error?.status === PRECONDITION_FAILED;
  return (
    <form
      className="flex flex-col gap-4"
      noValidate
      onSubmit={(submit) => {
        submit.preventDefault();
        if (!give.isPending) form.submit(seen?.version);
      }}
    >
      <p className="text-muted">{names.about(command.name) ?? command.summary}</p>
      {allows(permissions, command.permission) ? null : (
        <p className="text-13 text-brass-text">
          {t('needs-approval', { permission: permissionWords(command.permission, language) })}
        </p>
      )}
      <CommandFields aggregate={aggregate} command={command} form={form} />
      {isChanged ? (
        <Changed
          before={seen?.state}
          after={newest.state}
          onAgain={() => form.submit(newest.version)}
        />
      ) : give.error === null ? null : (
        <RefusalNote error={give.error} refusals={aggregate.refusals} />
      )}
      <div className="flex justify-end">
        <Button kind="primary" type="submit" isBusy={give.isPending}>
          {t('give')}
        </Button>
      </div>
    </form>
  );
}

/** What was refused of single fields, with the values that a field may have in the words of its module. */
function useFieldErrors(error: CallFailed | null): ReadonlyMap<string, string> {
  const { names, within } = useNaming();
  const valueWords = useCallback<ValueWords>(
    (at, said) => {
      const [field = '', ...holders] = holdersOf(at);
      return names.value(field, said, [...holders, ...within]);
    },
    [names, within],
  );
  return useFieldMessages(error?.errors, valueWords);
}

/** The command as fields, or as JSON for those who have it at hand. */
function CommandFields({
  aggregate,
  command,
  form,
}: {
  readonly aggregate: AggregateItem;
  readonly command: CommandItem;
  readonly form: ReturnType<typeof useCommandForm>;
}): ReactElement {
  const t = useWords(words);
  const [tab, setTab] = useState<'form' | 'json'>('form');
  const { schema, value, setValue, give } = form;
  const naming = useNaming();
  const amounts = useAmounts(aggregate).within(value, form.seen?.state);
  const inside = { ...naming, amounts };
  const errors = useFieldErrors(give.error);
  return (
    <Tabs
      value={tab}
      onChange={setTab}
      tabs={[
        { value: 'form', label: t('form') },
        { value: 'json', label: t('json') },
      ]}
      actions={
        command.examples[0] === undefined ? undefined : (
          <Button size="compact" onClick={() => setValue(command.examples[0])}>
            {t('example')}
          </Button>
        )
      }
    >
      {tab === 'json' ? (
        <JsonField
          label={t('json')}
          rows={12}
          value={withoutGaps(value)}
          onChange={setValue}
          at=""
          errors={NONE}
        />
      ) : (
        <NamingContext value={inside}>
          <SchemaField
            label=""
            schema={schema}
            value={value}
            onChange={setValue}
            isRequired
            at=""
            errors={errors}
          />
        </NamingContext>
      )}
    </Tabs>
  );
}

const NONE: ReadonlyMap<string, string> = new Map();

/** Both values are shown; nothing is overwritten unseen. */
function Changed({
  before,
  after,
  onAgain,
}: {
  readonly before: unknown;
  readonly after: unknown;
  onAgain(): void;
}): ReactElement {
  const t = useWords(words);
  return (
    <div
      role="alert"
      className="flex flex-col gap-3 rounded-card border border-brass bg-brass-soft p-3"
    >
      <p className="font-semibold">{t('changed-title')}</p>
      <p>{t('changed-text')}</p>
      <div className="rounded-control bg-raised p-3">
        <ChangesView facts={factsOf(changesOf(before, after))} />
      </div>
      <div>
        <Button onClick={onAgain}>{t('changed-again')}</Button>
      </div>
    </div>
  );
}

async function readNewest(
  { path }: AggregateItem,
  id: string,
): Promise<{ readonly version: number; readonly state: unknown }> {
  const state = await callGeneric(`GET ${path}/{id}`, { params: { id } });
  const version = isObject(state) ? state['version'] : undefined;
  return { version: typeof version === 'number' ? version : 0, state };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}
