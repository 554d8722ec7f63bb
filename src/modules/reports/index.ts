/** Reports: what closed bills come to by location and business day. Read models only. The only door of this folder. */
import { defineModule } from '../../core/module.ts';
import { dayHours } from './read-models/day-hours.ts';
import { dayProducts } from './read-models/day-products.ts';
import { dayStaff } from './read-models/day-staff.ts';
import { days } from './read-models/days.ts';

export { reportsRoutes } from './routes.ts';

export const reports = defineModule({
  name: 'reports',
  title: 'Reports',
  summary: 'What was sold, taxed, paid and given back, by location and business day.',
  aggregates: [],
  readModels: [days, dayProducts, dayHours, dayStaff],
});
