/** What the house keeps in mind of a customer. Personal as a whole: a tag may say what somebody must not eat. */
import { Type } from 'typebox';
import { defineEvent } from '../../core/event-type.ts';
import { customerId, orNull, personalTexts } from './shapes.ts';

const noteId = Type.String();

export const customerTagged = defineEvent({
  name: 'CustomerTagged',
  wireName: 'comptoir.customer.tagged',
  data: Type.Object({ customerId, tags: personalTexts }),
  personal: { person: '/customerId', fields: ['/tags'] },
});

export const customerUntagged = defineEvent({
  name: 'CustomerUntagged',
  wireName: 'comptoir.customer.untagged',
  data: Type.Object({ customerId, tags: personalTexts }),
  personal: { person: '/customerId', fields: ['/tags'] },
});

export const noteAdded = defineEvent({
  name: 'CustomerNoteAdded',
  wireName: 'comptoir.customer.note-added',
  data: Type.Object({
    customerId,
    noteId,
    text: orNull(Type.String()),
    /** Id of the key or user. */
    by: Type.String(),
  }),
  personal: { person: '/customerId', fields: ['/text'] },
});

export const noteRemoved = defineEvent({
  name: 'CustomerNoteRemoved',
  wireName: 'comptoir.customer.note-removed',
  data: Type.Object({ customerId, noteId }),
});

export const NOTE_EVENTS = [customerTagged, customerUntagged, noteAdded, noteRemoved] as const;
