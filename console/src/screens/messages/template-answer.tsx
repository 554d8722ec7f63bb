/** An answer by template: which one, in which language, its variables, and what the person gets. */
import { useState, type ReactElement } from 'react';
import { useCommand } from '../../api/api.ts';
import { Button, TextLink } from '../../design/buttons.tsx';
import { SelectField, TextField } from '../../design/fields.tsx';
import { Skeleton } from '../../design/marks.tsx';
import { toast } from '../../design/toasts.tsx';
import { LOCALES } from '../../words/define-words.ts';
import { useLanguage, useWords } from '../../words/language.ts';
import { useLimits } from '../lists/use-limits.ts';
import { usePages } from '../lists/use-pages.ts';
import { FailureNote } from '../order/failure-note.tsx';
import { REPLY_AGAIN } from './conversation-names.ts';
import {
  filled,
  isApproved,
  isFitTemplate,
  type Conversation,
  type TemplateRow,
} from './conversation-types.ts';
import { useWho } from './who.tsx';
import { words } from './words-conversations.ts';

/** Of the server. */
const VALUE_MAX = 1024;
/** More than a house has; who has more finds the rest under their names. */
const TEMPLATES_MAX = 200;

export function TemplateAnswer({
  conversation,
}: {
  readonly conversation: Conversation;
}): ReactElement {
  const t = useWords(words);
  const { channel } = conversation;
  const list = usePages<TemplateRow>(
    'GET /v1/messages/templates',
    { channel, status: 'active' },
    { limit: TEMPLATES_MAX },
  );
  const fit = list.rows.filter(isFitTemplate);
  const [chosen, choose] = useState<string | null>(null);
  const template = fit.find(({ id }) => id === chosen) ?? (fit.length === 1 ? fit[0] : undefined);
  if (list.error !== null) return <FailureNote error={list.error} />;
  if (list.isLoading && fit.length === 0) return <Skeleton lines={2} />;
  if (fit.length === 0) return <NoTemplates />;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <SelectField
        label={t('template-choose')}
        value={template?.id ?? null}
        onChange={choose}
        options={fit.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {template === undefined ? null : (
        <Filling key={template.id} template={template} conversation={conversation} />
      )}
    </div>
  );
}

/** Those that are known already: a guest's own name, or how the provider knows the person. */
function useKnownValues(
  { variables }: TemplateRow,
  conversation: Conversation,
): Readonly<Record<string, string>> {
  const who = useWho(conversation);
  const isNamed = conversation.name !== null || conversation.customerId !== null;
  const asksName = variables.some((variable) => variable.name === 'name');
  return asksName && isNamed ? { name: who } : {};
}

function useFilling(template: TemplateRow, conversation: Conversation) {
  const t = useWords(words);
  const reader = useLanguage();
  const approved = template.texts.filter(({ language }) => isApproved(template, language));
  const own = approved.find(({ language }) => language.startsWith(reader)) ?? approved[0];
  const [language, setLanguage] = useState(own?.language ?? '');
  const known = useKnownValues(template, conversation);
  const [values, setValues] = useState(known);
  const reply = useCommand('POST /v1/messages/conversations/{id}/reply', { again: REPLY_AGAIN });
  const isFull = template.variables.every(({ name }) => (values[name] ?? '').trim() !== '');
  const send = (): void => {
    if (!isFull || reply.isPending) return;
    const { id } = conversation;
    const body = { template: { id: template.id, language, variables: { ...values } } };
    reply.mutate(
      { params: { id }, body },
      {
        onSuccess: () => {
          setValues(known);
          toast(t('sent'));
        },
      },
    );
  };
  const text = approved.find((each) => each.language === language);
  return { approved, language, setLanguage, values, setValues, reply, isFull, send, text };
}

function Filling(props: {
  readonly template: TemplateRow;
  readonly conversation: Conversation;
}): ReactElement {
  const t = useWords(words);
  const limits = useLimits()('messages:reply');
  const { template, conversation } = props;
  const form = useFilling(template, conversation);
  const { values, setValues, reply, isFull } = form;
  return (
    <form
      className="flex min-w-0 flex-col gap-3"
      onSubmit={(submit) => {
        submit.preventDefault();
        form.send();
      }}
    >
      <Languages form={form} />
      {template.variables.map(({ name, example }) => (
        <TextField
          key={name}
          label={name}
          placeholder={example}
          required
          maxLength={VALUE_MAX}
          value={values[name] ?? ''}
          onChange={(value) => setValues({ ...values, [name]: value })}
        />
      ))}
      {form.text === undefined ? null : (
        <figure className="flex min-w-0 flex-col gap-1">
          <figcaption className="text-13 text-muted">{t('template-preview')}</figcaption>
          <blockquote
            dir="auto"
            className="rounded-card bg-brand-soft px-3 py-2 break-words whitespace-pre-wrap"
          >
            {[form.text.subject, form.text.body, form.text.footer]
              .filter((part) => part !== undefined)
              .map((part) => filled(part, values))
              .join('\n\n')}
          </blockquote>
        </figure>
      )}
      {isFull ? null : <p className="text-13 text-muted">{t('template-missing')}</p>}
      <FailureNote error={reply.error} />
      <div className="flex justify-end">
        <Button
          kind="primary"
          type="submit"
          icon="send"
          disabled={!isFull || limits.disabled}
          reason={limits.reason}
          isBusy={reply.isPending}
        >
          {t('send')}
        </Button>
      </div>
    </form>
  );
}

function Languages({
  form,
}: {
  readonly form: ReturnType<typeof useFilling>;
}): ReactElement | null {
  const t = useWords(words);
  const tongues = new Intl.DisplayNames(LOCALES[useLanguage()], { type: 'language' });
  const { approved, language, setLanguage } = form;
  if (approved.length < 2) return null;
  return (
    <SelectField
      label={t('template-language')}
      value={language}
      onChange={setLanguage}
      options={approved.map((text) => ({
        value: text.language,
        label: tongues.of(text.language) ?? text.language,
      }))}
    />
  );
}

/** Where there is nothing to answer with. */
function NoTemplates(): ReactElement {
  const t = useWords(words);
  return (
    <div className="flex flex-col items-start gap-2">
      <p className="font-medium">{t('no-templates')}</p>
      <p className="text-13 text-muted">{t('no-templates-text')}</p>
      <TextLink to="/messages" search={{ view: 'templates' }}>
        {t('to-templates')}
      </TextLink>
    </div>
  );
}
