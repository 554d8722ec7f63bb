import { defineReadModel } from '../../../core/read-model.ts';
import type { Recorded } from '../../../core/recorded-event.ts';
import { SETTINGS_EVENTS, type MessageSettings, type SettingsEvent } from '../settings/settings.ts';

export interface SettingsRow {
  readonly uses: MessageSettings['uses'];
  readonly reminder_hours: number;
  readonly link_base: string | null;
  readonly set_at: string;
  readonly [column: string]: unknown;
}

export const settingsList = defineReadModel<Recorded<SettingsEvent>, SettingsRow>({
  name: 'messages.settings',
  version: 1,
  columns: {
    uses: 'jsonb',
    reminder_hours: 'integer',
    link_base: 'text',
    set_at: 'timestamptz',
  },
  on: SETTINGS_EVENTS,
  keys: (event) => [event.data.settingsId],
  project(_row, { data: { terms }, at }) {
    const { uses, reminderHours, linkBase } = terms;
    return { uses, reminder_hours: reminderHours, link_base: linkBase, set_at: at };
  },
  personal: 'none',
  list: { filters: {}, order: [{ column: 'set_at' }] },
});
