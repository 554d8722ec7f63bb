import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { ALBUM_COMMANDS, ALBUM_REFUSALS, type AlbumCommand } from './commands.ts';
import { consults, decide } from './decide.ts';
import { ALBUM_EVENTS, type AlbumEvent } from './events.ts';
import { albumList } from './read-models/album-list.ts';
import { evolve, initialState, type AlbumState } from './state.ts';

export const ALBUMS_CATEGORY = 'catalog.albums';

export const albums: ModuleAggregate = {
  aggregate: defineAggregate<AlbumState, AlbumCommand, AlbumEvent>({
    category: ALBUMS_CATEGORY,
    stateVersion: 1,
    events: ALBUM_EVENTS,
    commands: ALBUM_COMMANDS,
    refusals: ALBUM_REFUSALS,
    initialState,
    decide,
    evolve,
    consults,
  }),
  singular: 'album',
  list: albumList,
};
