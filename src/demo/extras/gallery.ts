/** The demo's drawings in its gallery: rendered, uploaded, described, published, shown with their product. */
import type { Principal } from '../../access/principal.ts';
import { DRAWINGS, type Drawing } from '../pictures/drawings.ts';
import { DEMO_LOGO, DEMO_LOGO_ALT } from '../pictures/logo.ts';
import { DEMO_TENANT } from '../seed-demo.ts';
import { ALBUM, type Filling } from './filling.ts';

const PRINCIPAL: Principal = {
  keyId: 'demo',
  tenant: DEMO_TENANT,
  scopes: new Set(['catalog:write', 'business:write'] as const),
};

export async function fillPictures(filling: Filling): Promise<void> {
  for (const drawing of DRAWINGS) {
    if (filling.signal.aborted) return;
    if ((await pictureOf(filling, drawing)) === null) await show(filling, drawing);
  }
}

/** The picture that its product shows; null while it shows none. */
async function pictureOf({ pipeline }: Filling, { productId }: Drawing): Promise<string | null> {
  const { state } = await pipeline.load(DEMO_TENANT, 'catalog.pictures', `product~${productId}`);
  // safe because it is the state of a stream of this category
  return (state as { imageIds: readonly string[] }).imageIds[0] ?? null;
}

async function show(filling: Filling, { productId, alt, svg }: Drawing): Promise<void> {
  const id = await published(filling, { name: productId, alt, svg });
  await give(filling, {
    category: 'catalog.pictures',
    command: 'ArrangePictures',
    id: `product~${productId}`,
    input: { productId, imageIds: [id] },
  });
}

/** Its id. Done again it is the same picture. */
async function published(
  filling: Filling,
  { name, alt, svg }: Pick<Drawing, 'alt' | 'svg'> & { readonly name: string },
): Promise<string> {
  const body = await filling.draw(svg);
  const headers = { 'idempotency-key': `"demo-${name}"` };
  const answer = await filling.door.call('/v1/catalog/images', {
    body,
    type: 'image/png',
    headers,
  });
  if (answer.status !== 201) throw new Error(`a picture was answered with ${answer.status}`);
  // safe because the gallery answers with the id of the picture
  const { id } = answer.body as { id: string };
  await give(filling, { category: 'catalog.images', command: 'DescribeImage', id, input: { alt } });
  await give(filling, { category: 'catalog.images', command: 'PublishImage', id, input: {} });
  return id;
}

/** The sign over the door, unless somebody chose another or took it away. */
export async function fillLogo(filling: Filling): Promise<void> {
  const profile = { category: 'business.profiles', id: 'main' };
  const { version } = await filling.pipeline.load(DEMO_TENANT, profile.category, profile.id);
  if (version > 1n) return;
  const alt = DEMO_LOGO_ALT;
  const logoId = await published(filling, { name: 'logo', alt, svg: DEMO_LOGO });
  await give(filling, { ...profile, command: 'ChangeProfile', input: { logoId } });
}

/** Of everything that is shown somewhere; its being there says that the extras are complete. */
export async function publishAlbum(filling: Filling): Promise<void> {
  const images: string[] = [];
  for (const drawing of DRAWINGS) {
    const id = await pictureOf(filling, drawing);
    if (id !== null) images.push(id);
  }
  const name = {
    en: 'From the kitchen and the bar',
    fr: 'De la cuisine et du bar',
    pl: 'Z kuchni i baru',
    'pt-BR': 'Da cozinha e do bar',
  };
  const album = { category: 'catalog.albums', id: ALBUM };
  await give(filling, { ...album, command: 'CreateAlbum', input: { name } });
  for (const imageId of images)
    await give(filling, { ...album, command: 'AddToAlbum', input: { imageId } });
  await give(filling, { ...album, command: 'PublishAlbum', input: {} });
}

async function give(
  { pipeline }: Filling,
  step: {
    readonly category: string;
    readonly command: string;
    readonly id: string;
    readonly input: object;
  },
): Promise<void> {
  await pipeline.handle({ principal: PRINCIPAL, ...step });
}
