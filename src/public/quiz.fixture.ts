/** A quiz with every kind of question, for tests of its page. */
const options = (...names: readonly (readonly [string, string, string])[]) =>
  names.map(([id, en, pl]) => ({ id, label: { en, pl }, score: 10 }));

export const QUIZ = {
  title: { en: 'What kind of guest are you?', pl: 'Jakim jesteś gościem?' },
  languages: ['en', 'pl'],
  questions: [
    {
      id: 'occasion',
      kind: 'single',
      title: { en: 'What brings you here?', pl: 'Co Cię sprowadza?' },
      required: true,
      options: options(['party', 'A party', 'Przyjęcie'], ['dinner', 'A dinner', 'Kolacja']),
    },
    {
      id: 'guests',
      kind: 'number',
      title: { en: 'How many guests?', pl: 'Ilu gości?' },
      required: true,
      min: 1,
      max: 500,
      scorePer: 1,
    },
    {
      id: 'extras',
      kind: 'multiple',
      title: { en: 'What else?', pl: 'Co jeszcze?' },
      required: false,
      options: options(['music', 'Music', 'Muzyka'], ['flowers', '<b>Flowers</b>', 'Kwiaty']),
    },
    {
      id: 'rating',
      kind: 'scale',
      title: { en: 'How sure are you?', pl: 'Czy na pewno?' },
      required: true,
      min: 1,
      max: 5,
    },
    {
      id: 'contact',
      kind: 'contact',
      title: { en: 'How can we reach you?', pl: 'Jak się z Tobą skontaktować?' },
      required: false,
      fields: { name: 'optional', email: 'required', phone: 'optional' },
      consents: [
        { channel: 'email', wording: { en: 'Write to me.', pl: 'Piszcie.' }, required: false },
      ],
    },
  ],
  endings: [{ id: 'end', title: { en: 'Thank you', pl: 'Dziękujemy' }, scoreFrom: null }],
};
