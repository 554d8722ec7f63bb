/** A menu as markup. Pure. */
import type { Money } from '../../core/money.ts';
import type { Menu, MenuProduct, Section } from '../../modules/catalog/index.ts';
import { moneyOf } from '../formats.ts';
import { html, type Html } from '../html.ts';
import type { Language } from '../language.ts';
import { pictureHtml } from '../picture.ts';
import type { MenuWords } from '../words/words.ts';

export interface MenuFrame {
  readonly slug: string;
  readonly language: Language;
  readonly words: MenuWords;
}

/** Of which the first are on the screen before anybody scrolls. */
const EAGER_PICTURES = 4;
const PICTURE_SIZES = '(min-width: 48rem) 112px, 88px';

export function menuHtml(menu: Menu, frame: MenuFrame): Html {
  const { words } = frame;
  if (menu.sections.length === 0)
    return html`<section class="empty">
      <h2>${words.empty}</h2>
      <p>${words.emptyText}</p>
    </section>`;
  const early = new Set(
    productsOf(menu.sections)
      .filter(({ pictures }) => pictures.length > 0)
      .slice(0, EAGER_PICTURES)
      .map(({ productId }) => productId),
  );
  const drawn: Drawn = { ...frame, early, menu };
  return html`${anchors(menu, frame)}
    <div class="sections">
      ${menu.sections.map((section, index) => sectionHtml(section, { drawn, index }))}
    </div>
    <p class="quiet">${words.allergenNote}</p>`;
}

interface Drawn extends MenuFrame {
  readonly menu: Menu;
  readonly early: ReadonlySet<string>;
}

function productsOf(sections: readonly Section<MenuProduct>[]): readonly MenuProduct[] {
  return sections.flatMap((section) => [...section.products, ...productsOf(section.sections)]);
}

function anchors({ sections }: Menu, { words }: MenuFrame): Html | null {
  if (sections.length < 2) return null;
  return html`<nav class="anchors" aria-label="${words.sections}">
    <ul>
      ${sections.map(
        (section, index) =>
          html`<li>
            <a href="#section-${index}"><bdi>${titleOf(section, words)}</bdi></a>
          </li>`,
      )}
    </ul>
  </nav>`;
}

const titleOf = ({ categoryId, name }: Section<MenuProduct>, words: MenuWords): string =>
  categoryId === null ? words.other : name;

function sectionHtml(
  section: Section<MenuProduct>,
  { drawn, index }: { readonly drawn: Drawn; readonly index: number },
): Html {
  const title = titleOf(section, drawn.words);
  return html`<section class="section" id="section-${index}" aria-labelledby="title-${index}">
    <h2 id="title-${index}"><bdi>${title}</bdi></h2>
    ${list(section.products, drawn)} ${section.sections.map((inner) => innerHtml(inner, drawn))}
  </section>`;
}

/** Categories within categories: a title of its own, and no further steps. */
function innerHtml(section: Section<MenuProduct>, drawn: Drawn): Html {
  return html`<h3><bdi>${section.name}</bdi></h3>
    ${list(section.products, drawn)} ${section.sections.map((inner) => innerHtml(inner, drawn))}`;
}

function list(products: readonly MenuProduct[], drawn: Drawn): Html | null {
  if (products.length === 0) return null;
  return html`<ul class="dishes">
    ${products.map((product) => dish(product, drawn))}
  </ul>`;
}

function dish(product: MenuProduct, drawn: Drawn): Html {
  const { words, slug, early } = drawn;
  const { name, description, pictures, soldOut, soldNow, allergens, variants } = product;
  const [picture] = pictures;
  const eager = early.has(product.productId);
  const gone = soldOut || !soldNow;
  return html`<li class="dish${gone ? ' gone' : ''}${picture === undefined ? '' : ' pictured'}">
    ${picture !== undefined && pictureHtml(picture, { slug, sizes: PICTURE_SIZES, eager })}
    <div class="dish-text">
      <p class="dish-line">
        <span class="dish-name"><bdi>${name}</bdi></span>
        ${variants.length === 0 && priceHtml(product, drawn)}
      </p>
      ${gone && html`<p class="mark">${soldOut ? words.soldOut : laterText(product, drawn)}</p>`}
      ${description !== null && html`<p class="dish-about" dir="auto">${description}</p>`}
      ${
        variants.length > 0 &&
        html`<ul class="variants">
          ${variants.map(
            (variant) =>
              html`<li>
                <span><bdi>${variant.name}</bdi></span> ${priceHtml(variant, drawn)}
              </li>`,
          )}
        </ul>`
      }
      ${choices(product, drawn)}
      ${
        allergens.length > 0 &&
        html`<p class="dish-allergens">
          ${words.allergens}:
          <bdi>${allergens.map((each) => words.names[each] ?? each).join(', ')}</bdi>
        </p>`
      }
    </div>
  </li>`;
}

function priceHtml(
  { price, regularPrice }: { readonly price: Money | null; readonly regularPrice: Money | null },
  { language, words }: Drawn,
): Html | null {
  if (price === null) return null;
  return html`<span class="price"
    >${
      regularPrice !== null &&
      html`<span class="hidden">${words.before} </span><s>${moneyOf(regularPrice, language)}</s> `
    }<span class="num">${moneyOf(price, language)}</span></span
  >`;
}

/** What may be chosen with it, with what that costs. */
function choices({ groups }: MenuProduct, { language }: Drawn): Html | null {
  if (groups.length === 0) return null;
  return html`<ul class="choices">
    ${groups.map(
      ({ name, options }) =>
        html`<li>
          <bdi>${name}</bdi>:
          <bdi
            >${options
              .map((option) =>
                option.price.amount === 0
                  ? option.name
                  : `${option.name} (+${moneyOf(option.price, language)})`,
              )
              .join(', ')}</bdi
          >
        </li>`,
    )}
  </ul>`;
}

/** When it is served, where that is not now: `17:00-19:00`. */
function laterText({ windows }: MenuProduct, { words }: Drawn): string {
  const hours = [...new Set(windows.map(({ from, to }) => `${from}–${to}`))].join(', ');
  return `${words.later}: ${hours}`;
}
