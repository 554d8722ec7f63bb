/** Guests: everything that happened with a customer, across modules. Read models only. The only door of this folder. */
import { defineModule } from '../../core/module.ts';
import { summaries } from './read-models/summaries.ts';
import { timeline } from './read-models/timeline.ts';

export { keptAfterErasure, type KeptRecord } from './kept.ts';
export { guestRoutes } from './routes.ts';
export { keptOfGuests } from './routes-kept.ts';
export { relatedPersons } from './routes-related.ts';
export { summaries, type SummaryRow } from './read-models/summaries.ts';

export const guests = defineModule({
  name: 'guests',
  title: 'Guests',
  summary: 'One timeline of everything that happened with a customer, visits and spending.',
  aggregates: [],
  readModels: [timeline, summaries],
});
