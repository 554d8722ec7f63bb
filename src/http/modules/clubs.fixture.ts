/** A module with two aggregates, one of which hides a part of its state: for tests of routes. */
import { Type } from 'typebox';
import { defineAggregate } from '../../core/aggregate.ts';
import { defineCommand, type CommandFor } from '../../core/command-type.ts';
import { accepted, rejected } from '../../core/decision.ts';
import { defineEvent, type EventOf } from '../../core/event-type.ts';
import { defineModule } from '../../core/module.ts';
import { defineReadModel } from '../../core/read-model.ts';
import type { Recorded } from '../../core/recorded-event.ts';

const named = Type.Object({ name: Type.String({ minLength: 1 }) }, { additionalProperties: false });

const founded = defineEvent({
  name: 'ClubFounded',
  wireName: 'comptoir.club.founded',
  data: Type.Object({ name: Type.String() }),
});
const found = defineCommand({
  name: 'FoundClub',
  summary: 'Founds a club',
  input: named,
  examples: [{ name: 'chess' }],
});
const touch = defineCommand({
  name: 'TouchClub',
  word: 'touch',
  summary: 'Refuses with a reason and its facts',
  input: Type.Object({}, { additionalProperties: false }),
  examples: [{}],
});

const joined = defineEvent({
  name: 'MemberJoined',
  wireName: 'comptoir.club.member-joined',
  data: Type.Object({ name: Type.String(), token: Type.String() }),
});
const join = defineCommand({
  name: 'JoinClub',
  summary: 'Joins a club',
  input: named,
  examples: [{ name: 'Ana' }],
});
const rename = defineCommand({
  name: 'RenameMember',
  word: 'rename',
  summary: 'Gives another name and a new token',
  input: named,
  examples: [{ name: 'Bo' }],
});

type Club = { readonly name: string | null };
type Member = { readonly name: string | null; readonly token: string | null };

const listOf = (name: string, event: typeof founded | typeof joined) =>
  defineReadModel<Recorded<EventOf<typeof founded>>, { readonly name: string }>({
    name,
    version: 1,
    columns: { name: 'text' },
    on: [event],
    keys: (recorded) => [recorded.id],
    project: (_row, recorded) => ({ name: recorded.data.name }),
    personal: 'none',
    list: { filters: {}, order: [{ column: 'name' }] },
  });

const clubAggregate = defineAggregate<
  Club,
  CommandFor<typeof found> | CommandFor<typeof touch>,
  EventOf<typeof founded>
>({
  category: 'clubs',
  stateVersion: 1,
  events: [founded],
  commands: [found, touch],
  refusals: { CLUB_TOUCHY: { sentence: 'The club is touchy.', remedy: 'Leave it.' } },
  initialState: { name: null },
  decide: (state, command) =>
    command.type === 'FoundClub'
      ? accepted([{ type: 'ClubFounded', data: { name: command.input.name } }])
      : rejected('CLUB_TOUCHY', { name: state.name }),
  evolve: (_state, { data }) => ({ name: data.name }),
});

const memberAggregate = defineAggregate<
  Member,
  CommandFor<typeof join> | CommandFor<typeof rename>,
  EventOf<typeof joined>
>({
  category: 'clubs.members',
  stateVersion: 1,
  events: [joined],
  commands: [join, rename],
  refusals: {},
  initialState: { name: null, token: null },
  decide: (_state, { input, secret }) =>
    accepted([{ type: 'MemberJoined', data: { name: input.name, token: secret } }]),
  evolve: (_state, { data }) => ({ name: data.name, token: data.token }),
  view: ({ name }) => ({ name, id: 'not the id', version: 'not the version' }),
  respond: ({ name }) => ({ greeting: `Welcome, ${name}`, version: 'not the version' }),
});

export const clubs = defineModule({
  name: 'clubs',
  title: 'Clubs',
  summary: 'Clubs and their members.',
  aggregates: [
    { aggregate: clubAggregate, singular: 'club', list: listOf('clubs.list', founded) },
    { aggregate: memberAggregate, singular: 'member', list: listOf('clubs.members', joined) },
  ],
});
