/** Which screen stands at which address. A screen loads when it is first opened. */
import type { ComponentType } from 'react';

export interface ScreenRoute {
  /** As TanStack Router writes it: `/orders/$id`. */
  readonly path: string;
  load(): Promise<ComponentType>;
}

export const SCREENS: readonly ScreenRoute[] = [
  {
    path: '/m',
    load: () =>
      import('./screens/generated/generated-screens.tsx').then((m) => m.GeneratedIndexScreen),
  },
  {
    path: '/m/$module/$aggregate',
    load: () =>
      import('./screens/generated/generated-screens.tsx').then((m) => m.GeneratedListScreen),
  },
  {
    path: '/m/$module/$aggregate/$id',
    load: () =>
      import('./screens/generated/generated-screens.tsx').then((m) => m.GeneratedDetailScreen),
  },
  {
    path: '/profile',
    load: () => import('./screens/access/profile-screen.tsx').then((m) => m.ProfileScreen),
  },
  {
    path: '/access',
    load: () => import('./screens/access/access-screen.tsx').then((m) => m.AccessScreen),
  },
  {
    path: '/set-up',
    load: () => import('./screens/set-up/set-up-screen.tsx').then((m) => m.SetUpScreen),
  },
  // the house
  {
    path: '/today',
    load: () => import('./screens/today/today-screen.tsx').then((m) => m.TodayScreen),
  },
  {
    path: '/today/report',
    load: () => import('./screens/today/day-report-screen.tsx').then((m) => m.DayReportScreen),
  },
  {
    path: '/floor',
    load: () => import('./screens/floor/floor-screen.tsx').then((m) => m.FloorScreen),
  },
  {
    path: '/kitchen',
    load: () => import('./screens/kitchen/kitchen-screen.tsx').then((m) => m.KitchenScreen),
  },
  {
    path: '/orders',
    load: () => import('./screens/orders/orders-screen.tsx').then((m) => m.OrdersScreen),
  },
  {
    path: '/orders/$id',
    load: () => import('./screens/orders/order-detail-screen.tsx').then((m) => m.OrderDetailScreen),
  },
  {
    path: '/tills',
    load: () => import('./screens/till/tills-screen.tsx').then((m) => m.TillsScreen),
  },
  {
    path: '/tills/$id',
    load: () => import('./screens/till/till-screen.tsx').then((m) => m.TillScreen),
  },
  {
    path: '/order/$orderId',
    load: () => import('./screens/order/order-screen.tsx').then((m) => m.OrderScreen),
  },
  {
    path: '/order/new/$locationId/$tableId',
    load: () => import('./screens/order/new-order-screen.tsx').then((m) => m.NewOrderScreen),
  },
  // the engine
  {
    path: '/events',
    load: () => import('./screens/events/events-screen.tsx').then((m) => m.EventsScreen),
  },
  {
    path: '/streams/$category/$id',
    load: () => import('./screens/stream/stream-screen.tsx').then((m) => m.StreamScreen),
  },
  {
    path: '/projections',
    load: () =>
      import('./screens/projections/projections-screen.tsx').then((m) => m.ProjectionsScreen),
  },
  {
    path: '/audit',
    load: () => import('./screens/audit/audit-screen.tsx').then((m) => m.AuditScreen),
  },
  {
    path: '/dead-letters',
    load: () =>
      import('./screens/dead-letters/dead-letters-screen.tsx').then((m) => m.DeadLettersScreen),
  },
  {
    path: '/deliveries',
    load: () =>
      import('./screens/deliveries/deliveries-screen.tsx').then((m) => m.DeliveriesScreen),
  },
  { path: '/live', load: () => import('./screens/live/live-screen.tsx').then((m) => m.LiveScreen) },
  {
    path: '/break-it',
    load: () => import('./screens/break-it/break-it-screen.tsx').then((m) => m.BreakItScreen),
  },
  // guests
  {
    path: '/reservations',
    load: () =>
      import('./screens/reservations/reservations-screen.tsx').then((m) => m.ReservationsScreen),
  },
  {
    path: '/reservations/$id',
    load: () => import('./screens/reservations/booking-screen.tsx').then((m) => m.BookingScreen),
  },
  {
    path: '/guests',
    load: () => import('./screens/guests/guests-screen.tsx').then((m) => m.GuestsScreen),
  },
  {
    path: '/guests/$id',
    load: () => import('./screens/guests/guest-screen.tsx').then((m) => m.GuestScreen),
  },
  { path: '/menu', load: () => import('./screens/menu/menu-screen.tsx').then((m) => m.MenuScreen) },
  {
    path: '/menu/$id',
    load: () => import('./screens/menu/product-screen.tsx').then((m) => m.ProductScreen),
  },
  {
    path: '/loyalty',
    load: () => import('./screens/loyalty/loyalty-screen.tsx').then((m) => m.LoyaltyScreen),
  },
  {
    path: '/loyalty/$id',
    load: () => import('./screens/loyalty/member-screen.tsx').then((m) => m.MemberScreen),
  },
  {
    path: '/loyalty/programmes/$id',
    load: () => import('./screens/loyalty/programme-screen.tsx').then((m) => m.ProgrammeScreen),
  },
  {
    path: '/leads',
    load: () => import('./screens/leads/leads-screen.tsx').then((m) => m.LeadsScreen),
  },
  {
    path: '/leads/$id',
    load: () => import('./screens/leads/lead-screen.tsx').then((m) => m.LeadScreen),
  },
  {
    path: '/leads/quizzes/new',
    load: () => import('./screens/leads/quiz-new-screen.tsx').then((m) => m.QuizNewScreen),
  },
  {
    path: '/leads/quizzes/$id',
    load: () => import('./screens/leads/quiz-screen.tsx').then((m) => m.QuizScreen),
  },
  {
    path: '/messages',
    load: () => import('./screens/messages/messages-screen.tsx').then((m) => m.MessagesScreen),
  },
  {
    path: '/messages/conversations/$id',
    load: () =>
      import('./screens/messages/conversation-screen.tsx').then((m) => m.ConversationScreen),
  },
  {
    path: '/messages/campaigns/$id',
    load: () => import('./screens/messages/campaign-screen.tsx').then((m) => m.CampaignScreen),
  },
  {
    path: '/documents',
    load: () => import('./screens/documents/documents-screen.tsx').then((m) => m.DocumentsScreen),
  },
  {
    path: '/settings',
    load: () => import('./screens/settings/settings-screen.tsx').then((m) => m.SettingsScreen),
  },
  {
    path: '/settings/$id',
    load: () => import('./screens/settings/location-screen.tsx').then((m) => m.LocationScreen),
  },
];
