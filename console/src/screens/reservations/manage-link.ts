/** The page on which a guest changes or cancels a reservation. Pure. */

/** A business is found by its id too, whatever name it claimed for its pages. */
export function manageAddress(of: {
  readonly origin: string;
  readonly tenant: string;
  readonly token: string;
}): string {
  const { origin, tenant, token } = of;
  return `${origin}/public/${encodeURIComponent(tenant)}/booking/${encodeURIComponent(token)}`;
}
