/** The list of business modules: adding a module is adding its folder and its line here. */
import type { BusinessModule } from '../core/module.ts';
import { business } from './business/index.ts';
import { catalog } from './catalog/index.ts';
import { customers } from './customers/index.ts';
import { invoices } from './invoices/index.ts';
import { leads } from './leads/index.ts';
import { guests } from './guests/index.ts';
import { loyalty } from './loyalty/index.ts';
import { messages } from './messages/index.ts';
import { orders } from './orders/index.ts';
import { reports } from './reports/index.ts';
import { reservations } from './reservations/index.ts';

export const MODULES: readonly BusinessModule[] = [
  business,
  catalog,
  customers,
  orders,
  reports,
  loyalty,
  reservations,
  guests,
  leads,
  invoices,
  messages,
];
