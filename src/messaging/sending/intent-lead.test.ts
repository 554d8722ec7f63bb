import { expect, test } from 'vitest';
import { INTENT_LEAD_MAX_MS, INTENT_LEAD_MS } from '../limits.ts';
import { createIntentLead } from './intent-lead.ts';

test('intents are written earlier as soon as commits are slow, within a bound, and later again when they are quick', () => {
  const lead = createIntentLead();
  expect(lead.ms).toBe(INTENT_LEAD_MS);
  lead.observe(3);
  expect(lead.ms).toBe(INTENT_LEAD_MS);
  lead.observe(24);
  expect(lead.ms).toBe(30);
  lead.observe(5_000);
  expect(lead.ms).toBe(INTENT_LEAD_MAX_MS);
  for (let index = 0; index < 200; index += 1) lead.observe(3);
  expect(lead.ms).toBe(INTENT_LEAD_MS);
});
