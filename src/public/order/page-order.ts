/** GET /public/{slug}/order/{token}: how far an order is. A small script looks again; without it there is a link. */
import { money } from '../../core/money.ts';
import type { Answer, Route } from '../../http/route.ts';
import { ORDERS, totalsOf, type OrderState } from '../../modules/orders/index.ts';
import { moneyOf, timeOf } from '../formats.ts';
import { atPlace } from '../house.ts';
import { html, type Html } from '../html.ts';
import { pageAnswer } from '../layout.ts';
import { linkOver, pageRoute, TOKEN } from '../page-route.ts';
import type { Public } from '../public-services.ts';
import type { Visit } from '../visit.ts';
import { filled } from '../words/words.ts';
import { lineStageOf, stageOf, type LineStage, type Stage } from './stage.ts';

type KnownOrder = Exclude<OrderState, { readonly status: 'unknown' }>;

const STAGES: readonly LineStage[] = ['placed', 'cooking', 'ready'];

export function orderPages(deps: Public): readonly Route[] {
  return [
    pageRoute(
      deps,
      {
        page: 'order/{token}',
        operationId: 'orderPage',
        summary: 'How far an order is',
        parameters: [TOKEN],
      },
      (visit) => orderPage(deps, visit),
    ),
  ];
}

async function orderPage(deps: Public, asked: Visit): Promise<Answer> {
  const order = await orderOf(deps, asked);
  const visit = await atPlace(deps.modules, asked, order.locationId);
  const { words, reader } = visit;
  const stage = stageOf(order);
  const title = filled(words.order.title, { number: order.number });
  const at = new Date(deps.modules.clock.nowMs()).toISOString();
  const isOver = stage === 'done' || stage === 'cancelled';
  return pageAnswer(visit, {
    title,
    secret: true,
    script: 'order.js',
    body: html`<div class="narrow" id="order" ${!isOver && html` data-again="10"`}>
      <h1>${title}</h1>
      <div role="status">${progress(visit, stage)}</div>
      <section aria-labelledby="lines">
        <h2 id="lines" class="hidden">${words.order.lines}</h2>
        ${linesHtml(visit, order, isOver)}
      </section>
      ${
        !isOver &&
        html`<p class="quiet">
          ${filled(words.order.updated, { time: timeOf(at, reader) })} ·
          <a href="${visit.address(`order/${visit.call.params['token'] ?? ''}`)}"
            >${words.order.refresh}</a
          >
        </p>`
      }
    </div>`,
  });
}

/** Errors: NOT_FOUND, RATE_LIMITED. */
async function orderOf(deps: Public, visit: Visit): Promise<KnownOrder> {
  const { tenant } = visit.house;
  const place = { tenant, purpose: 'order' } as const;
  const link = await deps.links.open(place, visit.call.params['token'] ?? '');
  const orderId = link?.subjects[0];
  if (orderId === undefined) {
    deps.limits.wrongToken(visit.call.client);
    throw linkOver();
  }
  const { state } = await deps.modules.pipeline.load(tenant, ORDERS, orderId);
  // safe because the stream is one of the category
  const order = state as OrderState;
  if (order.status === 'unknown') throw linkOver();
  return order;
}

function progress({ words }: Visit, stage: Stage): Html {
  const of = words.order;
  if (stage === 'done' || stage === 'cancelled')
    return html`<p class="status ${stage === 'done' ? 'good' : 'bad'}">
        ${stage === 'done' ? of.done : of.cancelled}
      </p>
      <p>${of.stageText[stage]}</p>`;
  const reached = STAGES.indexOf(stage);
  return html`<ol class="stages">
      ${STAGES.map((each, index) => {
        const current = index === reached ? html` aria-current="step"` : null;
        return html`<li class="${index < reached || stage === 'ready' ? 'past' : ''}" ${current}>
          ${of.stages[each]}
        </li>`;
      })}
    </ol>
    <p class="big">${of.stageText[stage]}</p>`;
}

function linesHtml({ words, language }: Visit, order: KnownOrder, isOver: boolean): Html {
  const { lines, currency } = order;
  const { gross, due } = totalsOf(order);
  return html`<ul class="lines">
      ${lines.map(
        (line) =>
          html`<li>
            <span><span class="num">${line.quantity} ×</span> <bdi>${line.name}</bdi></span>
            ${!isOver && html`<span class="quiet">${words.order.line[lineStageOf(line)]}</span>`}
          </li>`,
      )}
    </ul>
    <p class="total">
      <span>${words.order.total}</span>
      <span class="num">${moneyOf(money(gross, currency), language)}</span>
    </p>
    ${due === 0 && gross > 0 && html`<p class="quiet">${words.order.paid}</p>`}`;
}
