/** A drawing of our own as a PNG. Never for what somebody sent: SVG is a program, and this process reads it itself. */

/** Wide enough for every width that the gallery gives out but the widest. */
const WIDTH = 1280;

/** Loaded at the first drawing: a server without a demo never needs it. Errors: those of sharp for a faulty drawing. */
export async function drawPicture(svg: string): Promise<Uint8Array<ArrayBuffer>> {
  const { default: sharp } = await import('sharp');
  const png = await sharp(Buffer.from(svg)).resize({ width: WIDTH }).png().toBuffer();
  return new Uint8Array(png);
}
