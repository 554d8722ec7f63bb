/** The public pages: menu, booking, quiz, order status, manage-my-booking, my data. The only door of this folder. */
import type { ModuleRoutes } from '../http/modules/services.ts';
import type { PublicServices } from './public-services.ts';
import { houseRoutes } from './routes-house.ts';
import { QUIZ_OPERATION, quizPage } from './quiz/page-quiz.ts';
import { createPublic, publicRoutes } from './routes.ts';
import { throughSlugs } from './through-slugs.ts';

export { barePage, type BareWords } from './bare-page.ts';
export { createLinks, type Links, type LinkPurpose } from './links/links.ts';
export { sentTokenOf, TOKEN_PLACE, type SentPlace } from './links/sent-token.ts';
export { createSendLink } from './send-link.ts';
export { createSlugs, type Slugs } from './slugs/slugs.ts';
export type { LinkToSend, PersonalFiles, PublicServices } from './public-services.ts';

/** Routes of modules with the pages beside them; what lies below /public/{slug} is found by slug. */
export function withPublicPages(
  routes: readonly ModuleRoutes[],
  services: Omit<PublicServices, 'modules'>,
): readonly ModuleRoutes[] {
  return [
    (modules) => {
      const deps = createPublic({ ...services, modules });
      const own = routes.flatMap((make) => throughSlugs(make(modules), services.slugs));
      const withQuiz = own.map((route) =>
        route.operationId === QUIZ_OPERATION ? quizPage(deps, route) : route,
      );
      return [...withQuiz, ...houseRoutes(deps), ...publicRoutes(deps)];
    },
  ];
}
