/** The business that the demo stands in. */
export const DEMO_TENANT = 'demo';
