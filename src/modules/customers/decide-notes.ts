import { accepted, rejected, type Decision } from '../../core/decision.ts';
import type { CommandNamed } from './commands.ts';
import { TAGS_MAX } from './commands-notes.ts';
import type { CustomerEvent } from './events.ts';
import type { KnownCustomer } from './state.ts';

/** A card with more is read by nobody; it bounds the state. */
export const NOTES_MAX = 100;

type NoteCommand = CommandNamed<
  'TagCustomer' | 'UntagCustomer' | 'AddCustomerNote' | 'RemoveCustomerNote'
>;

export function decideNotes(state: KnownCustomer, command: NoteCommand): Decision<CustomerEvent> {
  const customerId = command.id;
  switch (command.type) {
    case 'TagCustomer': {
      const tags = command.input.tags.filter((tag) => !state.tags.includes(tag));
      if (state.tags.length + tags.length > TAGS_MAX)
        return rejected('TAGS_TOO_MANY', { max: TAGS_MAX });
      const data = { customerId, tags };
      return accepted(tags.length === 0 ? [] : [{ type: 'CustomerTagged', data }]);
    }
    case 'UntagCustomer': {
      const tags = command.input.tags.filter((tag) => state.tags.includes(tag));
      const data = { customerId, tags };
      return accepted(tags.length === 0 ? [] : [{ type: 'CustomerUntagged', data }]);
    }
    case 'AddCustomerNote': {
      if (state.notes.length >= NOTES_MAX) return rejected('NOTES_TOO_MANY', { max: NOTES_MAX });
      const { commandId: noteId, actor: by } = command;
      const data = { customerId, noteId, text: command.input.text, by };
      return accepted([{ type: 'CustomerNoteAdded', data }]);
    }
    case 'RemoveCustomerNote': {
      const { noteId } = command.input;
      if (!state.notes.some((note) => note.noteId === noteId))
        return rejected('NOTE_UNKNOWN', { noteId });
      return accepted([{ type: 'CustomerNoteRemoved', data: { customerId, noteId } }]);
    }
  }
}
