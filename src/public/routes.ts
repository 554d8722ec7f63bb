/** All public pages as routes, and what they share made once. */
import type { Route } from '../http/route.ts';
import { createMenuReader } from '../modules/catalog/index.ts';
import { createLinkTokens } from '../modules/reservations/index.ts';
import { assetRoute } from './assets.ts';
import { bookPages } from './book/page-book.ts';
import { waitPages } from './book/page-wait.ts';
import { bookingPages } from './booking/page-booking.ts';
import { enquirePages } from './enquire/page-enquire.ts';
import { createPublicLimits } from './limits.ts';
import { mePages } from './me/page-me.ts';
import { menuPages } from './menu/page-menu.ts';
import { orderPages } from './order/page-order.ts';
import type { Public, PublicServices } from './public-services.ts';

export function createPublic(services: PublicServices): Public {
  const { modules } = services;
  return {
    ...services,
    menus: createMenuReader(modules),
    bookingTokens: createLinkTokens(Uint8Array.from(modules.linkSecret)),
    limits: createPublicLimits(modules.clock),
  };
}

export function publicRoutes(deps: Public): readonly Route[] {
  return [
    assetRoute,
    ...menuPages(deps),
    ...bookPages(deps),
    ...waitPages(deps),
    ...enquirePages(deps),
    ...bookingPages(deps),
    ...orderPages(deps),
    ...mePages(deps),
  ];
}
