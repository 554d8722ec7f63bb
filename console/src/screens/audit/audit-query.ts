/** What the filters of the audit ask for. Pure. */

export const REPORTS = ['entries', 'access', 'privileges', 'sign-ins'] as const;
export type Report = (typeof REPORTS)[number];

export const CLASSES = ['audit', 'security', 'access'] as const;
export type AuditClass = (typeof CLASSES)[number];

export const FILTER_KEYS = ['class', 'actor', 'action', 'address', 'from', 'to'] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];
export type Filters = Readonly<Partial<Record<FilterKey, string>>>;

/** Which filters a report takes. */
export const FILTERS_OF: Readonly<Record<Report, readonly FilterKey[]>> = {
  entries: FILTER_KEYS,
  access: ['actor', 'from', 'to'],
  privileges: ['from', 'to'],
  'sign-ins': ['from'],
};

/** Times as the browser's fields give them, without zone, become exact ones; what is no time is left out. */
export function queryOf(report: Report, search: Readonly<Record<string, string>>): Filters {
  const query: Partial<Record<FilterKey, string>> = {};
  for (const key of FILTERS_OF[report]) {
    const value = search[key]?.trim() ?? '';
    if (value === '') continue;
    if (key === 'class' && !CLASSES.some((known) => known === value)) continue;
    if (key !== 'from' && key !== 'to') query[key] = value;
    else {
      const ms = Date.parse(value);
      if (!Number.isNaN(ms)) query[key] = new Date(ms).toISOString();
    }
  }
  return query;
}

export function classOf(text: string | undefined): AuditClass | undefined {
  return CLASSES.find((known) => known === text);
}
