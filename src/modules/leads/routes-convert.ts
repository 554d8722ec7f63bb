/**
 * POST /v1/leads/{id}/convert: the lead becomes a customer. Whoever has the same e-mail or phone is that customer;
 * otherwise one is registered with the id of the lead, so that a repeated call, or two at once, make one customer, and an
 * erasure of that customer forgets lead and session too.
 */
import { Failure } from '../../core/errors.ts';
import { ID, streamIdOf } from '../../http/modules/command-routes.ts';
import { waitForLists } from '../../http/modules/read-your-writes.ts';
import type { ModuleRouteDependencies } from '../../http/modules/services.ts';
import { unknownId } from '../../http/moments.ts';
import { refusalOf } from '../../http/problem.ts';
import { scoped, type Answer, type Call, type Route } from '../../http/route.ts';
import type { Refusal } from '../../core/aggregate.ts';
import { activeWith, CUSTOMERS, LOOK_UP_LISTS, type CustomerState } from '../customers/index.ts';
import { LEAD_REFUSALS } from './commands.ts';
import { LEADS, type KnownLead, type LeadConsent, type LeadState } from './state.ts';

export function convertRoute(deps: ModuleRouteDependencies): Route {
  return {
    method: 'POST',
    path: '/v1/leads/{id}/convert',
    operationId: 'convertLead',
    tag: 'Leads',
    summary: 'Makes a customer of the lead: the one with the same e-mail or phone, or a new one',
    description:
      'Needs the permission `customers:write` too. What the lead agreed to is noted with the customer.',
    access: scoped('leads:write'),
    parameters: [ID],
    answers: {
      200: {
        description: 'The customer, and whether it was registered just now',
        example: { customerId: '01J9ZQ4Y8K3V5T7N2B6M1C0D9E', registered: true },
      },
    },
    errors: ['NOT_FOUND', 'FORBIDDEN', 'PERSON_ERASED', 'INPUT_INVALID', 'WAIT_TIMEOUT'],
    refusals: LEAD_REFUSALS,
    async handle(call) {
      const leadId = streamIdOf(call);
      const { tenant } = call.principal;
      const { state } = await deps.pipeline.load(tenant, LEADS, leadId);
      // safe because the stream is one of the category
      const lead = state as LeadState;
      if (lead.status === 'unknown') throw unknownId();
      if (lead.customerId !== null)
        return { status: 200, body: { customerId: lead.customerId, registered: false } };
      return await convert(deps, call, { leadId, lead });
    },
  };
}

interface Converted {
  readonly leadId: string;
  readonly lead: KnownLead;
}

async function convert(
  deps: ModuleRouteDependencies,
  call: Call,
  { leadId, lead }: Converted,
): Promise<Answer> {
  const found = await matches(deps, call, lead);
  if (found.length > 1)
    return refused(call, 'LEAD_CUSTOMER_AMBIGUOUS', { customerIds: [...found] });
  const customerId = found[0] ?? leadId;
  const registered = found.length === 0;
  if (registered) await register(deps, call, { leadId, lead });
  for (const { channel, wording } of await newConsents(deps, call, { customerId, lead }))
    await give(deps, call, { command: 'GiveConsent', id: customerId, input: { channel, wording } });
  const link = { command: 'LinkLeadToCustomer', id: leadId, input: { customerId } };
  const answer = await deps.pipeline.handle({
    principal: call.principal,
    category: LEADS,
    ...link,
  });
  if (answer.status === 'refused') return refused(call, answer.code, answer.details);
  return { status: 200, body: { customerId, registered } };
}

/** What the lead agreed to and nothing was said of since: who took a consent back has not given it again. */
async function newConsents(
  { pipeline }: ModuleRouteDependencies,
  { principal: { tenant } }: Call,
  { customerId, lead }: { readonly customerId: string; readonly lead: KnownLead },
): Promise<readonly LeadConsent[]> {
  const { state } = await pipeline.load(tenant, CUSTOMERS, customerId);
  // safe because the stream of a category has the state of its aggregate
  const customer = state as CustomerState;
  if (customer.status === 'unknown') return lead.consents;
  return lead.consents.filter(({ channel, since }) => {
    const last = customer.consentHistory.findLast((step) => step.channel === channel);
    return last === undefined || Date.parse(last.at) < Date.parse(since);
  });
}

/** Ids of customers with the same e-mail or phone among theirs, each once. */
async function matches(
  deps: ModuleRouteDependencies,
  { principal: { tenant } }: Call,
  { email, phone }: KnownLead,
): Promise<readonly string[]> {
  // Whoever was registered a moment ago is not registered a second time.
  await waitForLists(deps, tenant, LOOK_UP_LISTS);
  const found = await Promise.all([
    email === null ? [] : activeWith(deps, { tenant, kind: 'email', value: email }),
    phone === null ? [] : activeWith(deps, { tenant, kind: 'phone', value: phone }),
  ]);
  return [...new Set(found.flat())];
}

/** A customer who is there already was registered by an earlier try. */
async function register(
  deps: ModuleRouteDependencies,
  call: Call,
  { leadId, lead }: Converted,
): Promise<void> {
  const { name, email, phone, language } = lead;
  const called = name ?? email ?? phone;
  if (called === null)
    throw new Failure('INPUT_INVALID', 'The lead has no name, e-mail or phone to register.');
  const input = {
    name: called,
    ...(email === null ? {} : { email }),
    ...(phone === null ? {} : { phone }),
    language,
  };
  await give(deps, call, { command: 'RegisterCustomer', id: leadId, input });
}

async function give(
  { pipeline }: ModuleRouteDependencies,
  { principal }: Call,
  command: { readonly command: string; readonly id: string; readonly input: unknown },
): Promise<void> {
  await pipeline.handle({ principal, category: CUSTOMERS, ...command });
}

function refused(
  { traceId }: Call,
  code: string,
  details: Readonly<Record<string, unknown>>,
): Answer {
  const table: Readonly<Record<string, Refusal>> = LEAD_REFUSALS;
  const refusal = table[code];
  if (refusal === undefined)
    throw new Failure('INTERNAL', `The refusal ${code} is not in the table of its module.`);
  const { status, headers, problem } = refusalOf({ code, details, refusal }, traceId);
  return { status, contentType: headers['content-type'] ?? '', body: problem };
}
