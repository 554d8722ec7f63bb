/** Routes that modules have of their own beside those that the frame derives: a module with some adds its line here. */
import type { ModuleRoutes } from '../http/modules/services.ts';
import { businessRoutes } from './business/index.ts';
import { catalogRoutes } from './catalog/index.ts';
import { customerRoutes } from './customers/index.ts';
import { reportsRoutes } from './reports/index.ts';
import { orderRoutes } from './orders/index.ts';
import { invoiceRoutes } from './invoices/index.ts';
import { leadRoutes } from './leads/index.ts';
import { messageRoutes } from './messages/index.ts';
import { guestRoutes } from './guests/index.ts';
import { loyaltyRoutes } from './loyalty/index.ts';
import { reservationRoutes } from './reservations/index.ts';

export const MODULE_ROUTES: readonly ModuleRoutes[] = [
  businessRoutes,
  catalogRoutes,
  customerRoutes,
  orderRoutes,
  loyaltyRoutes,
  reportsRoutes,
  reservationRoutes,
  guestRoutes,
  leadRoutes,
  invoiceRoutes,
  messageRoutes,
];
