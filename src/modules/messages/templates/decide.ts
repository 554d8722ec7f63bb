import type { StreamReference, Surroundings } from '../../../core/aggregate.ts';
import { accepted, rejected, type Decision, type Rejected } from '../../../core/decision.ts';
import { placeholdersOf } from '../rules/fill-template.ts';
import { unfitPart } from '../rules/provider-parts.ts';
import { SENDERS, type SenderState } from '../senders/state.ts';
import type { TemplateCommand } from './commands.ts';
import type { TemplateEvent, TemplateText, TemplateVariable } from './events.ts';
import type { KnownTemplate, TemplateState } from './state.ts';

export function consults({ type, input }: TemplateCommand): readonly StreamReference[] {
  return type === 'SubmitTemplate' && input.senderId !== undefined
    ? [{ category: SENDERS, id: input.senderId }]
    : [];
}

export function decide(
  state: TemplateState,
  command: TemplateCommand,
  around: Surroundings,
): Decision<TemplateEvent> {
  const { id: templateId } = command;
  if (command.type === 'CreateTemplate') {
    if (state.status !== 'unknown') return rejected('TEMPLATE_EXISTS');
    const { costPerThousand = null, ...content } = command.input;
    const data = { templateId, version: 1 as const, ...content, costPerThousand };
    return faultOf(data) ?? accepted([{ type: 'TemplateCreated', data }]);
  }
  if (state.status === 'unknown') return accepted([]);
  if (command.type === 'NoteTemplateReview') return noted(state, command);
  if (state.status === 'archived')
    return command.type === 'ArchiveTemplate' ? accepted([]) : rejected('TEMPLATE_ARCHIVED');
  switch (command.type) {
    case 'ChangeTemplate': {
      const { costPerThousand = state.costPerThousand, ...content } = command.input;
      const { name, channel } = state;
      const version = state.version + 1;
      const data = { templateId, version, name, channel, ...content, costPerThousand };
      return faultOf(data) ?? accepted([{ type: 'TemplateChanged', data }]);
    }
    case 'SubmitTemplate':
      return submit(state, command, around);
    case 'ArchiveTemplate':
      return accepted([{ type: 'TemplateArchived', data: { templateId } }]);
  }
}

interface Content {
  readonly channel: string;
  readonly variables: readonly TemplateVariable[];
  readonly texts: readonly TemplateText[];
}

function faultOf({ channel, variables, texts }: Content): Rejected | null {
  const names = variables.map(({ name }) => name);
  const languages = texts.map(({ language }) => language);
  const twice = twiceIn(names) ?? twiceIn(languages);
  if (twice !== undefined) return rejected('TEMPLATE_NAME_TWICE', { name: twice });
  for (const text of texts) {
    const { language } = text;
    const used = placeholdersOf(text);
    const unknown = used.filter((each) => !names.includes(each));
    if (unknown.length > 0) return rejected('TEMPLATE_PLACEHOLDER_UNKNOWN', { language, unknown });
    const unused = names.filter((each) => !used.includes(each));
    if (unused.length > 0) return rejected('TEMPLATE_VARIABLE_UNUSED', { language, unused });
    if (channel === 'email' && text.subject === undefined)
      return rejected('TEMPLATE_SUBJECT_MISSING', { language });
    const part = channel === 'whatsapp' ? unfitPart(text) : null;
    if (part !== null) return rejected('TEMPLATE_PART_UNFIT', { language, part });
  }
  return null;
}

function twiceIn(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}

function submit(
  state: KnownTemplate,
  { id: templateId, input }: Extract<TemplateCommand, { type: 'SubmitTemplate' }>,
  around: Surroundings,
): Decision<TemplateEvent> {
  const { channel, version, reviews } = state;
  const waiting = reviews.filter(({ approval }) => approval === 'draft');
  if (waiting.length === 0) return accepted([]);
  const { senderId = null } = input;
  if (channel === 'whatsapp') {
    if (senderId === null) return rejected('TEMPLATE_SENDER_MISSING');
    // safe because the stream is one of the category
    const sender = around.stateOf({ category: SENDERS, id: senderId }) as SenderState;
    if (sender.status === 'unknown' || sender.terms.channel !== 'whatsapp')
      return rejected('TEMPLATE_SENDER_MISSING', { senderId });
    return accepted([{ type: 'TemplateSubmitted', data: { templateId, version, senderId } }]);
  }
  return accepted([
    { type: 'TemplateSubmitted', data: { templateId, version, senderId } },
    ...waiting.map(({ language }) => reviewed({ templateId, version, language })),
  ]);
}

function reviewed(of: {
  readonly templateId: string;
  readonly version: number;
  readonly language: string;
}): TemplateEvent {
  const data = { ...of, review: 'approved' as const, reason: null, providerId: null };
  return { type: 'TemplateReviewed', data };
}

/** What is said of an older version, or again, changes nothing. */
function noted(
  state: KnownTemplate,
  { id: templateId, input }: Extract<TemplateCommand, { type: 'NoteTemplateReview' }>,
): Decision<TemplateEvent> {
  const { version, language, review } = input;
  const held = state.reviews.find((each) => each.language === language);
  if (version !== state.version || held === undefined) return accepted([]);
  const reason = input.reason ?? null;
  const providerId = input.providerId ?? held.providerId;
  if (held.approval === review && held.reason === reason && held.providerId === providerId)
    return accepted([]);
  const data = { templateId, version, language, review, reason, providerId };
  return accepted([{ type: 'TemplateReviewed', data }]);
}
