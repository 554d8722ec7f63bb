import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { PICTURE_COMMANDS, PICTURE_REFUSALS, type PictureCommand } from './commands.ts';
import { consults, decide } from './decide.ts';
import { PICTURE_EVENTS, type PictureEvent } from './events.ts';
import { pictureList } from './read-models/picture-list.ts';
import { evolve, initialState, type PicturesState } from './state.ts';
import { PICTURES_CATEGORY } from './stream.ts';

export const pictures: ModuleAggregate = {
  aggregate: defineAggregate<PicturesState, PictureCommand, PictureEvent>({
    category: PICTURES_CATEGORY,
    stateVersion: 1,
    events: PICTURE_EVENTS,
    commands: PICTURE_COMMANDS,
    refusals: PICTURE_REFUSALS,
    initialState,
    decide,
    evolve,
    consults,
  }),
  singular: 'row of pictures',
  plural: 'rows of pictures',
  list: pictureList,
};
