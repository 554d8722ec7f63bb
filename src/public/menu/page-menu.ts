/** GET /public/{slug}/menu and /public/{slug}: what there is to eat and drink, with prices of this moment. */
import type { Route } from '../../http/route.ts';
import { publicAlbums } from '../../modules/catalog/index.ts';
import { timeOf, zoneOf } from '../formats.ts';
import { html, keptHtml, textOf, type Html } from '../html.ts';
import { createKeptFor, type KeptFor } from '../kept-for.ts';
import { pageAnswer, seeOther } from '../layout.ts';
import { pageRoute } from '../page-route.ts';
import { pictureHtml } from '../picture.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { filled } from '../words/words.ts';
import { menuHtml } from './menu-html.ts';

/** Of the house at the foot of the menu: a dozen tells enough. */
const GALLERY_MAX = 12;
const GALLERY_KEPT_MS = 10_000;
const GALLERIES_KEPT = 200;
const GALLERY_SIZES = '(min-width: 64rem) 280px, (min-width: 40rem) 33vw, 50vw';

type Albums = Awaited<ReturnType<typeof publicAlbums>>;

export function menuPages(deps: Public): readonly Route[] {
  const { clock } = deps.modules;
  const kept = createKeptFor<Albums>({ clock, ms: GALLERY_KEPT_MS, keysMax: GALLERIES_KEPT });
  return [
    pageRoute(
      deps,
      { page: 'menu', operationId: 'menuPage', summary: 'The menu as a page' },
      (visit) => menuPage(deps, kept, visit),
    ),
    {
      ...pageRoute(
        deps,
        { page: '', operationId: 'housePage', summary: 'The pages of a house begin with its menu' },
        async (visit) => seeOther(visit.address('menu')),
      ),
      path: '/public/{slug}',
      answers: { 303: { description: 'To the menu', headers: ['location'] } },
    },
  ];
}

async function menuPage(deps: Public, kept: KeptFor<Albums>, visit: Visit) {
  const { house, language, words, slug } = visit;
  const { tenant, location } = house;
  const frame = { slug, language, words: words.menu };
  const [text, albums] = await Promise.all([
    deps.menus.rendered(
      { tenant, locationId: location.locationId, languages: [language], name: `${slug} page` },
      (menu) => textOf(menuHtml(menu, frame)),
    ),
    kept.get(tenant, () => publicAlbums(deps.modules, tenant)),
  ]);
  const at = new Date(deps.modules.clock.nowMs()).toISOString();
  return pageAnswer(visit, {
    title: words.menu.title,
    here: 'menu',
    body: html`<div class="title">
        <h1>${words.menu.title}</h1>
        <p class="quiet">
          ${filled(words.menu.now, { time: timeOf(at, visit.reader), zone: zoneOf(at, visit.reader) })}
        </p>
        ${placesHtml(visit, 'menu')}
      </div>
      ${keptHtml(text)} ${gallery(albums, visit)}
      <p class="action">
        <a class="button" href="${visit.address('book')}">${words.nav.book}</a>
      </p>`,
  });
}

/** A choice of places, where there is one. */
export function placesHtml(
  { house, words, slug, language, call }: Visit,
  page: string,
): Html | null {
  if (house.places.length < 2) return null;
  const lang = call.query.has('lang') ? `&lang=${language}` : '';
  const base = `/public/${encodeURIComponent(slug)}/${page}`;
  return html`<nav aria-label="${words.place}">
    <ul class="places">
      ${house.places.map(({ locationId, name }) => {
        const current = locationId === house.location.locationId;
        return html`<li>
          <a
            href="${base}?at=${encodeURIComponent(locationId)}${lang}"
            ${current && html` aria-current="true"`}
            ><bdi>${name}</bdi></a
          >
        </li>`;
      })}
    </ul>
  </nav>`;
}

function gallery(albums: Albums, { slug, language, words, house }: Visit): Html | null {
  const images = albums.flatMap((album) => album.images).slice(0, GALLERY_MAX);
  const wanted = [language, ...house.location.languages];
  const pictures = images.flatMap(({ id, width, height, sources, alt }) => {
    const named = wanted.map((each) => alt?.[each]).find((each) => each !== undefined);
    if (width === null || height === null || sources === null) return [];
    const text = named ?? Object.values(alt ?? {})[0] ?? '';
    const picture = { imageId: id, alt: text, width, height, sources };
    return [html`<li>${pictureHtml(picture, { slug, sizes: GALLERY_SIZES, eager: false })}</li>`];
  });
  if (pictures.length === 0) return null;
  return html`<section aria-labelledby="gallery">
    <h2 id="gallery">${words.menu.gallery}</h2>
    <ul class="gallery">
      ${pictures}
    </ul>
  </section>`;
}
