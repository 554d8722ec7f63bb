import { defineAggregate } from '../../../core/aggregate.ts';
import type { ModuleAggregate } from '../../../core/module.ts';
import { IMAGE_COMMANDS, IMAGE_REFUSALS, type ImageCommand } from './commands.ts';
import { decide } from './decide.ts';
import { IMAGE_EVENTS, type ImageEvent } from './events.ts';
import { imageList } from './read-models/image-list.ts';
import { evolve, initialState, type ImageState } from './state.ts';
import { IMAGES_CATEGORY } from './stream.ts';
import { viewOf } from './variants.ts';

export const images: ModuleAggregate = {
  aggregate: defineAggregate<ImageState, ImageCommand, ImageEvent>({
    category: IMAGES_CATEGORY,
    stateVersion: 1,
    events: IMAGE_EVENTS,
    commands: IMAGE_COMMANDS,
    refusals: IMAGE_REFUSALS,
    initialState,
    decide,
    evolve,
    view: viewOf,
  }),
  singular: 'image',
  list: imageList,
};
