/** GET /v1/modules: what modules there are and what they can do, for programs: console, bench, simulator. */
import { ModulesView, type AggregateView, type ModuleView } from '../../contract-modules.ts';
import type { CommandType } from '../../core/command-type.ts';
import { wireType } from '../../core/event-type.ts';
import type { BusinessModule } from '../../core/module.ts';
import { permissionOf } from '../../pipeline/authorise.ts';
import { ANY_KEY, type Route } from '../route.ts';
import { camelOf, mountedOf, type Mounted } from './addresses.ts';
import { moneyFields } from './money-fields.ts';
import { columnSchema } from './shapes.ts';

export function descriptorRoute(modules: readonly BusinessModule[]): Route {
  // The same for everybody and as long as the process lives, so it is written once.
  const body = JSON.stringify({ items: modules.map(moduleView) } satisfies ModulesView);
  return {
    method: 'GET',
    path: '/v1/modules',
    operationId: 'listModules',
    tag: 'Modules',
    summary: 'The business modules: their commands, lists, events and refusals',
    description: 'Enough to draw a form for every command and a table for every list.',
    access: ANY_KEY,
    answers: { 200: { description: 'Every module', schema: ModulesView } },
    handle: () => ({ status: 200, body }),
  };
}

export function moduleView(module: BusinessModule): ModuleView {
  const { name, title, summary, policies } = module;
  return {
    name,
    title,
    summary,
    aggregates: mountedOf(module).map(aggregateView),
    policies: policies.map((policy) => ({
      name: policy.name,
      on: [...policy.on.map((type) => wireType(type)), ...(policy.received ?? [])],
    })),
  };
}

function aggregateView(mounted: Mounted): AggregateView {
  const { aggregate, singular, path, scopes } = mounted;
  return {
    category: aggregate.category,
    singular,
    path,
    scopes,
    commands: aggregate.commands
      .filter(({ internal }) => !internal)
      .map((command) => commandView(mounted, command)),
    list: listView(mounted),
    money: moneyFields(mounted),
    events: aggregate.events.map((type) => ({
      name: type.name,
      type: wireType(type),
      version: type.version,
      personal: [...(type.personal?.fields ?? [])],
    })),
    refusals: Object.entries(aggregate.refusals).map(([code, { sentence, remedy }]) => ({
      code,
      sentence,
      remedy,
    })),
  };
}

function commandView(
  { aggregate, path }: Mounted,
  command: CommandType,
): AggregateView['commands'][number] {
  const { name, word, summary, approvable, input, examples } = command;
  return {
    name,
    word,
    method: 'POST',
    path: word === null ? path : `${path}/{id}/${word}`,
    summary,
    permission: permissionOf(aggregate.category, command),
    approvable,
    input,
    examples: [...examples],
  };
}

function listView({ list: model, path }: Mounted): AggregateView['list'] {
  const order = model.list?.order ?? [];
  return {
    name: model.name,
    path,
    columns: Object.entries(model.columns).map(([column, type]) => ({
      name: camelOf(column),
      type,
      schema: columnSchema(type),
    })),
    filters: Object.keys(model.list?.filters ?? {}),
    order: order.map(({ column, descending = false }) => ({ column: camelOf(column), descending })),
  };
}
