/** Quizzes for examples of commands, tests and the demo. */
import type { QuizDefinition } from './definition.ts';

/** Every kind of question, a jump, a variable, endings by score, two languages. */
export const EXAMPLE_QUIZ: QuizDefinition = {
  title: { en: 'What kind of guest are you?', pl: 'Jakim jesteś gościem?' },
  languages: ['en', 'pl'],
  questions: [
    {
      id: 'occasion',
      kind: 'single',
      title: { en: 'What brings you here?', pl: 'Co Cię sprowadza?' },
      required: true,
      options: [
        { id: 'party', label: { en: 'A party', pl: 'Przyjęcie' }, score: 40 },
        { id: 'dinner', label: { en: 'A dinner', pl: 'Kolacja' }, score: 20 },
        { id: 'curious', label: { en: 'I am curious', pl: 'Ciekawość' }, score: 0 },
      ],
      jumps: [{ when: [{ question: 'occasion', is: 'equals', value: 'curious' }], to: 'wishes' }],
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
      options: [
        {
          id: 'music',
          label: { en: 'Music', pl: 'Muzyka' },
          score: 10,
          adds: [{ variable: 'extras', amount: 1 }],
        },
        {
          id: 'flowers',
          label: { en: 'Flowers', pl: 'Kwiaty' },
          score: 5,
          adds: [{ variable: 'extras', amount: 1 }],
        },
      ],
      choicesMax: 2,
    },
    {
      id: 'wishes',
      kind: 'text',
      title: { en: 'Anything we should know?', pl: 'Co powinniśmy wiedzieć?' },
      required: false,
      lengthMax: 500,
    },
    {
      id: 'rating',
      kind: 'scale',
      title: { en: 'How sure are you?', pl: 'Jak bardzo to pewne?' },
      required: true,
      min: 1,
      max: 5,
      scorePer: 2,
    },
    {
      id: 'contact',
      kind: 'contact',
      title: { en: 'How can we reach you?', pl: 'Jak się z Tobą skontaktować?' },
      required: false,
      fields: { name: 'optional', email: 'required', phone: 'optional' },
      consents: [
        {
          channel: 'email',
          wording: { en: 'Write me an e-mail about it.', pl: 'Napiszcie do mnie e-mail.' },
          required: true,
        },
        {
          channel: 'whatsapp',
          wording: { en: 'You may use WhatsApp.', pl: 'Możecie użyć WhatsAppa.' },
          required: false,
        },
      ],
    },
  ],
  variables: [{ id: 'extras', initial: 0 }],
  endings: [
    { id: 'thanks', title: { en: 'Thank you', pl: 'Dziękujemy' }, scoreFrom: null },
    { id: 'call', title: { en: 'We call you', pl: 'Zadzwonimy' }, scoreFrom: 60 },
  ],
  grades: [
    { grade: 'A', scoreFrom: 60 },
    { grade: 'B', scoreFrom: 30 },
    { grade: 'C', scoreFrom: 0 },
  ],
};

/** One question and the end. */
export const SHORT_QUIZ: QuizDefinition = {
  title: { en: 'One question' },
  languages: ['en'],
  questions: [
    {
      id: 'occasion',
      kind: 'single',
      title: { en: 'Tea or coffee?' },
      required: true,
      options: [
        { id: 'party', label: { en: 'Tea' } },
        { id: 'dinner', label: { en: 'Coffee' } },
      ],
    },
  ],
  endings: [{ id: 'thanks', title: { en: 'Thank you' }, scoreFrom: null }],
};
